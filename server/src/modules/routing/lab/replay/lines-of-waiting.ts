import type { ChannelKind, Priority } from '@switchboard/contract';
import { byRank, byTurn, headOf, isStuck, leave, linesOf, MOST_ROUNDS, type Line } from '../../turns.ts';

/** A ticket that waits for somebody. */
export interface Waiter {
  /** The arrival's place. */
  readonly of: number;
  readonly channel: ChannelKind;
  readonly priority: Priority;
  readonly createdAt: Date;
  readonly since: number;
  queueId: string;
  overflowedFrom: readonly string[];
  /** Who has let it pass, and when. */
  refusals: Map<string, Date>;
  offeredTo: string | null;
}
const lineKey = (queueId: string, priority: Priority) => `${queueId} ${priority}`;

/** All that wait, by queue and priority, the oldest first. */
export class LinesOfWaiting {
  private readonly lines = new Map<string, Waiter[]>();
  private readonly counts = new Map<string, number>();

  add(waiter: Waiter): void {
    const key = lineKey(waiter.queueId, waiter.priority);
    const line = this.lines.get(key) ?? [];
    this.lines.set(key, line);
    const before = line.findLastIndex((each) => +each.createdAt - +waiter.createdAt < 0 || isFirst(each, waiter));
    line.splice(before + 1, 0, waiter);
    this.counts.set(waiter.queueId, this.in(waiter.queueId) + 1);
  }

  remove(waiter: Waiter): void {
    const line = this.lines.get(lineKey(waiter.queueId, waiter.priority)) ?? [];
    line.splice(line.indexOf(waiter), 1);
    this.counts.set(waiter.queueId, this.in(waiter.queueId) - 1);
  }

  in(queueId: string): number {
    return this.counts.get(queueId) ?? 0;
  }

  /** Tries to give out what waits in some queues, as the routing does. `assign`: could it be taken by somebody? */
  run(queueIds: readonly string[], assign: (waiter: Waiter) => boolean): void {
    const lines = queueIds.filter((id) => this.in(id) > 0).flatMap(linesOf);
    for (const priority of byRank)
      this.rank(
        lines.filter((line) => line.priority === priority),
        assign,
      );
  }

  private rank(all: Line[], assign: (waiter: Waiter) => boolean): void {
    let lines = all;
    for (let round = 0; lines.length > 0 && round < MOST_ROUNDS; round += 1) {
      const most = headOf(round);
      const heads = lines.map((line) =>
        firstOf(this.lines.get(lineKey(line.queueId, line.priority)) ?? [], most, line.stuck),
      );
      const waiting = heads.flatMap((head, at) => head.map((ticket) => ({ ticket, line: lines[at] as Line })));
      waiting.sort(byTurn);
      for (const { ticket, line } of waiting) if (!isStuck(line, ticket) && !assign(ticket)) leave(line, ticket);
      lines = lines.filter((_, at) => heads[at]?.length === most);
    }
  }
}

const isFirst = (a: Waiter, b: Waiter): boolean => +a.createdAt === +b.createdAt && a.of < b.of;

/** Without what somebody is looking at, and without channels that are stuck. */
function firstOf(line: readonly Waiter[], most: number, stuck: ReadonlySet<ChannelKind>): Waiter[] {
  const first: Waiter[] = [];
  for (const waiter of line) {
    if (first.length === most) break;
    if (waiter.offeredTo === null && !stuck.has(waiter.channel)) first.push(waiter);
  }
  return first;
}
