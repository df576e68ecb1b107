export { nextAmendment } from './amending/amendments.ts';
export { isAwaited } from './answering/stuck.ts';
export { SettleAmendment } from './amending/settle-amendment.ts';
export { AddNote } from './managing/add-note.ts';
export { AppendEntry, type Appended, type Change } from './changing/append-entry.ts';
export { CountArrivals } from './reading/count-arrivals.ts';
export { ChangeDelivery, type DeliveryReport } from './receiving/change-delivery.ts';
export type {
  AskedFeedback,
  StoredAmendment,
  StoredChange,
  Awaited,
  StoredEntry,
  StoredEvent,
  StoredMessage,
} from './entry.schema.ts';
export { ExpectReply } from './reading/expect-reply.ts';
export { FindAssignment } from './reading/find-assignment.ts';
export { FindTickets } from './reading/find-tickets.ts';
export { AttachMedia } from './receiving/attach-media.ts';
export {
  messageAdded,
  messageThatMoves,
  messageWithFilesAdded,
  TicketEvent,
  ticketTopics,
} from './changing/publish-ticket-events.ts';
export { blockedReason } from './answering/reply-targets.ts';
export { Outbound, QueueOutbound } from './answering/queue-outbound.ts';
export { KeepCall } from './calling/keep-call.ts';
export { ReadHistory } from './reading/read-history.ts';
export { ReplyTargets } from './answering/reply-targets.ts';
export { SendReply } from './answering/send-reply.ts';
export { nextStatuses } from './statuses.ts';
export { ReadTicket } from './reading/read-ticket.ts';
export { shownReactions } from './receiving/reactions.ts';
export { ReadSurveyGround } from './surveying/read-survey-ground.ts';
export { SendSurvey } from './surveying/send-survey.ts';
export { SurveyWay, type FoundWay } from './surveying/survey-way.ts';
export { FEEDBACK_GIVEN, FeedbackGiven } from './surveying/tell-feedback.ts';
export { ShowPassing } from './answering/show-passing.ts';
export { isCopy } from './managing/split-ticket.ts';
export { StampPushed } from './managing/stamp-pushed.ts';
export { providerThread, type Thread } from './thread.schema.ts';
export { Threads } from './reading/threads.ts';
export { changedWords } from './ticket-words.ts';
export { TicketAccess, ticketRoom } from './ticket-access.ts';
export type { Ticket } from './ticket.schema.ts';
export { clockView, entryView, messageView, viewOf } from './ticket.view.ts';
export { TicketsModule } from './tickets.module.ts';
export { UpdateTicket } from './managing/update-ticket.ts';
