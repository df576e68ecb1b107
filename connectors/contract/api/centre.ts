import { z } from 'zod';
import { OwnWrapUp } from '../call-views.ts';
import { Id } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import { FeedbackSettings } from '../feedback.ts';
import { FlowPeriod, FlowReport } from '../passport.ts';
import { QueueRouting } from '../routing.ts';
import { MessageTemplate } from '../templates.ts';
import * as trouble from '../trouble.ts';
import * as v from '../views.ts';
import { Name, page, paging } from './shared.ts';

const NewCannedReply = z.object({
  shortcut: z.string().regex(/^[\p{L}\p{N}_-]{1,40}$/u),
  title: Name,
  text: z.string().min(1).max(20_000),
});
const NewQueue = z.object({
  name: Name,
  agentIds: z.array(Id).max(2000),
  routing: QueueRouting.optional(),
  feedback: FeedbackSettings.optional(),
  wrapUp: OwnWrapUp.optional(),
});

const Several = z.object({ ids: z.array(Id).min(1).max(100) });
const Outcomes = z.object({ results: z.array(z.object({ id: Id, ok: z.boolean(), message: z.string() })) });

/** The centre: organisation, queues, channels, canned replies, and what an administrator watches. */
export const centreApi = {
  'organisation.read': {
    method: 'GET',
    path: '/organisation',
    access: 'agent',
    summary: 'Name, opening hours, reopening time, undo time of the console, how much work an agent has at once',
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
    body: NewQueue.extend({ agentIds: NewQueue.shape.agentIds.default([]) }),
    reply: v.QueueView,
  },
  'queues.update': {
    method: 'PATCH',
    path: '/queues/:id',
    access: 'administrator',
    summary: 'Change a queue',
    body: NewQueue.partial(),
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
  'channelAccounts.address': {
    method: 'POST',
    path: '/channel-account-addresses',
    access: 'administrator',
    summary:
      'An id for an account that is yet to be added, and the webhook address that it will have. Nothing is stored',
    reply: z.object({ id: Id, webhookUrl: z.string() }),
  },
  'channelAccounts.create': {
    method: 'POST',
    path: '/channel-accounts',
    access: 'administrator',
    summary: 'Add a channel account',
    body: z.object({
      /** One that `channelAccounts.address` gave, so that the provider can be told where to call before. */
      id: z.uuidv7().optional(),
      connectorId: z.string().max(50),
      name: Name,
      queueId: Id.optional(),
      tellsRead: z.boolean().optional(),
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
      tellsRead: z.boolean().optional(),
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
  'channelAccounts.resume': {
    method: 'POST',
    path: '/channel-accounts/:id/resume',
    access: 'administrator',
    summary: 'End the hub’s own pause of it, if the provider accepts the settings now',
    reply: z.object({ ok: z.boolean(), message: z.string() }),
  },
  'channelAccounts.connect': {
    method: 'POST',
    path: '/channel-accounts/:id/connect',
    access: 'administrator',
    summary:
      'Have the provider send to this account from now on (registers the webhook), where it takes that by its API',
    reply: z.object({ ok: z.boolean(), message: z.string() }),
  },
  'channelAccounts.templates': {
    method: 'GET',
    path: '/channel-accounts/:id/templates',
    access: 'agent',
    summary: 'The provider’s approved message templates, by name; at most five minutes old',
    query: z.object(paging),
    reply: page(MessageTemplate),
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
    body: NewCannedReply,
    reply: v.CannedReply,
  },
  'cannedReplies.update': {
    method: 'PATCH',
    path: '/canned-replies/:id',
    access: 'agent',
    summary: 'Change one',
    body: NewCannedReply.partial(),
    reply: v.CannedReply,
  },
  'cannedReplies.delete': { method: 'DELETE', path: '/canned-replies/:id', access: 'agent', summary: 'Delete one' },
  'quarantine.list': {
    method: 'GET',
    path: '/quarantine',
    access: 'supervisor',
    summary: 'What could not be processed, or was and is on its way again; newest first',
    query: z.object({
      ...paging,
      state: z.enum(['waiting', 'replayed']).default('waiting'),
      /** A request that could not be read, or a message that the bus gave up. */
      kind: z.enum(['request', 'letter']).optional(),
      channelAccountId: Id.optional(),
      reason: z.string().trim().max(200).optional(),
    }),
    reply: page(trouble.QuarantineItem),
  },
  'quarantine.count': {
    method: 'GET',
    path: '/quarantine/count',
    access: 'supervisor',
    summary: 'How many items wait for a decision, counted to 100',
    reply: z.object({ count: z.int() }),
  },
  'quarantine.read': {
    method: 'GET',
    path: '/quarantine/:id',
    access: 'supervisor',
    summary: 'One item with its raw text',
    reply: trouble.QuarantineDetail,
  },
  'quarantine.raw': {
    method: 'GET',
    path: '/quarantine/:id/raw',
    access: 'supervisor',
    summary: 'The whole of it, byte for byte',
    produces: 'application/octet-stream',
  },
  'quarantine.replay': {
    method: 'POST',
    path: '/quarantine/:id/replay',
    access: 'supervisor',
    summary: 'Try it again, as it is or mended',
    body: z.object({ raw: z.string().max(trouble.LONGEST_MENDED).optional() }),
    reply: z.object({ ok: z.boolean(), message: z.string() }),
  },
  'quarantine.replayMany': {
    method: 'POST',
    path: '/quarantine/replay',
    access: 'supervisor',
    summary: 'Try several again, as they are; each has its own outcome',
    body: Several,
    reply: Outcomes,
  },
  'quarantine.discardMany': {
    method: 'POST',
    path: '/quarantine/discard',
    access: 'supervisor',
    summary: 'Drop several',
    body: Several,
    reply: Outcomes,
  },
  'quarantine.discard': { method: 'DELETE', path: '/quarantine/:id', access: 'supervisor', summary: 'Drop it' },
  'alarms.list': {
    method: 'GET',
    path: '/alarms',
    access: 'supervisor',
    summary: 'What is wrong with the centre now',
    query: z.object(paging),
    reply: page(trouble.AlarmView),
  },
  'flow.read': {
    method: 'GET',
    path: '/flow',
    access: 'supervisor',
    summary: 'How long messages take from step to step, by channel: median and 95th percentile',
    query: z.object({ period: FlowPeriod.default('hour') }),
    reply: FlowReport,
  },
  'audit.list': {
    method: 'GET',
    path: '/audit',
    access: 'administrator',
    summary: 'Who changed rights, channels and customers’ data',
    query: z.object(paging),
    reply: page(v.AuditItem),
  },
} as const satisfies Record<string, Endpoint>;
