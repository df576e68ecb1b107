import { Inject, Injectable } from '@nestjs/common';
import type { ArrivalForecast, ChannelKind } from '@switchboard/contract';
import { DateTime } from 'luxon';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Organisations } from '../organisation/index.ts';
import { Queues } from '../queues/index.ts';
import type { ArrivalDay } from './arrivals/arrivals.schema.ts';
import { inIntervals, localDays } from './arrivals/local-days.ts';
import { FEWEST_DAYS, forecast, type Forecast } from './forecast/forecast.ts';
import { sum, type Day } from './forecast/history.ts';

/** What is older says little about next week. */
const HISTORY_DAYS = 182;
const AHEAD_DAYS = 14;
const PAST_DAYS = 14;
const MOST_REMEMBERED = 100;

interface Ask {
  readonly channel?: ChannelKind | undefined;
  readonly intervalMinutes: 15 | 30;
}

/** The forecast of a queue, made of the days that are over: from midnight to midnight it stays the same. */
@Injectable()
export class ReadForecast {
  /** Fitting takes a tenth of a second: what was fitted to the same history is kept. */
  private readonly made = new Map<string, Forecast | null>();

  constructor(
    @Inject('arrivals') private readonly arrivals: Model<ArrivalDay>,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(queueId: string, { channel, intervalMinutes }: Ask): Promise<ArrivalForecast> {
    const queue = await this.queues.byId(queueId);
    if (queue === null) throw new HubError('not-found', 'There is no such queue');
    const { timeZone } = await this.organisations.read();
    const today = DateTime.fromJSDate(this.clock.now(), { zone: timeZone }).startOf('day');
    const known = await this.known(queueId, today);
    const ofChannel = known.filter((day) => channel === undefined || day.channel === channel);
    const history = localDays(ofChannel, timeZone, today.toJSDate()).map(({ date, counts }) => ({
      ...{ date, counts: inIntervals(counts, intervalMinutes) },
    }));
    const about = {
      queue: { id: queue.id, name: queue.name },
      channels: [...new Set(known.map((day) => day.channel))].toSorted(),
      ...{ timeZone, intervalMinutes, historyDays: history.length },
    };
    const dates = Array.from({ length: AHEAD_DAYS }, (_, ahead) => today.plus({ days: ahead }).toISODate() ?? '');
    const made = this.of(`${queueId}:${channel}:${intervalMinutes}:${timeZone}`, history, dates);
    if (made === null) return { ...about, state: 'too-little', daysMore: Math.max(1, FEWEST_DAYS - history.length) };
    return { ...about, state: 'ready', ...mutable(made), past: mutable(history.slice(-PAST_DAYS)) };
  }

  private known(queueId: string, today: DateTime): Promise<ArrivalDay[]> {
    // A day more on each side, for zones ahead of and behind UTC.
    const day = { $gte: today.minus({ days: HISTORY_DAYS + 1 }).toISODate() ?? '' };
    return this.arrivals.find({ queueId, day }).sort({ day: 1 }).lean<ArrivalDay[]>().exec();
  }

  private of(about: string, history: readonly Day[], dates: readonly string[]): Forecast | null {
    const key = [about, dates[0], history.length, sum(history.map(({ counts }) => sum(counts)))].join(':');
    let made = this.made.get(key);
    if (made === undefined) {
      made = forecast(history, dates);
      this.made.set(key, made);
      const [oldest] = this.made.keys();
      if (this.made.size > MOST_REMEMBERED && oldest !== undefined) this.made.delete(oldest);
    }
    return made;
  }
}

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
/** The contract's types are plain; nobody changes what they are given. */
const mutable = <T>(value: T) => value as Mutable<T>;
