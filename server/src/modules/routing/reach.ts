import type { Overflow, QueueRouting } from '@switchboard/contract';

/** Where a ticket of a queue may go now. */
export interface Reach {
  /** The queues whose agents may have it, its own first; none: nobody may. */
  readonly queueIds: readonly string[];
  /** Those of them that help out, and since when: seconds of waiting; null: as it is closed. */
  readonly helped: readonly { readonly queueId: string; readonly afterSeconds: number | null }[];
  /** It is to wait in another queue. */
  readonly moveTo: { readonly queueId: string; readonly afterSeconds: number | null } | null;
}
interface Waiting {
  readonly queueId: string;
  readonly waitedMs: number;
  /** Where it was before: it is not sent back. */
  readonly overflowedFrom: readonly string[];
}

const nowhere: Reach = { queueIds: [], helped: [], moveTo: null };

/** `isClosed` of any queue: one that is closed itself, and does not work in spite of it, helps nobody. */
export function reachOf(waiting: Waiting, routing: QueueRouting, isClosed: (queueId: string) => boolean): Reach {
  const { queueId, overflowedFrom } = waiting;
  const { hours, overflow } = routing;
  const closed = isClosed(queueId);
  if (closed && hours.whenClosed === 'wait') return nowhere;
  const steps = overflow.filter((step) => isDue(step, waiting.waitedMs, closed));
  const helps = (id: string) => id !== queueId && !isClosed(id);
  const helped = new Map<string, number | null>();
  for (const { does, queueIds, afterSeconds } of steps)
    if (does === 'offer') for (const id of queueIds) if (helps(id) && !helped.has(id)) helped.set(id, afterSeconds);
  const moves = steps.flatMap(({ does, queueIds, afterSeconds }) =>
    does === 'move' ? queueIds.map((id) => ({ queueId: id, afterSeconds })) : [],
  );
  return {
    queueIds: [...(closed && hours.whenClosed === 'overflow' ? [] : [queueId]), ...helped.keys()],
    helped: [...helped].map(([id, afterSeconds]) => ({ queueId: id, afterSeconds })),
    moveTo: moves.find((move) => helps(move.queueId) && !overflowedFrom.includes(move.queueId)) ?? null,
  };
}

const isDue = ({ afterSeconds }: Overflow, waitedMs: number, closed: boolean): boolean =>
  afterSeconds === null ? closed : afterSeconds * 1000 <= waitedMs;
