export { AppendEntry, type Appended, type Change } from './append-entry.ts';
export { CountArrivals } from './count-arrivals.ts';
export { ChangeDelivery } from './change-delivery.ts';
export type { StoredEntry, StoredEvent, StoredMessage } from './entry.schema.ts';
export { ExpectReply } from './expect-reply.ts';
export { FindAssignment } from './find-assignment.ts';
export { FindTickets } from './find-tickets.ts';
export { AttachMedia } from './attach-media.ts';
export {
  messageAdded,
  messageThatMoves,
  messageWithFilesAdded,
  TicketEvent,
  ticketTopics,
} from './publish-ticket-events.ts';
export { Outbound } from './queue-outbound.ts';
export { ReadTicket } from './read-ticket.ts';
export { ShowPassing } from './show-passing.ts';
export { isCopy } from './split-ticket.ts';
export { StampPushed } from './stamp-pushed.ts';
export { providerThread, type Thread } from './thread.schema.ts';
export { Threads } from './threads.ts';
export { changedWords } from './ticket-words.ts';
export { TicketAccess, ticketRoom } from './ticket-access.ts';
export type { Ticket } from './ticket.schema.ts';
export { messageView } from './ticket.view.ts';
export { TicketsModule } from './tickets.module.ts';
