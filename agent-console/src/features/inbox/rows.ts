import {
  isPoor,
  type Clock,
  type ClockKind,
  type Me,
  type TicketFilter,
  type TicketRow,
  type TicketView,
} from '@switchboard/contract';

export type ViewName = NonNullable<TicketFilter['view']>;
/** What a list shows. */
export interface ListFilter {
  readonly view: ViewName;
  readonly queueId?: string;
}
/** Who looks. Agents see their own queues and what is assigned to them; others see everything. */
export type Viewer = Pick<Me, 'id' | 'role' | 'queueIds'>;

const isActive = (ticket: TicketView) =>
  ticket.status === 'new' || ticket.status === 'open' || ticket.status === 'pending';

/** The same rules as the server's views: a changed ticket joins or leaves a list without asking. */
const viewRules: Record<ViewName, (ticket: TicketView, viewer: Viewer) => boolean> = {
  mine: (ticket, viewer) => isActive(ticket) && ticket.assignee?.id === viewer.id,
  unassigned: (ticket) => isActive(ticket) && ticket.assignee === null,
  open: isActive,
  snoozed: (ticket) => ticket.status === 'snoozed',
  resolved: (ticket) => ticket.status === 'resolved',
  'poorly-rated': (ticket) => ticket.rating !== undefined && isPoor(ticket.rating),
  all: () => true,
};

export function belongs(ticket: TicketView, filter: ListFilter, viewer: Viewer): boolean {
  if (filter.queueId !== undefined && ticket.queue.id !== filter.queueId) return false;
  const scoped = viewer.role === 'agent' && filter.view !== 'mine';
  if (scoped && !viewer.queueIds.includes(ticket.queue.id)) return false;
  return viewRules[filter.view](ticket, viewer);
}

/** The latest change first, as the server pages. */
export function byLatest(a: TicketView, b: TicketView): number {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt < b.updatedAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

/** Of what is loaded, down to `end`: further down it would leave a hole, which the pages between could no longer fill. */
export const isAbove = (row: TicketView, end: TicketView | undefined): boolean => !end || byLatest(row, end) < 0;

export const unreadOf = (row: TicketRow): number => Math.max(0, row.inboundCount - row.seenInbound);

const clockKinds = ['firstResponse', 'nextResponse', 'resolution'] as const;
export interface ShownClock {
  readonly kind: ClockKind;
  readonly clock: Clock;
}

/**
 * The clock that matters most: the promise that ends first; else the one that stands still; else how long the customer
 * waits. null: nothing is promised and nobody waits, or the ticket sleeps.
 */
export function pressingClock(row: TicketView): ShownClock | null {
  if (row.status === 'resolved') return null;
  const open = clockKinds.flatMap((kind) => {
    const clock = row[kind];
    return clock !== null && clock.doneAt === null ? [{ kind, clock }] : [];
  });
  const due = open
    .filter(({ clock }) => clock.dueAt !== null && clock.pausedAt === null)
    .sort((one, other) => ((one.clock.dueAt ?? '') < (other.clock.dueAt ?? '') ? -1 : 1));
  // The list tells of a ticket that sleeps when it wakes, unless somebody waits for us.
  if (row.status === 'snoozed' && row.waitingSince === null) return null;
  const paused = open.find(({ clock }) => clock.leftMs !== null);
  const waiting = row.waitingSince === null ? undefined : open.find(({ kind }) => kind !== 'resolution');
  return due[0] ?? waiting ?? paused ?? null;
}

/** The newer of two views of one ticket; what the agent has seen never goes back. */
export function newerRow(held: TicketRow | undefined, incoming: TicketRow): TicketRow {
  if (!held) return incoming;
  const seenInbound = Math.max(held.seenInbound, incoming.seenInbound);
  const newest = incoming.seq >= held.seq ? incoming : held;
  return newest.seenInbound === seenInbound ? newest : { ...newest, seenInbound };
}

/**
 * A live change as a row. Changes don't say what the agent has seen: for a ticket that is not in the list, a customer's
 * turn is counted as one new message until the list is read again.
 */
export function rowFromLive(held: TicketRow | undefined, ticket: TicketView): TicketRow {
  const guess = Math.max(0, ticket.inboundCount - (ticket.waitingSince ? 1 : 0));
  return newerRow(held, { ...ticket, seenInbound: held?.seenInbound ?? guess });
}

/** Ids in the order that the list should have now. */
export function arrange(rows: Iterable<TicketRow>, filter: ListFilter, viewer: Viewer): string[] {
  return [...rows]
    .filter((row) => belongs(row, filter, viewer))
    .sort(byLatest)
    .map((row) => row.id);
}

/**
 * While the list is held (pointer or focus inside, or scrolled) rows keep their places and nothing is put above or between
 * them: what came in is counted as `fresh`. Older pages go below, where they move nothing.
 */
export function arrangeHeld(shown: readonly string[], wanted: readonly string[]): { order: string[]; fresh: number } {
  const present = new Set(shown);
  let end = wanted.length;
  while (end > 0 && !present.has(wanted[end - 1] ?? '')) end -= 1;
  const below = end === 0 ? [] : wanted.slice(end);
  const fresh = wanted.slice(0, end === 0 ? wanted.length : end).filter((id) => !present.has(id)).length;
  return { order: [...shown, ...below], fresh };
}

export const filterKey = (filter: ListFilter): string => `${filter.view}/${filter.queueId ?? ''}`;
