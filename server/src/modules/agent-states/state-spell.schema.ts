import type { StateSpell } from '@switchboard/contract';
import { Schema } from 'mongoose';
import type { Spell } from '../agents/index.ts';

/** A year and a month: what is compared with the year before is there. */
export const KEEP_SECONDS = 400 * 24 * 3600;

export type EndedSpell = Spell & { readonly to: Date };

const mixed = Schema.Types.Mixed;
export const stateSpellSchema = new Schema<EndedSpell>(
  {
    _id: String,
    agentId: String,
    state: String,
    reason: { type: mixed, default: null },
    unavailable: Boolean,
    from: Date,
    to: Date,
    cause: String,
    by: { type: mixed, default: null },
    paused: { type: [mixed], default: undefined },
  },
  { versionKey: false },
);
stateSpellSchema.index({ agentId: 1, from: -1, _id: -1 });
stateSpellSchema.index({ to: 1, _id: 1 });
stateSpellSchema.index({ to: 1 }, { expireAfterSeconds: KEEP_SECONDS });

export const spellView = ({
  _id,
  agentId,
  state,
  reason,
  unavailable,
  from,
  to,
  cause,
  by,
  paused = [],
}: Spell): StateSpell => ({
  id: _id,
  agentId,
  state,
  reason,
  unavailable,
  from: from.toISOString(),
  to: to?.toISOString() ?? null,
  cause,
  by,
  paused: paused.map(({ channel, ...time }) => ({
    channel,
    from: time.from.toISOString(),
    to: (time.to ?? to)?.toISOString() ?? null,
  })),
});
