import type { ReportSchedule } from '@switchboard/contract';
import { session } from '../../../app/session.svelte.ts';

const USUAL_HOUR = 8;

/** When a report is to be mailed, and to whom, while somebody chooses; what was chosen for weeks stays while one looks at months. */
export class ScheduleDraft {
  every = $state<ReportSchedule['every'] | 'never'>('never');
  hour = $state(String(USUAL_HOUR));
  /** ISO: Monday is 1. */
  weekdays = $state<readonly string[]>(['1']);
  day = $state('1');
  /** '': the organisation's. */
  zone = $state('');
  agentIds = $state<readonly string[]>([]);

  constructor(schedule: ReportSchedule | null) {
    this.agentIds = schedule?.agentIds ?? [session.me.id];
    if (schedule === null) return;
    this.every = schedule.every;
    this.hour = String(schedule.hour);
    this.zone = schedule.zone ?? '';
    if (schedule.every === 'week') this.weekdays = schedule.weekdays.map(String);
    if (schedule.every === 'month') this.day = String(schedule.day);
  }

  /** null: not mailed. */
  get schedule(): ReportSchedule | null {
    const { every } = this;
    const hour = Number(this.hour);
    const common = { hour, zone: this.zone === '' ? null : this.zone, agentIds: [...this.agentIds] };
    switch (every) {
      case 'never':
        return null;
      case 'day':
        return { every, ...common };
      case 'week':
        return { every, weekdays: this.weekdays.map(Number).toSorted((one, other) => one - other), ...common };
      case 'month':
        return { every, day: Number(this.day), ...common };
    }
  }
}
