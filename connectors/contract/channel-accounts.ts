import { z } from 'zod';
import { ChannelKind, Id, Instant } from './common.ts';

/** Channel accounts and what can be added, as the REST API answers them. */

export const AccountHealth = z.object({
  ok: z.boolean(),
  message: z.string().nullable(),
  checkedAt: Instant.nullable(),
  lastInboundAt: Instant.nullable(),
  lastOutboundAt: Instant.nullable(),
  /** What came in (messages and reports), and the tries to send. */
  lastHour: z.object({ received: z.int(), sent: z.int(), failed: z.int() }),
  /** How long the oldest waits, in milliseconds, of what came in and is in no ticket yet, and of what is to be sent; 0: nothing. */
  lag: z.object({ inMs: z.int(), outMs: z.int() }),
  /** What waited at the provider when it was last checked, and how long the oldest had; null: not known. */
  behind: z.object({ count: z.int(), oldestMs: z.int().nullable() }).nullable(),
  /** What ends next; null: not known, or nothing does. */
  expires: z.object({ what: z.string(), at: Instant }).nullable(),
});
export const ChannelAccountView = z.object({
  id: Id,
  connectorId: z.string(),
  channel: ChannelKind,
  name: z.string(),
  queueId: Id,
  state: z.enum(['active', 'paused', 'disabled']),
  /** Without secrets; `secretsSet` names those that are stored. */
  settings: z.record(z.string(), z.unknown()),
  secretsSet: z.array(z.string()),
  webhookUrl: z.string(),
  health: AccountHealth,
  createdAt: Instant,
});
export type ChannelAccountView = z.infer<typeof ChannelAccountView>;

export const ConnectorView = z.object({
  id: z.string(),
  channel: ChannelKind,
  title: z.string(),
  description: z.string(),
  settingsSchema: z.record(z.string(), z.unknown()),
  exampleSettings: z.record(z.string(), z.unknown()),
  /** Visitors' sockets: the console shows the script tag and a test page. */
  hasWidget: z.boolean(),
  embed: z.object({ script: z.string(), page: z.string() }).nullable(),
  hasWebhook: z.boolean(),
  canConnect: z.boolean(),
  capabilities: z.record(z.string(), z.unknown()),
});
export type ConnectorView = z.infer<typeof ConnectorView>;
