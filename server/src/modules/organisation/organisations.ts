import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Organisation } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Bus } from '../../platform/bus/bus.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { SharedCopy } from '../../platform/database/shared-copy.ts';
import { BUS, CLOCK } from '../../platform/tokens.ts';
import { alwaysOpen, isOpenAt } from './opening-hours.ts';
import { ORGANISATION, type StoredOrganisation } from './organisation.schema.ts';

/** Always open until somebody says otherwise: a new hub must not tell its first customer that nobody is there. */
const defaults = (): Organisation => ({
  name: 'Switchboard',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  hours: alwaysOpen,
  reopenWithinHours: 72,
});

@Injectable()
export class Organisations implements OnModuleInit {
  private readonly copy: SharedCopy<Organisation>;

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

  read(): Promise<Organisation> {
    return this.copy.read();
  }

  async isOpen(at: Date): Promise<boolean> {
    return isOpenAt(await this.read(), at);
  }

  async write(wanted: Partial<Organisation>): Promise<Organisation> {
    await this.documents.updateOne({ _id: ORGANISATION }, { $set: wanted }, { upsert: true });
    await this.copy.changed();
    return this.read();
  }

  private async load(): Promise<Organisation> {
    const stored = await this.documents.findById(ORGANISATION).lean<StoredOrganisation>();
    const { _id: _, ...known } = stored ?? { _id: ORGANISATION };
    return { ...defaults(), ...known };
  }
}
