import { z } from 'zod';
import { Id } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import { FlowPeriod, FlowReport } from '../passport.ts';
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
  firstResponseMinutes: z.int().positive().max(100_000).nullable(),
  nextResponseMinutes: z.int().positive().max(100_000).nullable(),
});

/** The centre: organisation, queues, channels, canned replies, and what an administrator watches. */
export const centreApi = {
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
    body: NewQueue.extend({
      agentIds: NewQueue.shape.agentIds.default([]),
      firstResponseMinutes: NewQueue.shape.firstResponseMinutes.default(60),
      nextResponseMinutes: NewQueue.shape.nextResponseMinutes.default(60),
    }),
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
    summary: 'What could not be processed',
    query: z.object(paging),
    reply: page(v.QuarantineItem),
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
    reply: v.QuarantineDetail,
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
    body: z.object({ raw: z.string().max(v.LONGEST_MENDED).optional() }),
    reply: z.object({ ok: z.boolean(), message: z.string() }),
  },
  'quarantine.discard': { method: 'DELETE', path: '/quarantine/:id', access: 'supervisor', summary: 'Drop it' },
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
