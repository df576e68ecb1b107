import type { QuarantineDetail, QuarantineItem } from '@switchboard/contract';
import { Schema } from 'mongoose';

export const KEEP_SECONDS = 30 * 24 * 3600;

/** Somebody tried again what waited in quarantine: what it was, and what became of it. */
export interface QuarantineTry {
  _id: string;
  itemId: string;
  kind: 'request' | 'letter';
  channelAccountId: string | null;
  reason: string;
  at: Date;
  by: { id: string; name: string };
  mended: boolean;
  outcome: QuarantineDetail['history'][number]['outcome'];
  message: string | null;
  item: QuarantineItem;
  /** Of a letter, as it was tried; a request is kept where requests are. */
  body: string | null;
}

const mixed = Schema.Types.Mixed;
export const quarantineTrySchema = new Schema<QuarantineTry>(
  {
    _id: String,
    itemId: String,
    kind: String,
    channelAccountId: { type: String, default: null },
    reason: String,
    at: Date,
    by: mixed,
    mended: Boolean,
    outcome: String,
    message: { type: String, default: null },
    item: mixed,
    body: { type: String, default: null },
  },
  { versionKey: false },
);
quarantineTrySchema.index({ itemId: 1, _id: -1 });
quarantineTrySchema.index({ outcome: 1, _id: -1 });
quarantineTrySchema.index({ at: 1 }, { expireAfterSeconds: KEEP_SECONDS });
