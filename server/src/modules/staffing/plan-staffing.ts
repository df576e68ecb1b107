import { Inject, Injectable } from '@nestjs/common';
import type { StaffingPlan, StaffingQuestion } from '@switchboard/contract';
import { DateTime } from 'luxon';
import type { z } from 'zod';
import { HubError } from '../../platform/errors/hub-error.ts';
import { Organisations } from '../organisation/index.ts';
import { planDay, type Change } from './plan/plan-day.ts';
import { ReadForecast } from './read-forecast.ts';

type Question = z.output<typeof StaffingQuestion>;

/** Whom a day that is forecast needs, and "what if". Nothing is stored. */
@Injectable()
export class PlanStaffing {
  constructor(
    @Inject(ReadForecast) private readonly forecast: ReadForecast,
    @Inject(Organisations) private readonly organisations: Organisations,
  ) {}

  async run(queueId: string, question: Question): Promise<StaffingPlan> {
    const { date, channel, intervalMinutes, work, agents, serviceLevel } = question;
    const forecast = await this.forecast.run(queueId, { channel, intervalMinutes });
    if (forecast.state === 'too-little')
      throw new HubError('conflict', `There is no forecast yet: ${forecast.daysMore} more days of history are needed`);
    const day = forecast.days.find((each) => each.date === date);
    if (day === undefined) throw wrong('date', `${date} is not one of the 14 days from today that are forecast`);
    const open = await this.openIntervals(date, forecast.timeZone, intervalMinutes);
    const { answerWithinSeconds, maxOccupancy, shrinkage, patienceSeconds, concurrency, ahtSeconds } = question;
    const plan = planDay(
      day.expected,
      {
        ...{ kind: work, intervalSeconds: intervalMinutes * 60, ahtSeconds },
        ...(work !== 'messages' && { patienceSeconds }),
        ...(work === 'chats' && { concurrency }),
      },
      { serviceLevel, answerWithinSeconds, maxOccupancy, shrinkage },
      { agents, change: changeOf(question), open },
    );
    const intervals = plan.intervals.map((interval, at) => ({
      ...interval,
      from: timeOf(at * intervalMinutes),
      open: open[at] ?? false,
    }));
    return { date, intervals, day: { ...plan.day }, changed: plan.changed === null ? null : { ...plan.changed } };
  }

  private async openIntervals(date: string, timeZone: string, minutes: number): Promise<boolean[]> {
    const start = DateTime.fromISO(date, { zone: timeZone });
    return Promise.all(
      Array.from({ length: 1440 / minutes }, (_, at) => {
        const time = { hour: Math.floor((at * minutes) / 60), minute: (at * minutes) % 60 };
        return this.organisations.isOpen(start.set(time).toJSDate());
      }),
    );
  }
}

const wrong = (path: string, message: string) => new HubError('invalid', message, { fields: [{ path, message }] });
const timeOf = (minutes: number) =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function changeOf({ change, intervalMinutes }: Question): Change | undefined {
  if (change === undefined) return undefined;
  const [from, to] = [minutesOf(change.from) / intervalMinutes, minutesOf(change.to) / intervalMinutes];
  if (!Number.isInteger(from) || !Number.isInteger(to))
    throw wrong('change', `${change.from}–${change.to} does not fall on intervals of ${intervalMinutes} minutes`);
  if (from >= to) throw wrong('change', `${change.from}–${change.to} ends before it begins`);
  return { agents: change.agents, from, to };
}
