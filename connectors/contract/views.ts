import { z } from 'zod';
import { AgentStateSettings, AgentStanding } from './agent-states.ts';
import { Amendment } from './amendments.ts';
import { CallView, Dispositions, OwnWrapUp } from './call-views.ts';
import { ChannelKind, ContentPart, Handle, Id, Instant, Party } from './common.ts';
import { FeedbackSettings, Rating } from './feedback.ts';
import { MessageContext } from './inbound-event.ts';
import { Passport } from './passport.ts';
import { Actor, Role } from './people.ts';
import { Preferences } from './preferences.ts';
import { Priority } from './priority.ts';
import { Capacity, OwnCapacity, QueueRouting, ReturnedWork, Skills } from './routing.ts';
import { Clock } from './service-levels.ts';

export { AccountArrival, AccountHealth, AccountWay, ChannelAccountView, ConnectorView } from './channel-accounts.ts';
export { Actor, Priority, Role };

/** What the REST API answers and the console shows. All times are ISO 8601 in UTC. */

export const TicketStatus = z.enum(['new', 'open', 'pending', 'snoozed', 'resolved']);
export type TicketStatus = z.infer<typeof TicketStatus>;
/** pending < accepted < sent < delivered < read; failed is terminal; unknown asks the agent whether to send again. */
export const MessageState = z.enum(['pending', 'unknown', 'accepted', 'sent', 'delivered', 'read', 'failed']);
export type MessageState = z.infer<typeof MessageState>;

/** By whom is left out where the customer did it. */
const changedBy = {
  editedAt: Instant.optional(),
  editedBy: Actor.optional(),
  deletedAt: Instant.optional(),
  deletedBy: Actor.optional(),
};
const entry = { id: Id, ticketId: Id, seq: z.int().positive(), at: Instant, author: Actor };
export const MessageEntry = z.object({
  ...entry,
  type: z.literal('message'),
  direction: z.enum(['in', 'out']),
  channel: ChannelKind,
  channelAccountId: Id,
  threadId: Id,
  subject: z.string().optional(),
  parts: z.array(ContentPart),
  quoted: z.string().optional(),
  /** Written by a machine; or asks, or answers, how it was: none of them is anybody’s turn. */
  automatic: z.enum(['auto-reply', 'survey', 'rating']).optional(),
  to: z.array(Party).optional(),
  cc: z.array(Party).optional(),
  state: MessageState,
  /** Why it failed, in words for the agent. */
  reason: z.string().optional(),
  /** What it answers or was led here by. */
  context: MessageContext.optional(),
  /** Our side wrote it outside of Switchboard: in the provider's own inbox or app. */
  fromElsewhere: z.boolean().optional(),
  /** Who reacted to it, the oldest first. */
  reactions: z
    .array(z.object({ emoji: z.string(), by: z.object({ id: z.string(), name: z.string() }), at: Instant }))
    .optional(),
  /** Why it joined this conversation. */
  joinedBy: z.enum(['new-ticket', 'reference', 'reply-token', 'thread']).optional(),
  /** The client's own id of an optimistic send. */
  clientId: z.string().optional(),
  ...changedBy,
  /** What an agent wants changed and the channel has not taken yet, or has refused; the oldest first. */
  amendments: z.array(Amendment).optional(),
  passport: Passport,
});
export type MessageEntry = z.infer<typeof MessageEntry>;
export const NoteEntry = z.object({
  ...entry,
  type: z.literal('note'),
  /** Empty where it was deleted. */
  text: z.string(),
  clientId: z.string().optional(),
  ...changedBy,
});
export type NoteEntry = z.infer<typeof NoteEntry>;
export const EventEntry = z.object({
  ...entry,
  type: z.literal('event'),
  event: z.enum([
    'ticket.opened',
    'ticket.reopened',
    'status.changed',
    'priority.changed',
    'assignee.changed',
    'queue.changed',
    // By the queue's own settings; `did`: after so many seconds of waiting, or `closed`.
    'queue.overflowed',
    // Back to its queue, as its agent (`from`) was gone; `did`: for so many seconds, or `left`: they chose to go.
    'assignee.gone',
    // A promised call that was tried (`to`) times in vain.
    'callback.given-up',
    'tags.changed',
    'subject.changed',
    'customer.changed',
    'consent.changed',
    // `to` names the clock (ClockKind); of a change it is the new policy's name.
    'service-level.warned',
    'service-level.breached',
    'service-level.changed',
    // `to`: from 1 to 5, `from`: what it was before; `did`: the comment.
    'feedback.rated',
    // `to`: why (NotAsked).
    'feedback.not-asked',
  ]),
  /** Values as people read them (names, not ids). */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** What came with it. */
  did: z.array(z.string()).optional(),
});
/** A call, in the place where it came; it changes as the call goes on. */
export const CallEntry = z.object({ ...entry, type: z.literal('call'), channel: ChannelKind, call: CallView });
export type CallEntry = z.infer<typeof CallEntry>;
/** waiting for its time → released: the message that it became is an entry of its own; or returned, to be edited, then discarded. */
export const HeldState = z.enum(['waiting', 'released', 'returned', 'discarded']);
export type HeldState = z.infer<typeof HeldState>;
/** A reply that is not a message yet: it can be undone for some seconds, or it was scheduled. No customer ever sees it. */
export const HeldEntry = z.object({
  ...entry,
  type: z.literal('held'),
  channel: ChannelKind,
  channelAccountId: Id,
  threadId: Id,
  subject: z.string().optional(),
  parts: z.array(ContentPart),
  cc: z.array(Party).optional(),
  /** The message that it becomes bears it, too. */
  clientId: z.string(),
  kind: z.enum(['undo', 'later']),
  until: Instant,
  /** It comes back instead of going out where the customer writes first. */
  unlessCustomerWrites: z.boolean(),
  thenStatus: TicketStatus.optional(),
  state: HeldState,
  /** Why it came back. `words`: who did it, or what was in the way. */
  returned: z
    .object({ why: z.enum(['undone', 'cancelled', 'customer-wrote', 'blocked']), words: z.string() })
    .optional(),
});
export type HeldEntry = z.infer<typeof HeldEntry>;
/** One item of a conversation; those that are held stand apart from its history. */
export const EntryView = z.discriminatedUnion('type', [MessageEntry, NoteEntry, EventEntry, HeldEntry, CallEntry]);
export type EntryView = z.infer<typeof EntryView>;

/** A row of the ticket list and the head of a conversation. */
export const TicketView = z.object({
  id: Id,
  number: z.int().positive(),
  /** Counts the ticket's stored changes: the higher one is the newer view. */
  seq: z.int().nonnegative(),
  subject: z.string(),
  status: TicketStatus,
  nextStatuses: z.array(TicketStatus),
  priority: Priority,
  queue: z.object({ id: Id, name: z.string() }),
  assignee: z.object({ id: Id, name: z.string(), avatarUrl: z.string().optional() }).nullable(),
  tags: z.array(z.string()),
  customer: z.object({ id: Id, name: z.string(), avatarUrl: z.string().optional() }),
  /** Of the newest message; `channels` are all that the conversation went over. */
  channel: ChannelKind,
  channels: z.array(ChannelKind),
  preview: z
    .object({ text: z.string(), from: z.enum(['customer', 'agent', 'note', 'system']), at: Instant })
    .nullable(),
  /** Customer messages so far; less what this agent has seen, it is the unread count. */
  inboundCount: z.int().nonnegative(),
  /** Start of the customer's turn that nobody has answered; null when the turn is ours. */
  waitingSince: Instant.nullable(),
  firstResponse: Clock.nullable(),
  nextResponse: Clock.nullable(),
  resolution: Clock.nullable(),
  snoozedUntil: Instant.nullable(),
  /** A message of ours failed or its outcome is unknown. */
  needsAttention: z.boolean(),
  /** Replies that are scheduled. */
  scheduled: z.int().nonnegative(),
  /** What the customer thought of it, where they said. */
  rating: Rating.optional(),
  createdAt: Instant,
  updatedAt: Instant,
  resolvedAt: Instant.nullable(),
});
export type TicketView = z.infer<typeof TicketView>;
/** A list row as one agent gets it: `seenInbound` is how many customer messages that agent has seen. */
export const TicketRow = TicketView.extend({ seenInbound: z.int().nonnegative() });
export type TicketRow = z.infer<typeof TicketRow>;

/** A reply that waits, in the list of all that wait; of its ticket what says to whom it goes. */
export const HeldRow = z.object({
  id: Id,
  held: HeldEntry,
  ticket: TicketView.pick({ id: true, number: true, subject: true, status: true, customer: true }),
});
export type HeldRow = z.infer<typeof HeldRow>;

/** What the composer may send over: one thread of the ticket, newest first. */
export const ReplyTarget = z.object({
  threadId: Id,
  channel: ChannelKind,
  channelAccountId: Id,
  accountName: z.string(),
  recipient: Party,
  subject: z.string().nullable(),
  cc: z.array(Party),
  /** null: open. Otherwise why a reply can't go out now. */
  blocked: z.string().nullable(),
  /** When the provider's reply window closes; null: never. */
  closesAt: Instant.nullable(),
});
export type ReplyTarget = z.infer<typeof ReplyTarget>;

/** Over what else a customer could be written to, in the same ticket: it becomes a ReplyTarget when it is opened. */
export const Way = ReplyTarget.pick({
  channel: true,
  channelAccountId: true,
  accountName: true,
  recipient: true,
  blocked: true,
  closesAt: true,
}).extend({
  /** The number of the ticket in which that conversation was last; null: there was none yet. */
  fromTicket: z.int().nullable(),
});
export type Way = z.infer<typeof Way>;

export const CustomerView = z.object({
  id: Id,
  name: z.string(),
  avatarUrl: z.string().optional(),
  handles: z.array(Handle),
  attributes: z.record(z.string(), z.string()),
  consent: z.array(
    z.object({ channel: ChannelKind, handle: z.string(), state: z.enum(['granted', 'withdrawn']), at: Instant }),
  ),
  createdAt: Instant,
  lastSeenAt: Instant.nullable(),
  page: z.object({ url: z.string(), title: z.string() }).nullable(),
});
export type CustomerView = z.infer<typeof CustomerView>;

export const TicketDetail = z.object({
  ticket: TicketRow,
  customer: CustomerView,
  /** The newest entries, oldest first. */
  entries: z.array(EntryView),
  hasOlder: z.boolean(),
  /** Replies that wait for their time or came back, oldest first. */
  held: z.array(HeldEntry),
  targets: z.array(ReplyTarget),
});
export type TicketDetail = z.infer<typeof TicketDetail>;

/** The service metrics beside a conversation (DESIGN.md §6). Durations are milliseconds. */
export const TicketMetrics = z.object({
  waitingSince: Instant.nullable(),
  firstResponse: Clock.nullable(),
  nextResponse: Clock.nullable(),
  resolution: Clock.extend({ pendingMs: z.number() }),
  /** What gave the targets. */
  policy: z.object({ id: Id, name: z.string() }).nullable(),
  replies: z.object({ agent: z.int(), customer: z.int() }),
  queue: z.object({
    id: Id,
    name: z.string(),
    waiting: z.int(),
    longestWaitSince: Instant.nullable(),
    serviceLevel: z.object({
      targetMs: z.number(),
      /** First answers, and who left without one. */
      answered: z.int(),
      /** null: nothing was answered today yet. */
      percent: z.number().nullable(),
      since: Instant,
    }),
    agentsReady: z.int(),
  }),
});
export type TicketMetrics = z.infer<typeof TicketMetrics>;

export const AgentView = z.object({
  id: Id,
  name: z.string(),
  email: z.email(),
  role: Role,
  avatarUrl: z.string().optional(),
  active: z.boolean(),
  ...AgentStanding.shape,
  queueIds: z.array(Id),
  /** How much work at once; null: as everyone in the organisation. */
  capacity: OwnCapacity,
  skills: Skills,
  invited: z.boolean(),
  createdAt: Instant,
});
export type AgentView = z.infer<typeof AgentView>;

export const Me = AgentView.extend({
  preferences: Preferences,
  /** What went back to the queue while they were gone, the latest last, until they have been told. */
  returned: z.array(ReturnedWork),
});
export type Me = z.infer<typeof Me>;

export const QueueView = z.object({
  id: Id,
  name: z.string(),
  agentIds: z.array(Id),
  routing: QueueRouting,
  feedback: FeedbackSettings,
  wrapUp: OwnWrapUp,
});
export type QueueView = z.infer<typeof QueueView>;

export const CannedReply = z.object({ id: Id, shortcut: z.string(), title: z.string(), text: z.string() });
export type CannedReply = z.infer<typeof CannedReply>;

export const MediaView = z.object({ mediaId: Id, fileName: z.string(), mimeType: z.string(), bytes: z.int() });
export type MediaView = z.infer<typeof MediaView>;

export const Organisation = z.object({
  name: z.string().min(1).max(100),
  timeZone: z.string().max(60),
  /** Weekly opening hours in the time zone, ISO weekday 1 = Monday; several spans a day are allowed. */
  hours: z
    .array(
      z.object({
        weekday: z.int().min(1).max(7),
        from: z.string().regex(/^\d\d:\d\d$/),
        to: z.string().regex(/^\d\d:\d\d$/),
      }),
    )
    .max(70),
  /** A customer who writes within this time after the resolution reopens the ticket; later a new one starts. */
  reopenWithinHours: z.int().min(0).max(8760),
  /** So long the console holds a reply that can be undone, unless its agent chose otherwise; 0: it goes out at once. */
  undoSeconds: z.int('Whole seconds').min(0).max(30, 'At most 30 seconds'),
  capacity: Capacity,
  agentStates: AgentStateSettings,
  /** What calls can be about, for the wrap-up in queues that have no list of their own. */
  dispositions: Dispositions,
  /** A wrap-up says one of them. */
  dispositionRequired: z.boolean(),
});
export type Organisation = z.infer<typeof Organisation>;

export const TicketCounts = z.object({
  mine: z.int(),
  /** Those of mine with a customer's message that I have not seen. */
  mineUnread: z.int(),
  unassigned: z.int(),
  open: z.int(),
  snoozed: z.int(),
  /** My replies that wait for their time. */
  scheduled: z.int(),
  resolved: z.int(),
  queues: z.array(z.object({ queueId: Id, open: z.int() })),
});
export type TicketCounts = z.infer<typeof TicketCounts>;

export const AuditItem = z.object({
  id: Id,
  at: Instant,
  actor: z.object({ id: z.string().nullable(), name: z.string() }),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditItem = z.infer<typeof AuditItem>;
