import { z } from 'zod';
import { ChannelKind, Id, Instant } from './common.ts';
import { Guide } from './guide.ts';

/** Channel accounts and what can be added, as the REST API answers them. */

/** Whether what customers write gets here. What is newest counts. */
export const AccountArrival = z.object({
  /** Of the last that came in and was proven to be the provider's, or a customer's. */
  lastInboundAt: Instant.nullable(),
  /** When the hub last got to a provider from which it fetches. */
  connectedAt: Instant.nullable(),
  /** The last request that was turned away, and why. */
  refused: z
    /** `host`: what was called, where that is not the host of PUBLIC_URL. */
    .object({ at: Instant, status: z.int(), reason: z.string(), host: z.string().nullable() })
    .nullable(),
});
export type AccountArrival = z.infer<typeof AccountArrival>;

/**
 * How what customers write gets here: the provider calls, with a signature or a secret; the hub fetches it over a connection, or
 * takes it at a door of its own; visitors bring it.
 */
export const AccountWay = z.enum(['signed', 'secret', 'connection', 'receiver', 'visitors']);
export type AccountWay = z.infer<typeof AccountWay>;

export const AccountHealth = z.object({
  ok: z.boolean(),
  message: z.string().nullable(),
  checkedAt: Instant.nullable(),
  ...AccountArrival.shape,
  lastOutboundAt: Instant.nullable(),
  /** What came in (messages and reports), and the tries to send. */
  lastHour: z.object({ received: z.int(), sent: z.int(), failed: z.int() }),
  /** How long the oldest waits, in milliseconds, of what came in and is in no ticket yet, and of what is to be sent; 0: nothing. */
  lag: z.object({ inMs: z.int(), outMs: z.int() }),
  /** What waited at the provider when it was last checked, and how long the oldest had; null: not known. */
  behind: z.object({ count: z.int(), oldestMs: z.int().nullable() }).nullable(),
  /** What ends next; null: not known, or nothing does. */
  expires: z.object({ what: z.string(), at: Instant }).nullable(),
  /** What the provider does not let us do, as of the last good check: sentences. */
  lacks: z.array(z.string()),
});
export const ChannelAccountView = z.object({
  id: Id,
  connectorId: z.string(),
  channel: ChannelKind,
  name: z.string(),
  queueId: Id,
  state: z.enum(['active', 'paused', 'disabled']),
  /** Customers are shown that an agent has read what they wrote, where the channel can. */
  tellsRead: z.boolean(),
  /** Without secrets; `secretsSet` names those that are stored. */
  settings: z.record(z.string(), z.unknown()),
  secretsSet: z.array(z.string()),
  webhookUrl: z.string(),
  /** Null: not known while it is turned off. */
  way: AccountWay.nullable(),
  health: AccountHealth,
  /** Where the hub was installed by an administrator; null: not in that way. */
  installed: z.object({ holder: z.string(), expiresAt: Instant.nullable() }).nullable(),
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
  guide: Guide,
  canConnect: z.boolean(),
  /** Queues can be mirrored there for agents to work with; what a place is called. */
  desk: z.object({ title: z.string(), description: z.string(), example: z.string() }).nullable(),
  install: z
    .object({
      title: z.string(),
      scopes: z.array(z.object({ name: z.string(), purpose: z.string() })),
      needs: z.array(z.string()),
    })
    .nullable(),
  capabilities: z.record(z.string(), z.unknown()),
});
export type ConnectorView = z.infer<typeof ConnectorView>;
