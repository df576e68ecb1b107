import { Inject, Injectable } from '@nestjs/common';
import type { CallChange, SaidView } from '@switchboard/contract';
import { Schema, type Model } from 'mongoose';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { readTimeCursor, timeCursor, type Page } from '../../../platform/database/page.ts';
import type { Log } from '../../../platform/log/log.ts';
import { LOG } from '../../../platform/tokens.ts';
import type { Call } from '../call.schema.ts';

/** One document for each time that somebody has said something: parts come late, and a call is talked in for hours. */
export interface Said {
  /** The call's, and the provider's of the words. */
  readonly _id: string;
  readonly callId: string;
  readonly at: Date;
  readonly by: SaidView['by'];
  readonly text: string;
}
export const saidSchema = new Schema<Said>(
  { _id: String, callId: String, at: Date, by: String, text: String },
  { versionKey: false },
);
saidSchema.index({ callId: 1, at: 1, _id: 1 });

/** Some eight hours of talking. */
const MOST_PARTS = 10_000;
/** Words are dated when they have been understood, the last ones after the call. */
const LATE_MS = 5000;

@Injectable()
export class SaidInCalls {
  constructor(
    @Inject('callsaid') private readonly said: Model<Said>,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** The same words again are the same. */
  async keep(callId: string, { id, by, text }: NonNullable<CallChange['said']>, at: Date): Promise<void> {
    if ((await this.said.countDocuments({ callId })) >= MOST_PARTS)
      return this.log.warn('What was said in a call is too long to be kept', { callId });
    try {
      await this.said.create({ _id: `${callId}:${id}`, callId, at, by, text });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }

  /** As it was said, but for what a customer says to the music: nobody hears that, and no recording has it. */
  async page(call: Call, { cursor, limit }: { cursor?: string | undefined; limit: number }): Promise<Page<SaidView>> {
    const { at, id } = cursor === undefined ? { at: new Date(0), id: '' } : readTimeCursor(cursor);
    const found = await this.said
      .find({ callId: call._id, at: { $gte: at }, $or: [{ at: { $gt: at } }, { at, _id: { $gt: id } }] })
      .sort({ at: 1, _id: 1 })
      .limit(limit + 1)
      .lean<Said[]>();
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.filter((each) => !wasHeld(call, each.at)).map((each) => viewOf(call, each)),
      next: found.length > limit && last !== undefined ? timeCursor(last.at, last._id) : null,
    };
  }
}

function wasHeld({ moments }: Call, at: Date): boolean {
  const before = moments.filter(({ what, who, at: when }) => who === null && isHold(what) && when <= at);
  return before.toSorted((a, b) => +a.at - +b.at).at(-1)?.what === 'held';
}
const isHold = (what: Call['moments'][number]['what']): boolean => what === 'held' || what === 'resumed';

/** Who of us, where only one was there. */
function viewOf(call: Call, { _id, at, by, text }: Said): SaidView {
  const there = call.legs.filter(
    ({ role, hidden, joinedAt, leftAt }) =>
      (role === 'agent' || role === 'number') &&
      hidden !== true &&
      joinedAt !== null &&
      +joinedAt <= +at &&
      (leftAt === null || +leftAt >= +at - LATE_MS),
  );
  const names = new Set(there.map(({ name }) => name));
  const [name = null] = by === 'customer' ? [call.customerName] : names.size === 1 ? names : [];
  return { id: _id, at: at.toISOString(), by, name, text };
}
