import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { CalendarSettings, CalendarView } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Bus } from '../../platform/bus/bus.ts';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { isDuplicate } from '../../platform/database/collection.ts';
import { pageBy, type Page } from '../../platform/database/page.ts';
import { SharedCopy } from '../../platform/database/shared-copy.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { BUS, CLOCK, NEW_ID } from '../../platform/tokens.ts';
import { calendarView, type StoredCalendar } from './calendar.schema.ts';
import { calendarOf, type Calendar } from './time/calendar.ts';
import { problemsOfCalendar, refuse } from './time/definition.ts';

/** The business calendars. Each process keeps them ready to reckon with. */
@Injectable()
export class Calendars implements OnModuleInit {
  private readonly copy: SharedCopy<Map<string, Calendar>>;

  constructor(
    @Inject('calendars') private readonly calendars: Model<StoredCalendar>,
    @Inject(BUS) bus: Bus,
    @Inject(CLOCK) clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {
    this.copy = new SharedCopy('calendars', () => this.load(), bus, clock);
  }

  onModuleInit(): Promise<void> {
    return this.copy.follow();
  }

  async byId(id: string): Promise<Calendar | null> {
    return (await this.copy.read()).get(id) ?? null;
  }

  /** By name. */
  async page(ask: { cursor?: string | undefined; limit: number }): Promise<Page<CalendarView>> {
    const { items, next } = await pageBy(this.calendars, 'nameKey', ask);
    return { items: items.map(calendarView), next };
  }

  async add(settings: CalendarSettings): Promise<CalendarView> {
    check(settings);
    const calendar = { _id: this.newId(), ...settings, nameKey: keyOf(settings.name) };
    await this.unlessTaken(settings.name, () => this.calendars.create(calendar));
    await this.copy.changed();
    return calendarView(calendar);
  }

  async change(id: string, wanted: Partial<CalendarSettings>): Promise<CalendarView> {
    const before = await this.calendars.findById(id).lean<StoredCalendar>();
    if (before === null) throw noSuch();
    check({ ...before, ...wanted });
    const $set = wanted.name === undefined ? wanted : { ...wanted, nameKey: keyOf(wanted.name) };
    const changed = await this.unlessTaken(wanted.name, () =>
      this.calendars.findOneAndUpdate({ _id: id }, { $set }, { returnDocument: 'after' }).lean<StoredCalendar>(),
    );
    if (changed === null) throw noSuch();
    await this.copy.changed();
    return calendarView(changed);
  }

  async remove(id: string): Promise<void> {
    const { deletedCount } = await this.calendars.deleteOne({ _id: id });
    if (deletedCount === 0) throw noSuch();
    await this.copy.changed();
  }

  private async load(): Promise<Map<string, Calendar>> {
    const all = await this.calendars.find({}).sort({ _id: 1 }).lean<StoredCalendar[]>();
    return new Map(all.map((stored) => [stored._id, calendarOf(stored)]));
  }

  private async unlessTaken<T>(name: string | undefined, write: () => PromiseLike<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!isDuplicate(error, 'nameKey')) throw error;
      throw new HubError('conflict', `There is a calendar ${name} already`, {
        fields: [{ path: 'name', message: 'Taken by another calendar' }],
      });
    }
  }
}

const keyOf = (name: string) => name.toLowerCase();
const noSuch = () => new HubError('not-found', 'There is no such calendar');

function check(settings: CalendarSettings): void {
  const problems = problemsOfCalendar(settings);
  if (problems.length > 0) refuse(problems);
}
