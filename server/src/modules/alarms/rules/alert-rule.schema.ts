import type { AlertRule, AlertRuleSettings } from '@switchboard/contract';
import { Schema } from 'mongoose';
import type { Standing } from './judge-rule.ts';

/** With how it stands: whichever process looks next goes on from there. */
export interface StoredRule extends Omit<AlertRuleSettings, 'webhookSecret'>, Standing {
  _id: string;
  /** Sealed. */
  webhookSecret: string | null;
}

export const alertRuleSchema = new Schema<StoredRule>(
  {
    ...{ _id: String, name: String, active: Boolean, metric: String, over: String, threshold: Number },
    queueId: { type: String, default: null },
    ...{ forSeconds: Number, mail: Boolean, alarming: Boolean },
    webhookUrl: { type: String, default: null },
    webhookSecret: { type: String, default: null },
    turnedAt: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
);
alertRuleSchema.index({ active: 1, _id: 1 });

export function alertRule({ _id, webhookSecret, turnedAt: _, ...rule }: StoredRule): AlertRule {
  return { ...rule, id: _id, hasSecret: webhookSecret !== null };
}
