import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentsModule } from '../agents/index.ts';
import { AuditModule } from '../audit/index.ts';
import { ChannelsModule } from '../channels/index.ts';
import { CustomersModule } from '../customers/index.ts';
import { FlowModule } from '../flow/index.ts';
import { IngressModule } from '../ingress/index.ts';
import { MediaModule } from '../media/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { SlaModule } from '../sla/index.ts';
import { AmendMessage } from './amending/amend-message.ts';
import { AmendNote } from './amending/amend-note.ts';
import { AmendmentsController } from './amending/amendments.controller.ts';
import { ChangeUnsent } from './amending/change-unsent.ts';
import { ReadVersions } from './amending/read-versions.ts';
import { RequeueAmendments } from './amending/requeue-amendments.ts';
import { RetryAmendment } from './amending/retry-amendment.ts';
import { SettleAmendment } from './amending/settle-amendment.ts';
import { AddNote } from './managing/add-note.ts';
import { AddToAlbum } from './receiving/add-to-album.ts';
import { AppendEntry } from './changing/append-entry.ts';
import { ChangeContent } from './receiving/change-content.ts';
import { ChangeDelivery } from './receiving/change-delivery.ts';
import { ChangeMessage } from './changing/change-message.ts';
import { ChangeReactions } from './receiving/change-reactions.ts';
import { CheckReply } from './answering/check-reply.ts';
import { CountArrivals } from './reading/count-arrivals.ts';
import { counterSchema } from './receiving/counter.schema.ts';
import { entrySchema } from './entry.schema.ts';
import { ExpectReply } from './reading/expect-reply.ts';
import { FindAssignment } from './reading/find-assignment.ts';
import { FindThread } from './receiving/find-thread.ts';
import { FindTickets } from './reading/find-tickets.ts';
import { AttachMedia } from './receiving/attach-media.ts';
import { ChangeHeld } from './held/change-held.ts';
import { HeldController } from './held/held.controller.ts';
import { HoldReply } from './held/hold-reply.ts';
import { ListHeld } from './held/list-held.ts';
import { ReleaseHeld } from './held/release-held.ts';
import { RescheduleHeld } from './held/reschedule-held.ts';
import { ReturnHeld } from './held/return-held.ts';
import { KeepCall } from './calling/keep-call.ts';
import { ListTickets } from './reading/list-tickets.ts';
import { MarkSeen } from './managing/mark-seen.ts';
import { MessageMedia } from './reading/message-media.ts';
import { MessageFilesController } from './reading/message-files.controller.ts';
import { OfferContact } from './receiving/offer-contact.ts';
import { OldestPending } from './answering/oldest-pending.ts';
import { OpenQuestions } from './answering/open-questions.ts';
import { OpenThread } from './answering/open-thread.ts';
import { OpenTicket } from './receiving/open-ticket.ts';
import { OwedEvents } from './changing/owed-events.ts';
import { PublishTicketEvents } from './changing/publish-ticket-events.ts';
import { QueueOutbound } from './answering/queue-outbound.ts';
import { ReadHistory } from './reading/read-history.ts';
import { ReadTicket } from './reading/read-ticket.ts';
import { ReceiveEcho } from './receiving/receive-echo.ts';
import { ReceiveMessage } from './receiving/receive-message.ts';
import { RecordConsent } from './receiving/record-consent.ts';
import { RecentTickets } from './changing/recent-tickets.ts';
import { RenameCustomer } from './receiving/rename-customer.ts';
import { RepliesController } from './answering/replies.controller.ts';
import { ReplyTargets } from './answering/reply-targets.ts';
import { RequeuePending } from './answering/requeue-pending.ts';
import { RetryMessage } from './answering/retry-message.ts';
import { seenSchema } from './managing/seen.schema.ts';
import { SendReply } from './answering/send-reply.ts';
import { ShowPicture } from './receiving/show-picture.ts';
import { ShowPassing } from './answering/show-passing.ts';
import { SplitTicket } from './managing/split-ticket.ts';
import { StampPushed } from './managing/stamp-pushed.ts';
import { StampSeen } from './managing/stamp-seen.ts';
import { StartConversation } from './answering/start-conversation.ts';
import { assertStatusesReachable } from './statuses.ts';
import { threadSchema } from './thread.schema.ts';
import { Threads } from './reading/threads.ts';
import { ReadSurveyGround } from './surveying/read-survey-ground.ts';
import { SendSurvey } from './surveying/send-survey.ts';
import { SurveyWay } from './surveying/survey-way.ts';
import { TellFeedback } from './surveying/tell-feedback.ts';
import { TellAgain } from './changing/tell-again.ts';
import { TellFiles } from './receiving/tell-files.ts';
import { tellerSchema } from './changing/teller.schema.ts';
import { TicketAccess } from './ticket-access.ts';
import { ticketSchema } from './ticket.schema.ts';
import { TicketViews } from './ticket.view.ts';
import { TicketsConsumer } from './receiving/tickets.consumer.ts';
import { TicketsController } from './tickets.controller.ts';
import { TransferTicket } from './managing/transfer-ticket.ts';
import { UpdateTicket } from './managing/update-ticket.ts';
import { Ways } from './answering/ways.ts';
import { WakeSnoozed } from './managing/wake-snoozed.ts';

assertStatusesReachable();

const collections = [
  collection('tickets', ticketSchema),
  collection('entries', entrySchema),
  collection('threads', threadSchema),
  collection('seen', seenSchema),
  collection('counters', counterSchema),
  collection('tellers', tellerSchema),
];
const receiving = [
  AddToAlbum,
  ChangeContent,
  ChangeDelivery,
  ChangeReactions,
  FindThread,
  OfferContact,
  AttachMedia,
  OpenTicket,
  ReceiveEcho,
  ReceiveMessage,
  RecordConsent,
  RenameCustomer,
  ShowPicture,
  TellFiles,
  TicketsConsumer,
];
const answering = [
  CheckReply,
  OldestPending,
  OpenQuestions,
  OpenThread,
  QueueOutbound,
  ReplyTargets,
  RequeuePending,
  RetryMessage,
  SendReply,
  ShowPassing,
  StartConversation,
  Ways,
];
const amending = [
  AmendMessage,
  AmendNote,
  ChangeUnsent,
  ReadVersions,
  RequeueAmendments,
  RetryAmendment,
  SettleAmendment,
];
const holding = [ChangeHeld, HoldReply, ListHeld, ReleaseHeld, RescheduleHeld, ReturnHeld];
const managing = [AddNote, MarkSeen, SplitTicket, StampPushed, StampSeen, TransferTicket, UpdateTicket, WakeSnoozed];
const reading = [
  CountArrivals,
  ExpectReply,
  FindAssignment,
  FindTickets,
  ListTickets,
  MessageMedia,
  ReadHistory,
  ReadTicket,
  Threads,
  TicketAccess,
  TicketViews,
];
const surveying = [ReadSurveyGround, SendSurvey, SurveyWay, TellFeedback];
const changing = [AppendEntry, ChangeMessage, OwedEvents, PublishTicketEvents, RecentTickets, TellAgain];

@Module({
  imports: [
    AgentsModule,
    AuditModule,
    ChannelsModule,
    CustomersModule,
    FlowModule,
    IngressModule,
    MediaModule,
    OrganisationModule,
    QueuesModule,
    SlaModule,
  ],
  controllers: [AmendmentsController, HeldController, MessageFilesController, RepliesController, TicketsController],
  providers: [
    ...[KeepCall, ...collections, ...receiving, ...answering, ...amending, ...holding, ...managing],
    ...[...reading, ...surveying, ...changing],
  ],
  exports: [
    AddNote,
    AppendEntry,
    ChangeDelivery,
    CountArrivals,
    ExpectReply,
    FindAssignment,
    FindTickets,
    AttachMedia,
    KeepCall,
    ReadHistory,
    QueueOutbound,
    ReadSurveyGround,
    ReadTicket,
    SendSurvey,
    SettleAmendment,
    ReplyTargets,
    SendReply,
    ShowPassing,
    StampPushed,
    SurveyWay,
    Threads,
    TicketAccess,
    UpdateTicket,
    'tickets',
  ],
})
export class TicketsModule {}
