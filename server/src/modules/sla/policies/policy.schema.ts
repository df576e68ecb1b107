import type { PolicySettings, PolicyView } from '@switchboard/contract';
import { Schema } from 'mongoose';

export interface StoredPolicy extends PolicySettings {
  _id: string;
  /** Lower case, unique. */
  nameKey: string;
  /** The lower one is asked first; of two equal ones the older. */
  position: number;
}

const mixed = Schema.Types.Mixed;
export const policySchema = new Schema<StoredPolicy>(
  {
    _id: String,
    name: String,
    nameKey: String,
    position: Number,
    active: Boolean,
    when: mixed,
    targets: mixed,
    calendarId: { type: String, default: null },
    pauseWhilePending: String,
    warnBefore: { type: mixed, default: null },
    onWarning: mixed,
    onBreach: mixed,
  },
  { versionKey: false, minimize: false },
);
policySchema.index({ nameKey: 1 }, { unique: true });

export function policyView({ _id, nameKey: _key, position: _position, ...settings }: StoredPolicy): PolicyView {
  return { id: _id, ...settings };
}

/** That the first policies were made: who deletes them does not get them back at the next start. */
export interface FirstPoliciesMade {
  _id: string;
  at: Date;
}
export const firstPoliciesSchema = new Schema<FirstPoliciesMade>({ _id: String, at: Date }, { versionKey: false });
