import type { MessageState, TicketStatus } from '@switchboard/contract';

/** The ticket's states. `new`: nobody of ours has acted; `pending`: waits for the customer; `snoozed`: waits for a time. */
export const nextStatuses: Record<TicketStatus, readonly TicketStatus[]> = {
  new: ['open', 'pending', 'snoozed', 'resolved'],
  open: ['pending', 'snoozed', 'resolved'],
  pending: ['open', 'snoozed', 'resolved'],
  snoozed: ['open', 'pending', 'resolved'],
  resolved: ['open'],
};

/** Where a customer's message takes it. */
export const afterCustomerWrites: Record<TicketStatus, TicketStatus> = {
  new: 'new',
  open: 'open',
  pending: 'open',
  snoozed: 'open',
  resolved: 'open',
};

/** Where our reply takes it, unless the agent says otherwise. */
export const afterReply: Record<TicketStatus, TicketStatus> = {
  new: 'open',
  open: 'open',
  pending: 'pending',
  snoozed: 'open',
  resolved: 'resolved',
};

/** In the "open" views: somebody of ours may have to act. */
export const isActive = (status: TicketStatus): boolean => status !== 'snoozed' && status !== 'resolved';

const rank: Record<MessageState, number> = {
  pending: 0,
  unknown: 1,
  accepted: 2,
  sent: 3,
  delivered: 4,
  read: 5,
  failed: 6,
};

/** Delivery only moves forward; what was delivered or read has not failed, whatever a late report says. */
export function movesForward(from: MessageState, to: MessageState): boolean {
  if (to === 'failed') return rank[from] < rank.delivered;
  return rank[to] > rank[from];
}

/** Every state can be reached from `new`, and none is a trap: checked at boot. */
export function assertStatusesReachable(): void {
  const seen = new Set<TicketStatus>(['new']);
  for (const status of seen) for (const next of nextStatuses[status]) seen.add(next);
  const all = Object.keys(nextStatuses) as TicketStatus[];
  const lost = all.filter((status) => !seen.has(status) || nextStatuses[status].length === 0);
  if (lost.length > 0) throw new Error(`Ticket states that can't be reached or left: ${lost.join(', ')}`);
}
