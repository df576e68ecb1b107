import { z } from 'zod';
import { ContentPart, Id, Instant, Party } from './common.ts';
import type { Endpoint } from './endpoint.ts';
import * as v from './views.ts';

export type { Ask, Call, Endpoint, ReplyOf } from './endpoint.ts';

/** Every list is paged by key: give the last `next` back as `cursor`; null ends. */
const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
const paging = { cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };
const Password = z.string().min(10, 'At least 10 characters').max(200);
const Email = z.email().max(320).toLowerCase();
const Name = z.string().trim().min(1).max(100);

export const TicketFilter = z.object({
  ...paging,
  view: z.enum(['mine', 'unassigned', 'open', 'snoozed', 'resolved', 'all']).default('open'),
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
  /** The ticket's seq that the agent saw. If a customer or colleague wrote since then: 409 `ticket-changed`, unless `force`. */
  seenSeq: z.int().nonnegative().optional(),
  force: z.boolean().default(false),
  /** Status after sending. */
  thenStatus: v.TicketStatus.optional(),
});
export type SendReply = z.input<typeof SendReply>;

/** The REST API under /api/v1. The key is the operation's id. */
export const api = {
  'setup.state': {
    method: 'GET',
    path: '/setup',
    access: 'public',
    summary: 'Is the first administrator still to be made?',
    reply: z.object({ needed: z.boolean(), organisation: z.string() }),
  },
  'setup.create': {
    method: 'POST',
    path: '/setup',
    access: 'public',
    summary: 'Make the first administrator and sign in; once only',
    body: z.object({
      organisation: Name,
      name: Name,
      email: Email,
      password: Password,
      timeZone: z.string().max(60).optional(),
    }),
    reply: v.Me,
  },
  'session.read': { method: 'GET', path: '/session', access: 'agent', summary: 'Who is signed in', reply: v.Me },
  'session.signIn': {
    method: 'POST',
    path: '/session',
    access: 'public',
    summary: 'Sign in; sets the session cookie',
    body: z.object({ email: Email, password: z.string().max(200) }),
    reply: v.Me,
  },
  'session.signOut': { method: 'DELETE', path: '/session', access: 'agent', summary: 'Sign out' },

  'me.update': {
    method: 'PATCH',
    path: '/me',
    access: 'agent',
    summary: 'Change one’s own name, picture and preferences',
    body: z.object({
      name: Name.optional(),
      avatarUrl: z.string().max(2000).nullable().optional(),
      preferences: v.PreferencesChange.optional(),
    }),
    reply: v.Me,
  },
  'me.setState': {
    method: 'PUT',
    path: '/me/state',
    access: 'agent',
    summary: 'Ready, busy, away or offline for new work',
    body: z.object({ state: v.AgentState }),
    reply: v.Me,
  },
  'me.changePassword': {
    method: 'PUT',
    path: '/me/password',
    access: 'agent',
    summary: 'Change the password; other sessions end',
    body: z.object({ current: z.string().max(200), next: Password }),
  },

  'agents.list': {
    method: 'GET',
    path: '/agents',
    access: 'agent',
    summary: 'All agents',
    query: z.object(paging),
    reply: page(v.AgentView),
  },
  'agents.update': {
    method: 'PATCH',
    path: '/agents/:id',
    access: 'administrator',
    summary: 'Change role, queues or whether the agent may sign in',
    body: z.object({
      name: Name.optional(),
      role: v.Role.optional(),
      active: z.boolean().optional(),
      queueIds: z.array(Id).max(200).optional(),
    }),
    reply: v.AgentView,
  },
  'invitations.create': {
    method: 'POST',
    path: '/invitations',
    access: 'administrator',
    summary: 'Invite an agent; the answer holds the link to hand over, valid for 7 days',
    body: z.object({
      email: Email,
      name: Name,
      role: v.Role.default('agent'),
      queueIds: z.array(Id).max(200).default([]),
    }),
    reply: z.object({ agent: v.AgentView, link: z.string() }),
  },
  'invitations.read': {
    method: 'GET',
    path: '/invitations/:token',
    access: 'public',
    summary: 'Who a link invites',
    reply: z.object({ email: z.string(), name: z.string(), organisation: z.string() }),
  },
  'invitations.accept': {
    method: 'POST',
    path: '/invitations/:token',
    access: 'public',
    summary: 'Set a password and sign in',
    body: z.object({ name: Name, password: Password }),
    reply: v.Me,
  },

  'organisation.read': {
    method: 'GET',
    path: '/organisation',
    access: 'agent',
    summary: 'Name, opening hours, reopening time',
    reply: v.Organisation,
  },
  'organisation.update': {
    method: 'PATCH',
    path: '/organisation',
    access: 'administrator',
    summary: 'Change them',
    body: v.Organisation.partial(),
    reply: v.Organisation,
  },

  'queues.list': {
    method: 'GET',
    path: '/queues',
    access: 'agent',
    summary: 'All queues',
    query: z.object(paging),
    reply: page(v.QueueView),
  },
  'queues.create': {
    method: 'POST',
    path: '/queues',
    access: 'administrator',
    summary: 'Make a queue',
    body: z.object({
      name: Name,
      agentIds: z.array(Id).max(2000).default([]),
      firstResponseMinutes: z.int().positive().max(100_000).nullable().default(60),
      nextResponseMinutes: z.int().positive().max(100_000).nullable().default(60),
    }),
    reply: v.QueueView,
  },
  'queues.update': {
    method: 'PATCH',
    path: '/queues/:id',
    access: 'administrator',
    summary: 'Change a queue',
    body: v.QueueView.omit({ id: true }).extend({ name: Name }).partial(),
    reply: v.QueueView,
  },

  'connectors.list': {
    method: 'GET',
    path: '/connectors',
    access: 'agent',
    summary: 'Channels that can be added, with settings schema and capabilities',
    reply: z.object({ items: z.array(v.ConnectorView) }),
  },
  'channelAccounts.list': {
    method: 'GET',
    path: '/channel-accounts',
    access: 'agent',
    summary: 'Channel accounts and their health',
    query: z.object(paging),
    reply: page(v.ChannelAccountView),
  },
  'channelAccounts.create': {
    method: 'POST',
    path: '/channel-accounts',
    access: 'administrator',
    summary: 'Add a channel account',
    body: z.object({
      connectorId: z.string().max(50),
      name: Name,
      queueId: Id.optional(),
      settings: z.record(z.string(), z.unknown()),
    }),
    reply: v.ChannelAccountView,
  },
  'channelAccounts.read': {
    method: 'GET',
    path: '/channel-accounts/:id',
    access: 'agent',
    summary: 'One channel account',
    reply: v.ChannelAccountView,
  },
  'channelAccounts.update': {
    method: 'PATCH',
    path: '/channel-accounts/:id',
    access: 'administrator',
    summary: 'Change it; a secret that is left out stays as it is',
    body: z.object({
      name: Name.optional(),
      queueId: Id.optional(),
      settings: z.record(z.string(), z.unknown()).optional(),
      state: z.enum(['active', 'disabled']).optional(),
    }),
    reply: v.ChannelAccountView,
  },
  'channelAccounts.test': {
    method: 'POST',
    path: '/channel-accounts/:id/test',
    access: 'administrator',
    summary: 'Ask the provider whether the settings are good',
    reply: z.object({ ok: z.boolean(), message: z.string() }),
  },

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
    summary: 'Send a reply',
    body: SendReply,
    reply: v.MessageEntry,
  },
  'tickets.note': {
    method: 'POST',
    path: '/tickets/:id/notes',
    access: 'agent',
    summary: 'Add an internal note',
    body: z.object({ clientId: Id, text: z.string().trim().min(1).max(20_000) }),
    reply: v.NoteEntry,
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

  'cannedReplies.list': {
    method: 'GET',
    path: '/canned-replies',
    access: 'agent',
    summary: 'Canned replies',
    query: z.object(paging),
    reply: page(v.CannedReply),
  },
  'cannedReplies.create': {
    method: 'POST',
    path: '/canned-replies',
    access: 'agent',
    summary: 'Add one',
    body: z.object({
      shortcut: z.string().regex(/^[\p{L}\p{N}_-]{1,40}$/u),
      title: Name,
      text: z.string().min(1).max(20_000),
    }),
    reply: v.CannedReply,
  },
  'cannedReplies.update': {
    method: 'PATCH',
    path: '/canned-replies/:id',
    access: 'agent',
    summary: 'Change one',
    body: v.CannedReply.omit({ id: true }).partial(),
    reply: v.CannedReply,
  },
  'cannedReplies.delete': { method: 'DELETE', path: '/canned-replies/:id', access: 'agent', summary: 'Delete one' },

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

  'quarantine.list': {
    method: 'GET',
    path: '/quarantine',
    access: 'supervisor',
    summary: 'What could not be processed',
    query: z.object(paging),
    reply: page(v.QuarantineItem),
  },
  'quarantine.read': {
    method: 'GET',
    path: '/quarantine/:id',
    access: 'supervisor',
    summary: 'One item with its raw text',
    reply: v.QuarantineItem.extend({ raw: z.string(), truncated: z.boolean() }),
  },
  'quarantine.replay': {
    method: 'POST',
    path: '/quarantine/:id/replay',
    access: 'supervisor',
    summary: 'Try it again',
    reply: z.object({ ok: z.boolean(), message: z.string() }),
  },
  'quarantine.discard': { method: 'DELETE', path: '/quarantine/:id', access: 'supervisor', summary: 'Drop it' },

  'audit.list': {
    method: 'GET',
    path: '/audit',
    access: 'administrator',
    summary: 'Who changed rights, channels and customers’ data',
    query: z.object(paging),
    reply: page(v.AuditItem),
  },
} as const satisfies Record<string, Endpoint>;
export type Api = typeof api;
export type OperationId = keyof Api;
