import { z } from 'zod';
import { Id, Instant } from './common.ts';

export const QuarantineItem = z.object({
  id: Id,
  stage: z.enum(['parse', 'inbound', 'outbound', 'event']),
  connectorId: z.string().nullable(),
  channelAccountId: Id.nullable(),
  accountName: z.string().nullable(),
  reason: z.string(),
  attempts: z.int(),
  at: Instant,
  bytes: z.int(),
  /** It left quarantine on its way again, not long ago; null: it waits for a decision. */
  replayed: z.object({ at: Instant, by: z.string() }).nullable(),
});
export type QuarantineItem = z.infer<typeof QuarantineItem>;
/** Characters; what is longer is looked at in part, and mended outside. */
export const LONGEST_MENDED = 250_000;
/** `editable`: it is text, and all of it is here. */
export const QuarantineDetail = QuarantineItem.extend({
  raw: z.string(),
  truncated: z.boolean(),
  editable: z.boolean(),
  /** Who tried it again, newest first. `under-way`: the process that did was killed meanwhile. */
  history: z.array(
    z.object({
      at: Instant,
      by: z.string(),
      mended: z.boolean(),
      outcome: z.enum(['replayed', 'failed', 'under-way']),
      message: z.string().nullable(),
    }),
  ),
});
export type QuarantineDetail = z.infer<typeof QuarantineDetail>;

/** Something is wrong with the centre, now. */
export const AlarmView = z.object({
  id: z.string(),
  about: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('account'), accountId: Id }),
    z.object({ kind: z.literal('quarantine') }),
    /** A limit of the floor; `queueId` null: of all queues together. */
    z.object({ kind: z.literal('rule'), ruleId: Id, queueId: Id.nullable() }),
  ]),
  /** What it is, as a person reads it, without a full stop. */
  words: z.string(),
  raisedAt: Instant,
});
export type AlarmView = z.infer<typeof AlarmView>;
