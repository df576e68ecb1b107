import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentsModule } from '../agents/index.ts';
import { ChannelsModule } from '../channels/index.ts';
import { CustomersModule } from '../customers/index.ts';
import { FlowModule } from '../flow/index.ts';
import { IngressModule } from '../ingress/index.ts';
import { MediaModule } from '../media/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { SlaModule } from '../sla/index.ts';
import { AddNote } from './add-note.ts';
import { AppendEntry } from './append-entry.ts';
import { ChangeContent } from './change-content.ts';
import { ChangeDelivery } from './change-delivery.ts';
import { ChangeMessage } from './change-message.ts';
import { CheckReply } from './check-reply.ts';
import { CountArrivals } from './count-arrivals.ts';
import { counterSchema } from './counter.schema.ts';
import { entrySchema } from './entry.schema.ts';
import { ExpectReply } from './expect-reply.ts';
import { FindAssignment } from './find-assignment.ts';
import { FindThread } from './find-thread.ts';
import { FindTickets } from './find-tickets.ts';
import { AttachMedia } from './attach-media.ts';
import { ChangeHeld } from './held/change-held.ts';
import { HeldController } from './held/held.controller.ts';
import { HoldReply } from './held/hold-reply.ts';
import { ListHeld } from './held/list-held.ts';
import { ReleaseHeld } from './held/release-held.ts';
import { RescheduleHeld } from './held/reschedule-held.ts';
import { ReturnHeld } from './held/return-held.ts';
import { ListTickets } from './list-tickets.ts';
import { MarkSeen } from './mark-seen.ts';
import { MeasureTicket } from './measure-ticket.ts';
import { MessageMedia } from './message-media.ts';
import { MessageFilesController } from './message-files.controller.ts';
import { OfferContact } from './offer-contact.ts';
import { OldestPending } from './oldest-pending.ts';
import { OpenQuestions } from './open-questions.ts';
import { OpenTicket } from './open-ticket.ts';
import { OwedEvents } from './owed-events.ts';
import { PublishTicketEvents } from './publish-ticket-events.ts';
import { QueueOutbound } from './queue-outbound.ts';
import { ReadTicket } from './read-ticket.ts';
import { ReceiveMessage } from './receive-message.ts';
import { RecordConsent } from './record-consent.ts';
import { RecentTickets } from './recent-tickets.ts';
import { RenameCustomer } from './rename-customer.ts';
import { RepliesController } from './replies.controller.ts';
import { ReplyTargets } from './reply-targets.ts';
import { RequeuePending } from './requeue-pending.ts';
import { RetryMessage } from './retry-message.ts';
import { seenSchema } from './seen.schema.ts';
import { SendReply } from './send-reply.ts';
import { ShowPassing } from './show-passing.ts';
import { SplitTicket } from './split-ticket.ts';
import { StampPushed } from './stamp-pushed.ts';
import { StampSeen } from './stamp-seen.ts';
import { StartConversation } from './start-conversation.ts';
import { assertStatusesReachable } from './statuses.ts';
import { threadSchema } from './thread.schema.ts';
import { Threads } from './threads.ts';
import { TellAgain } from './tell-again.ts';
import { tellerSchema } from './teller.schema.ts';
import { TicketAccess } from './ticket-access.ts';
import { ticketSchema } from './ticket.schema.ts';
import { TicketViews } from './ticket.view.ts';
import { TicketsConsumer } from './tickets.consumer.ts';
import { TicketsController } from './tickets.controller.ts';
import { UpdateTicket } from './update-ticket.ts';
import { WakeSnoozed } from './wake-snoozed.ts';

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
  ChangeContent,
  ChangeDelivery,
  FindThread,
  OfferContact,
  AttachMedia,
  OpenTicket,
  ReceiveMessage,
  RecordConsent,
  RenameCustomer,
  TicketsConsumer,
];
const answering = [
  CheckReply,
  OldestPending,
  OpenQuestions,
  QueueOutbound,
  ReplyTargets,
  RequeuePending,
  RetryMessage,
  SendReply,
  ShowPassing,
  StartConversation,
];
const holding = [ChangeHeld, HoldReply, ListHeld, ReleaseHeld, RescheduleHeld, ReturnHeld];
const managing = [AddNote, MarkSeen, SplitTicket, StampPushed, StampSeen, UpdateTicket, WakeSnoozed];
const reading = [
  CountArrivals,
  ExpectReply,
  FindAssignment,
  FindTickets,
  ListTickets,
  MeasureTicket,
  MessageMedia,
  ReadTicket,
  Threads,
  TicketAccess,
  TicketViews,
];
const changing = [AppendEntry, ChangeMessage, OwedEvents, PublishTicketEvents, RecentTickets, TellAgain];

@Module({
  imports: [
    AgentsModule,
    ChannelsModule,
    CustomersModule,
    FlowModule,
    IngressModule,
    MediaModule,
    OrganisationModule,
    QueuesModule,
    SlaModule,
  ],
  controllers: [HeldController, MessageFilesController, RepliesController, TicketsController],
  providers: [...collections, ...receiving, ...answering, ...holding, ...managing, ...reading, ...changing],
  exports: [
    AppendEntry,
    ChangeDelivery,
    CountArrivals,
    ExpectReply,
    FindAssignment,
    FindTickets,
    AttachMedia,
    ReadTicket,
    ShowPassing,
    StampPushed,
    Threads,
    TicketAccess,
    'tickets',
  ],
})
export class TicketsModule {}
