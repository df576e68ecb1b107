import type { FloorTicket } from '@switchboard/contract';
import type { Ticket } from '../tickets/index.ts';

/** What the floor needs of a ticket. */
export const OF_WORK = {
  number: 1,
  seq: 1,
  subject: 1,
  status: 1,
  active: 1,
  priority: 1,
  queueId: 1,
  assigneeId: 1,
  customerName: 1,
  channel: 1,
  waitingSince: 1,
  'preview.at': 1,
  ...{ 'firstResponse.dueAt': 1, 'firstResponse.doneAt': 1 },
  ...{ 'nextResponse.dueAt': 1, 'nextResponse.doneAt': 1 },
  ...{ 'resolution.dueAt': 1, 'resolution.doneAt': 1 },
  createdAt: 1,
} as const;

/** An open ticket, as far as the floor counts it. Times are epoch milliseconds. */
export interface Work {
  readonly seq: number;
  readonly row: FloorTicket;
  readonly createdAt: number;
  readonly waitingSince: number | null;
  readonly lastWordAt: Date | null;
  readonly dueAt: number | null;
}

export function workOf(ticket: Ticket): Work {
  const { _id, number, subject, channel, priority, status, queueId, assigneeId, waitingSince, createdAt } = ticket;
  const due = dueOf(ticket);
  return {
    seq: ticket.seq,
    row: {
      ...{ id: _id, number, subject, customer: ticket.customerName, channel, priority, status, queueId, assigneeId },
      waitingSince: waitingSince?.toISOString() ?? null,
      dueAt: due?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    },
    createdAt: createdAt.getTime(),
    waitingSince: waitingSince?.getTime() ?? null,
    lastWordAt: ticket.preview?.at ?? null,
    dueAt: due?.getTime() ?? null,
  };
}

/** Of the clocks that run, the end that comes or came first. */
function dueOf({ firstResponse, nextResponse, resolution }: Ticket): Date | null {
  const ends = [firstResponse, nextResponse, resolution].flatMap((clock) =>
    clock?.dueAt == null || clock.doneAt != null ? [] : [clock.dueAt],
  );
  return ends.reduce<Date | null>((first, end) => (first === null || end < first ? end : first), null);
}
