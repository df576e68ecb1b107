import { z } from 'zod';
import { ContentPart, Id, Instant, Party } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import { MessagePassport, TicketRouting } from '../passport.ts';
import { ExpectedWait, OfferView } from '../routing.ts';
import * as v from '../views.ts';
import { VisitorPresence } from '../visitor.ts';
import { Name, page, paging } from './shared.ts';

export const TicketFilter = z.object({
  ...paging,
  view: z.enum(['mine', 'unassigned', 'open', 'snoozed', 'resolved', 'poorly-rated', 'all']).default('open'),
  queueId: Id.optional(),
  customerId: Id.optional(),
  tag: z.string().max(100).optional(),
});
export type TicketFilter = z.input<typeof TicketFilter>;

export const SendReply = z.object({
  /** Made by the client, kept through its retries: one reply, however often it is posted. */
  clientId: Id,
  threadId: Id,
  parts: z.array(ContentPart).min(1).max(20),
  subject: z.string().max(500).optional(),
  cc: z.array(Party).max(50).optional(),
  /** The ticket's seq that the agent saw. If a customer or colleague wrote since then: 409 `changed`, unless `force`. */
  seenSeq: z.int().nonnegative().optional(),
  force: z.boolean().default(false),
  /** Status after sending. */
  thenStatus: v.TicketStatus.optional(),
});
export type SendReply = z.input<typeof SendReply>;

export const Hold = z.discriminatedUnion('kind', [
  /** It can be undone so long. */
  z.object({ kind: z.literal('undo'), seconds: z.int().min(1).max(60) }),
  z.object({ kind: z.literal('later'), until: Instant, unlessCustomerWrites: z.boolean().default(true) }),
]);
export type Hold = z.input<typeof Hold>;

/** The work itself: tickets, their messages and files, customers, search. */
export const workApi = {
  'tickets.list': {
    method: 'GET',
    path: '/tickets',
    access: 'agent',
    summary: 'Tickets of a view, the latest change first',
    query: TicketFilter,
    reply: page(v.TicketRow),
  },
  'tickets.counts': {
    method: 'GET',
    path: '/tickets/counts',
    access: 'agent',
    summary: 'How many tickets each view holds',
    reply: v.TicketCounts,
  },
  'tickets.start': {
    method: 'POST',
    path: '/tickets',
    access: 'agent',
    summary: 'Write to a customer first',
    body: z.object({
      clientId: Id,
      channelAccountId: Id,
      recipient: z.string().min(1).max(320),
      name: z.string().max(200).optional(),
      subject: z.string().max(500).optional(),
      parts: z.array(ContentPart).min(1).max(20),
    }),
    reply: v.TicketRow,
  },
  'tickets.read': {
    method: 'GET',
    path: '/tickets/:id',
    access: 'agent',
    summary: 'A ticket with customer, newest entries and what can be replied over; :id is the id or the number',
    reply: v.TicketDetail,
  },
  'tickets.update': {
    method: 'PATCH',
    path: '/tickets/:id',
    access: 'agent',
    summary: 'Status, priority, assignee, queue, subject, tags',
    body: z.object({
      status: v.TicketStatus.optional(),
      snoozedUntil: Instant.optional(),
      priority: v.Priority.optional(),
      assigneeId: Id.nullable().optional(),
      queueId: Id.optional(),
      subject: z.string().trim().min(1).max(500).optional(),
      addTags: z.array(z.string().trim().min(1).max(50)).max(20).optional(),
      removeTags: z.array(z.string().max(50)).max(20).optional(),
    }),
    reply: v.TicketRow,
  },
  'tickets.entries': {
    method: 'GET',
    path: '/tickets/:id/entries',
    access: 'agent',
    summary: 'Older entries of the conversation, oldest first',
    query: z.object({ beforeSeq: z.coerce.number().int().positive().optional(), limit: paging.limit }),
    reply: z.object({ entries: z.array(v.EntryView), hasOlder: z.boolean() }),
  },
  'tickets.reply': {
    method: 'POST',
    path: '/tickets/:id/replies',
    access: 'agent',
    summary: 'Send a reply. It goes out at once, whatever the undo time: what is to wait is sent as held.create',
    body: SendReply,
    reply: v.MessageEntry,
  },
  'tickets.ways': {
    method: 'GET',
    path: '/tickets/:id/ways',
    access: 'agent',
    summary: 'Over what else the customer can be written to, besides the ticket’s own threads',
    reply: z.object({ ways: z.array(v.Way).max(100) }),
  },
  'tickets.openWay': {
    method: 'POST',
    path: '/tickets/:id/ways',
    access: 'agent',
    summary: 'Go on over another channel, in the same ticket: nothing is sent yet',
    body: z.object({ channelAccountId: Id, recipient: z.string().min(1).max(512) }),
    reply: v.ReplyTarget,
  },
  'tickets.visitor': {
    method: 'GET',
    path: '/tickets/:id/visitor',
    access: 'agent',
    summary: 'Whether the customer is in the chat now, since when not, and on which page; null: they never were',
    reply: z.object({ visitor: VisitorPresence.nullable() }),
  },
  'held.list': {
    method: 'GET',
    path: '/held',
    access: 'agent',
    summary: 'Replies that wait for their time or for their undo, the next to go out first; everyone’s for supervisors',
    query: z.object({ ...paging, of: z.enum(['me', 'everyone']).default('me') }),
    reply: page(v.HeldRow),
  },
  'held.create': {
    method: 'POST',
    path: '/tickets/:id/held',
    access: 'agent',
    summary: 'Send a reply that can be undone for some seconds, or later, within a year',
    body: SendReply.extend({ hold: Hold }),
    reply: v.HeldEntry,
  },
  'held.update': {
    method: 'PATCH',
    path: '/tickets/:id/held/:entryId',
    access: 'agent',
    summary: 'Another time for a scheduled reply',
    body: z.object({ until: Instant.optional(), unlessCustomerWrites: z.boolean().optional() }),
    reply: v.HeldEntry,
  },
  'held.release': {
    method: 'POST',
    path: '/tickets/:id/held/:entryId/release',
    access: 'agent',
    summary: 'Send a held reply now',
    reply: v.HeldEntry,
  },
  'held.return': {
    method: 'POST',
    path: '/tickets/:id/held/:entryId/return',
    access: 'agent',
    summary: 'Undo a reply that has not gone out, or cancel a scheduled one; 409 when it has',
    reply: v.HeldEntry,
  },
  'held.discard': {
    method: 'DELETE',
    path: '/tickets/:id/held/:entryId',
    access: 'agent',
    summary: 'Forget a reply that came back',
  },
  'tickets.note': {
    method: 'POST',
    path: '/tickets/:id/notes',
    access: 'agent',
    summary: 'Add an internal note',
    body: z.object({ clientId: Id, text: z.string().trim().min(1).max(20_000) }),
    reply: v.NoteEntry,
  },
  'tickets.transfer': {
    method: 'POST',
    path: '/tickets/:id/transfer',
    access: 'agent',
    summary: 'Give a ticket to an agent or a queue, with a note for whoever gets it; it keeps its place by age',
    body: z.object({
      /** Kept through retries: one note, however often it is posted. */
      clientId: Id,
      to: z.union([z.strictObject({ agentId: Id }), z.strictObject({ queueId: Id })]),
      note: z.string().trim().max(20_000).default(''),
    }),
    reply: v.TicketRow,
  },
  'tickets.retry': {
    method: 'POST',
    path: '/tickets/:id/entries/:entryId/retry',
    access: 'agent',
    summary: 'Send a failed message, or one whose outcome is unknown, again',
    reply: v.MessageEntry,
  },
  'tickets.split': {
    method: 'POST',
    path: '/tickets/:id/entries/:entryId/split',
    access: 'agent',
    summary: 'Move a message that does not belong here, and what follows it from its sender, to a new ticket',
    reply: v.TicketRow,
  },
  'tickets.seen': {
    method: 'PUT',
    path: '/tickets/:id/seen',
    access: 'agent',
    summary: 'This agent has seen so many customer messages',
    body: z.object({ inboundCount: z.int().nonnegative() }),
  },
  'tickets.metrics': {
    method: 'GET',
    path: '/tickets/:id/metrics',
    access: 'agent',
    summary: 'The service metrics beside the conversation',
    reply: v.TicketMetrics,
  },
  'messages.html': {
    method: 'GET',
    path: '/tickets/:id/entries/:entryId/html',
    access: 'agent',
    summary: 'The html part as a sandboxed page; remote pictures only when asked',
    query: z.object({ images: z.enum(['0', '1']).default('0'), theme: z.enum(['light', 'dark']).default('light') }),
    produces: 'text/html',
  },
  'messages.raw': {
    method: 'GET',
    path: '/tickets/:id/entries/:entryId/raw',
    access: 'supervisor',
    summary: 'The message as it arrived',
    produces: 'application/octet-stream',
  },
  'messages.passport': {
    method: 'GET',
    path: '/tickets/:id/entries/:entryId/passport',
    access: 'agent',
    summary: 'The way of a message: the time of each step, second deliveries, who got the ticket and why',
    reply: MessagePassport,
  },
  'tickets.routing': {
    method: 'GET',
    path: '/tickets/:id/routing',
    access: 'agent',
    summary: 'Why the ticket is with whom it is, or why it waits: who could have it and what keeps it from them',
    reply: TicketRouting,
  },
  'tickets.wait': {
    method: 'GET',
    path: '/tickets/:id/wait',
    access: 'agent',
    summary: 'The place of a ticket that waits, and how long it usually takes; null: it does not wait',
    reply: z.object({ wait: ExpectedWait.nullable() }),
  },
  'offers.list': {
    method: 'GET',
    path: '/offers',
    access: 'agent',
    summary: 'What is offered to this agent now',
    query: z.object(paging),
    reply: page(OfferView),
  },
  'offers.accept': {
    method: 'POST',
    path: '/offers/:id/accept',
    access: 'agent',
    summary: 'Take what is offered; 409 when the offer is over',
    reply: z.object({ ticketId: Id }),
  },
  'offers.decline': {
    method: 'POST',
    path: '/offers/:id/decline',
    access: 'agent',
    summary: 'Leave it to the next agent',
  },
  'customers.list': {
    method: 'GET',
    path: '/customers',
    access: 'agent',
    summary: 'Customers by name, number or address',
    query: z.object({ ...paging, q: z.string().max(200).optional() }),
    reply: page(v.CustomerView),
  },
  'customers.read': {
    method: 'GET',
    path: '/customers/:id',
    access: 'agent',
    summary: 'One customer',
    reply: v.CustomerView,
  },
  'customers.update': {
    method: 'PATCH',
    path: '/customers/:id',
    access: 'agent',
    summary: 'Change name or attributes; null removes an attribute',
    body: z.object({
      name: Name.optional(),
      attributes: z.record(z.string().min(1).max(50), z.string().max(1000).nullable()).optional(),
    }),
    reply: v.CustomerView,
  },
  search: {
    method: 'GET',
    path: '/search',
    access: 'agent',
    summary: 'Tickets and customers by number, name, address, subject or tag',
    query: z.object({
      q: z.string().trim().min(1).max(200),
      limit: z.coerce.number().int().min(1).max(50).default(10),
    }),
    reply: z.object({ tickets: z.array(v.TicketRow), customers: z.array(v.CustomerView) }),
  },
  'media.upload': {
    method: 'POST',
    path: '/media',
    access: 'agent',
    summary: 'Hand in a file for a reply',
    consumes: 'multipart/form-data',
    reply: v.MediaView,
  },
  'media.read': {
    method: 'GET',
    path: '/media/:id',
    access: 'agent',
    summary: 'A file; always as a download unless it is a safe picture, sound or film',
    produces: 'application/octet-stream',
  },
} as const satisfies Record<string, Endpoint>;
