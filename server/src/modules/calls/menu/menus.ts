import { Inject, Injectable } from '@nestjs/common';
import { type CallMenu, OPENING_HOURS } from '@switchboard/contract';
import { Schema, type Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Audit } from '../../audit/index.ts';
import { Calendars, isOpen } from '../../calendars/index.ts';
import { Channels } from '../../channels/index.ts';
import { Organisations } from '../../organisation/index.ts';
import { Queues } from '../../queues/index.ts';
import { problemsOfMenu } from './check-menu.ts';

/** The account's. */
export type StoredMenu = { _id: string; menu: CallMenu };
export const menuSchema = new Schema<StoredMenu>(
  { _id: String, menu: Schema.Types.Mixed },
  { versionKey: false, minimize: false },
);

/** A number works before anybody has thought about it: callers are queued, and leave a message outside of the opening hours. */
export const DEFAULT_MENU: CallMenu = {
  ...{ languages: ['en'], speech: false, calendarId: OPENING_HOURS, start: 'queue', closed: 'message' },
  nodes: [
    { id: 'queue', does: 'queue', say: {}, queueId: null },
    { id: 'message', does: 'voicemail', say: {} },
  ],
  ...{ callback: true, voicemail: true, musicUrl: null, record: false, consent: {} },
};

@Injectable()
export class Menus {
  constructor(
    @Inject('callmenus') private readonly menus: Model<StoredMenu>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(accountId: string): Promise<CallMenu> {
    return (await this.menus.findById(accountId).lean<StoredMenu>())?.menu ?? DEFAULT_MENU;
  }

  async isOpen({ calendarId }: CallMenu): Promise<boolean> {
    if (calendarId === null) return true;
    if (calendarId === OPENING_HOURS) return this.organisations.isOpen(this.clock.now());
    const calendar = await this.calendars.byId(calendarId);
    // One that was removed closes nobody's door.
    return calendar === null || isOpen(calendar, this.clock.now());
  }

  async read(accountId: string): Promise<CallMenu> {
    await this.requireCalls(accountId);
    return this.of(accountId);
  }

  async write(caller: Caller, accountId: string, menu: CallMenu): Promise<CallMenu> {
    await this.requireCalls(accountId);
    const fields = problemsOfMenu(menu, await this.queues.names());
    if (fields.length > 0) throw new HubError('invalid', fields.map(({ message }) => message).join('; '), { fields });
    await this.menus.updateOne({ _id: accountId }, { $set: { menu } }, { upsert: true });
    await this.audit.record({ caller, action: 'call-menu.updated', subject: accountId });
    return menu;
  }

  private async requireCalls(accountId: string): Promise<void> {
    const open = await this.channels.open(accountId);
    if (open?.connector.capabilities.call == null)
      throw new HubError('not-found', 'There is no such account, or it takes no calls');
  }
}
