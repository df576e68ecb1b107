import type { ChannelKind } from '@switchboard/contract';
import { Schema } from 'mongoose';
import { KEEP_SECONDS } from '../state-spell.schema.ts';

/** A time in which an agent had a ticket before them, in a console tab that could be seen and with somebody at it. */
export interface HandlingSpell {
  _id: string;
  agentId: string;
  ticketId: string;
  /** Of the ticket, when this began. */
  channel: ChannelKind;
  queueId: string;
  from: Date;
  /** Of one that goes on: when it last did. */
  to: Date;
  /** The agent's id while it goes on: unique, so that nobody handles two at once. */
  open?: string;
}

export const handlingSpellSchema = new Schema<HandlingSpell>(
  {
    _id: String,
    agentId: String,
    ticketId: String,
    channel: String,
    queueId: String,
    from: Date,
    to: Date,
    open: String,
  },
  { versionKey: false },
);
handlingSpellSchema.index({ from: 1, _id: 1 });
handlingSpellSchema.index({ ticketId: 1 });
handlingSpellSchema.index({ agentId: 1, from: 1 });
handlingSpellSchema.index({ open: 1 }, { unique: true, sparse: true });
handlingSpellSchema.index({ to: 1 }, { expireAfterSeconds: KEEP_SECONDS });
