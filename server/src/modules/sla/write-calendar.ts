import { Inject, Injectable } from '@nestjs/common';
import type { CalendarSettings, CalendarView } from '@switchboard/contract';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Calendars } from '../calendars/index.ts';
import { Queues } from '../queues/index.ts';
import { Policies } from './policies/policies.ts';
import { TellChange } from './tell-change.ts';

@Injectable()
export class WriteCalendar {
  constructor(
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(Policies) private readonly policies: Policies,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(TellChange) private readonly tell: TellChange,
  ) {}

  async create(caller: Caller, wanted: CalendarSettings): Promise<CalendarView> {
    const calendar = await this.calendars.add(wanted);
    await this.tell.run(caller, 'calendar.created', calendar.id, shortly(wanted));
    return calendar;
  }

  async change(caller: Caller, id: string, wanted: Partial<CalendarSettings>): Promise<CalendarView> {
    const calendar = await this.calendars.change(id, wanted);
    await this.tell.run(caller, 'calendar.updated', id, shortly(wanted));
    return calendar;
  }

  async remove(caller: Caller, id: string): Promise<void> {
    const [policies, queues] = await Promise.all([this.policies.all(), this.queues.all()]);
    const users = [
      ...policies.filter(({ calendarId }) => calendarId === id),
      ...queues.filter(({ routing }) => routing.hours.calendarId === id),
    ].map(({ name }) => name);
    if (users.length > 0)
      throw new HubError('conflict', `${users.join(', ')} counts in this calendar: give it another one first`);
    await this.calendars.remove(id);
    await this.tell.run(caller, 'calendar.deleted', id, {});
  }
}

/** A thousand holidays say no more to who reads the audit than how many there are. */
const shortly = ({ holidays, ...rest }: Partial<CalendarSettings>): Record<string, unknown> => ({
  ...rest,
  ...(holidays !== undefined && { holidays: holidays.length }),
});
