import { Schema } from 'mongoose';
import type { AlarmView } from '@switchboard/contract';

/** Something is wrong with the centre, now: it is here for as long as that is so. */
export interface Alarm {
  /** Names what is wrong: raised twice it is one. */
  _id: string;
  about: AlarmView['about'];
  words: string;
  raisedAt: Date;
  /** From when on people are written to about it, if it stands for so long; null: they are not. */
  mailFrom: Date | null;
  /** When people were written to; null: not yet. */
  mailedAt: Date | null;
}

export const alarmSchema = new Schema<Alarm>(
  {
    _id: String,
    about: Schema.Types.Mixed,
    words: String,
    raisedAt: Date,
    mailFrom: Date,
    mailedAt: { type: Date, default: null },
  },
  { versionKey: false },
);

export const alarmView = ({ _id, about, words, raisedAt }: Alarm): AlarmView => ({
  id: _id,
  about,
  words,
  raisedAt: raisedAt.toISOString(),
});
