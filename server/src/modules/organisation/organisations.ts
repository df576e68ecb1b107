import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  completedCapacity,
  DEFAULT_AGENT_STATES,
  DEFAULT_CAPACITY,
  DEFAULT_DISPOSITIONS,
  DEFAULT_UNDO_SECONDS,
  type Organisation,
} from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Bus } from '../../platform/bus/bus.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { SharedCopy } from '../../platform/database/shared-copy.ts';
import { BUS, CLOCK } from '../../platform/tokens.ts';
import { calendarOf, isOpen, type Calendar } from '../calendars/index.ts';
import { ORGANISATION, type StoredOrganisation } from './organisation.schema.ts';

/** Always open until somebody says otherwise: a new hub must not tell its first customer that nobody is there. */
const defaults = (): Organisation => ({
  name: 'Switchboard',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
  reopenWithinHours: 72,
  undoSeconds: DEFAULT_UNDO_SECONDS,
  capacity: DEFAULT_CAPACITY,
  agentStates: DEFAULT_AGENT_STATES,
  dispositions: DEFAULT_DISPOSITIONS,
  dispositionRequired: false,
});

@Injectable()
export class Organisations implements OnModuleInit {
  private readonly copy: SharedCopy<{ settings: Organisation; calendar: Calendar | null }>;

  constructor(
    @Inject('organisation') private readonly documents: Model<StoredOrganisation>,
    @Inject(BUS) bus: Bus,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.copy = new SharedCopy('organisation', () => this.load(), bus, clock);
  }

  onModuleInit(): Promise<void> {
    return this.copy.follow();
  }

  async read(): Promise<Organisation> {
    return (await this.copy.read()).settings;
  }

  /** Its opening hours; null: never open. */
  async calendar(): Promise<Calendar | null> {
    return (await this.copy.read()).calendar;
  }

  async isOpen(at: Date): Promise<boolean> {
    const calendar = await this.calendar();
    return calendar !== null && isOpen(calendar, at);
  }

  async write(wanted: Partial<Organisation>): Promise<Organisation> {
    await this.documents.updateOne({ _id: ORGANISATION }, { $set: wanted }, { upsert: true });
    await this.copy.changed();
    return this.read();
  }

  private async load(): Promise<{ settings: Organisation; calendar: Calendar | null }> {
    const stored = await this.documents.findById(ORGANISATION).lean<StoredOrganisation>();
    const { _id: _, ...known } = stored ?? { _id: ORGANISATION };
    const capacity = known.capacity && { capacity: completedCapacity(known.capacity) };
    const settings = { ...defaults(), ...known, ...capacity };
    return { settings, calendar: settings.hours.length === 0 ? null : calendarOf(settings) };
  }
}
