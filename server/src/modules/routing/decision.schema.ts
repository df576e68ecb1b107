import { Schema } from 'mongoose';
import type { RoutingDecision } from '@switchboard/contract';

const KEEP_SECONDS = 90 * 24 * 3600;

/**
 * Why a ticket went to whom. Under the id of the entry that gave it away; while nobody can take it, under the ticket's: one
 * that waits for long is tried again and again, and has one decision all the same.
 */
export interface StoredDecision extends Omit<RoutingDecision, 'at'> {
  _id: string;
  at: Date;
}

const mixed = Schema.Types.Mixed;
export const decisionSchema = new Schema<StoredDecision>(
  {
    _id: String,
    at: Date,
    candidates: [mixed],
    omitted: Number,
    winner: { type: mixed, default: null },
    method: String,
    needs: mixed,
    closed: mixed,
    overflow: { type: [mixed], default: undefined },
  },
  { versionKey: false, minimize: false },
);
decisionSchema.index({ at: 1 }, { expireAfterSeconds: KEEP_SECONDS });
