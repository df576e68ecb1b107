import { z } from 'zod';
import { Id } from './common.ts';

/** What people want to be told of when the floor passes a limit. */

export const AlertMetric = z.enum(['waiting', 'longestWait', 'unassigned', 'overdue', 'serviceLevel', 'agentsReady']);
export type AlertMetric = z.infer<typeof AlertMetric>;

const limit = {
  name: z.string().trim().min(1).max(100),
  active: z.boolean(),
  metric: AlertMetric,
  /** null: all queues together. */
  queueId: Id.nullable(),
  over: z.enum(['above', 'below']),
  /** Tickets, agents, per cent, or of the longest wait seconds. Passed when the figure is beyond it. */
  threshold: z.number().min(0).max(1_000_000),
  /** So long beyond it before the alarm begins, and so long within it before it is over. */
  forSeconds: z.int('Whole seconds').min(0).max(86_400, 'At most 86400 seconds, a day'),
  /** To supervisors and administrators, over the centre's own e-mail. */
  mail: z.boolean(),
  /** Is sent each alarm's beginning and end; only an administrator names it. */
  webhookUrl: z
    .url({ protocol: /^https?$/, error: 'An address that begins with https:// or http://' })
    .max(2000)
    .nullable(),
};
/** The secret signs what is sent; it is never given back. Left out it stays as it is. */
export const AlertRuleSettings = z.object({
  ...limit,
  webhookSecret: z.string().min(16, 'At least 16 characters').max(200).optional(),
});
export type AlertRuleSettings = z.infer<typeof AlertRuleSettings>;
export const AlertRule = z.object({ id: Id, ...limit, hasSecret: z.boolean(), alarming: z.boolean() });
export type AlertRule = z.infer<typeof AlertRule>;

/**
 * The body of a webhook, signed in the header `x-switchboard-signature: t=<epoch s>,v1=<hex>`: HMAC-SHA256 of `<t>.<body>` with the
 * rule's secret. At least once: what has the same `id` is the same.
 */
export interface AlertWebhook {
  readonly id: string;
  readonly event: 'alarm.began' | 'alarm.ended';
  readonly at: string;
  readonly words: string;
  readonly rule: Pick<AlertRule, 'id' | 'name' | 'metric' | 'queueId' | 'over' | 'threshold' | 'forSeconds'>;
}
