import type { CannedReply } from '@switchboard/contract';
import { Schema } from 'mongoose';

export interface StoredCannedReply {
  _id: string;
  /** Typed after `/`; unique without regard to case, which `shortcutKey` keeps. */
  shortcut: string;
  shortcutKey: string;
  title: string;
  text: string;
}

export const cannedReplySchema = new Schema<StoredCannedReply>(
  { _id: String, shortcut: String, shortcutKey: String, title: String, text: String },
  { versionKey: false },
);
cannedReplySchema.index({ shortcutKey: 1 }, { unique: true });

export const cannedReply = ({ _id, shortcut, title, text }: StoredCannedReply): CannedReply => ({
  id: _id,
  shortcut,
  title,
  text,
});
