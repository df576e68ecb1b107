import type { TicketStatus } from '@switchboard/contract';
import { afterReply, isActive } from '../statuses.ts';
import type { Ticket } from '../ticket.schema.ts';

/** What a human public reply does to the turn and the status. */
export function replyPatch(ticket: Ticket, at: Date, thenStatus: TicketStatus | undefined): Partial<Ticket> {
  const status = thenStatus ?? afterReply[ticket.status];
  return {
    ...statusPatch(ticket, status, at),
    replyCount: ticket.replyCount + 1,
    waitingSince: null,
  };
}

/** What goes with a change of status. */
export function statusPatch(
  ticket: Ticket,
  status: TicketStatus,
  at: Date,
  snoozedUntil: Date | null = null,
): Partial<Ticket> {
  const leavesPending = ticket.pendingSince !== null && status !== 'pending';
  return {
    status,
    active: isActive(status),
    snoozedUntil: status === 'snoozed' ? snoozedUntil : null,
    ...(status === 'pending' && ticket.pendingSince === null && { pendingSince: at }),
    ...(leavesPending && {
      pendingMs: ticket.pendingMs + (at.getTime() - (ticket.pendingSince as Date).getTime()),
      pendingSince: null,
    }),
    ...(status === 'resolved' &&
      ticket.status !== 'resolved' && {
        resolvedAt: at,
        firstResolvedAt: ticket.firstResolvedAt ?? at,
        waitingSince: null,
        needsAttention: false,
      }),
    ...(status !== 'resolved' && ticket.status === 'resolved' && { resolvedAt: null }),
  };
}
