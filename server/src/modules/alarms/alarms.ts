import { Inject, Injectable } from '@nestjs/common';
import type { AlarmView } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { isDuplicate } from '../../platform/database/collection.ts';
import { pageBy, type Page } from '../../platform/database/page.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { alarmView, type Alarm } from './alarm.schema.ts';

const MOST = 200;
type Kind = AlarmView['about']['kind'];
export type Trouble = Pick<Alarm, '_id' | 'about' | 'words'> & {
  /** How long it stands before people are written to about it; null: they are not. Milliseconds. */
  readonly mailAfterMs: number | null;
};

/** What is wrong now, as consoles show it. */
@Injectable()
export class Alarms {
  constructor(
    @Inject('alarms') private readonly alarms: Model<Alarm>,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async page(ask: { cursor?: string | undefined; limit: number }): Promise<Page<AlarmView>> {
    const { items, next } = await pageBy(this.alarms, '_id', ask);
    return { items: items.map(alarmView), next };
  }

  /** Makes the alarms of these kinds what the troubles are; gives those that are over. */
  async become(kinds: readonly Kind[], troubles: readonly Trouble[]): Promise<Alarm[]> {
    const before = (await this.all()).filter(({ about }) => kinds.includes(about.kind));
    const over = await this.end(before.filter(({ _id }) => troubles.every((trouble) => trouble._id !== _id)));
    for (const trouble of troubles) await this.raise(trouble);
    const known = new Map(before.map(({ _id, words }) => [_id, words]));
    if (over.length > 0 || troubles.some(({ _id, words }) => known.get(_id) !== words)) this.tell();
    return over;
  }

  /** Those that were not written about in time: each is given to one process only. */
  async toMail(): Promise<Alarm[]> {
    const now = this.clock.now();
    const claimed: Alarm[] = [];
    for (const alarm of await this.all()) {
      if (alarm.mailedAt !== null || alarm.mailFrom === null || alarm.mailFrom > now) continue;
      const waiting = { _id: alarm._id, mailedAt: null };
      const { modifiedCount } = await this.alarms.updateOne(waiting, { $set: { mailedAt: now } });
      if (modifiedCount === 1) claimed.push(alarm);
    }
    return claimed;
  }

  /** The mail did not go out: it is tried again. */
  async notMailed(alarms: readonly Alarm[]): Promise<void> {
    await this.alarms.updateMany({ _id: { $in: alarms.map(({ _id }) => _id) } }, { $set: { mailedAt: null } });
  }

  private async raise({ _id, about, words, mailAfterMs }: Trouble): Promise<void> {
    const now = this.clock.now();
    const mailFrom = mailAfterMs === null ? null : new Date(now.getTime() + mailAfterMs);
    const first = { about, raisedAt: now, mailFrom, mailedAt: null };
    try {
      await this.alarms.updateOne({ _id }, { $set: { words }, $setOnInsert: first }, { upsert: true });
    } catch (error) {
      // Another process raised it in the same moment.
      if (!isDuplicate(error)) throw error;
    }
  }

  /** Those of them that nobody else has ended; as they were when they did, for who was written to is told. */
  private async end(alarms: readonly Alarm[]): Promise<Alarm[]> {
    const ended = await Promise.all(alarms.map(({ _id }) => this.alarms.findOneAndDelete({ _id }).lean<Alarm>()));
    return ended.filter((alarm) => alarm !== null);
  }

  private all(): Promise<Alarm[]> {
    return this.alarms.find().sort({ _id: 1 }).limit(MOST).lean<Alarm[]>().exec();
  }

  private tell(): void {
    this.sockets.emit('/console', 'agents', 'passing', { type: 'stale', what: 'alarms' });
  }
}
