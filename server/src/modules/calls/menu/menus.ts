import { Inject, Injectable } from '@nestjs/common';
import {
  type CallMenu,
  type CallMenuView,
  type HeardStep,
  type MenuProblem,
  OPENING_HOURS,
} from '@switchboard/contract';
import { Schema, type Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Sockets } from '../../../platform/live/sockets.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Audit } from '../../audit/index.ts';
import { Calendars, isOpen, nextOpening } from '../../calendars/index.ts';
import { Channels } from '../../channels/index.ts';
import { Organisations } from '../../organisation/index.ts';
import { Queues } from '../../queues/index.ts';
import { problemsOfMenu } from './check-menu.ts';
import { completed } from './default-menu.ts';
import { hearMenu } from './hear-menu.ts';

type Versioned = CallMenu & { version: number };

/** The account's. */
export interface StoredMenu {
  _id: string;
  menu: CallMenu;
  version: number;
  changed: CallMenuView['changed'];
}
const mixed = Schema.Types.Mixed;
export const menuSchema = new Schema<StoredMenu>(
  { _id: String, menu: mixed, version: Number, changed: mixed },
  { versionKey: false, minimize: false },
);

@Injectable()
export class Menus {
  constructor(
    @Inject('callmenus') private readonly menus: Model<StoredMenu>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(accountId: string): Promise<CallMenu> {
    return completed((await this.stored(accountId))?.menu ?? {});
  }

  async isOpen({ calendarId }: CallMenu): Promise<boolean> {
    if (calendarId === null) return true;
    if (calendarId === OPENING_HOURS) return this.organisations.isOpen(this.clock.now());
    const calendar = await this.calendars.byId(calendarId);
    // One that was removed closes nobody's door.
    return calendar === null || isOpen(calendar, this.clock.now());
  }

  /** The first moment from then on at which it is open; null: never. */
  async opensAt({ calendarId }: CallMenu, from: Date): Promise<Date | null> {
    if (calendarId === null) return from;
    const calendar =
      calendarId === OPENING_HOURS ? await this.organisations.calendar() : await this.calendars.byId(calendarId);
    if (calendar === null) return calendarId === OPENING_HOURS ? null : from;
    return isOpen(calendar, from) ? from : nextOpening(calendar, from);
  }

  async read(accountId: string): Promise<CallMenuView> {
    await this.requireCalls(accountId);
    return this.view(accountId);
  }

  async write(caller: Caller, accountId: string, { version, ...menu }: Versioned): Promise<CallMenuView> {
    await this.requireCalls(accountId);
    const fields = await this.problemsOf(menu);
    if (fields.length > 0) throw new HubError('invalid', fields.map(({ message }) => message).join('; '), { fields });
    const changed = { by: caller.name, at: this.clock.now().toISOString() };
    if (!(await this.replace(accountId, version, { menu, version: version + 1, changed }))) {
      const current = await this.view(accountId);
      const who = current.changed?.by ?? 'Somebody';
      throw new HubError('changed', `${who} has changed this menu since you opened it: yours is not saved`, {
        current,
      });
    }
    await this.audit.record({
      ...{ caller, action: 'call-menu.updated', subject: accountId },
      detail: { version: version + 1, steps: menu.nodes.length, recording: menu.recording },
    });
    this.sockets.emit('/console', 'agents', 'passing', { type: 'stale', what: 'call-menus' });
    return { ...menu, version: version + 1, changed };
  }

  async check(accountId: string, menu: CallMenu): Promise<MenuProblem[]> {
    await this.requireCalls(accountId);
    return this.problemsOf(menu);
  }

  async hear(accountId: string, asked: { menu: CallMenu; open: boolean; inputs: string[] }): Promise<HeardStep[]> {
    await this.requireCalls(accountId);
    return hearMenu({ ...asked, now: this.clock.now(), queueNames: await this.queues.names() });
  }

  private async problemsOf(menu: CallMenu): Promise<MenuProblem[]> {
    const { calendarId } = menu;
    const calendar = calendarId === null ? null : await this.calendars.byId(calendarId);
    return problemsOfMenu(menu, {
      queues: await this.queues.names(),
      calendars: new Set(calendar === null || calendarId === null ? [] : [calendarId]),
    });
  }

  /** Of two who have changed the same version the second changes nothing. One that was never kept is version 0. */
  private async replace(_id: string, version: number, next: Omit<StoredMenu, '_id'>): Promise<boolean> {
    const of = version === 0 ? { _id, version: { $exists: false } } : { _id, version };
    try {
      const { matchedCount, upsertedCount } = await this.menus.updateOne(of, { $set: next }, { upsert: version === 0 });
      return matchedCount + upsertedCount === 1;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  private async view(accountId: string): Promise<CallMenuView> {
    const stored = await this.stored(accountId);
    return {
      ...completed(stored?.menu ?? {}),
      version: stored?.version ?? 0,
      changed: stored?.changed ?? null,
    };
  }

  private stored(accountId: string): Promise<Partial<StoredMenu> | null> {
    return this.menus.findById(accountId).lean<Partial<StoredMenu>>().exec();
  }

  private async requireCalls(accountId: string): Promise<void> {
    const open = await this.channels.open(accountId);
    if (open?.connector.capabilities.call == null)
      throw new HubError('not-found', 'There is no such account, or it takes no calls');
  }
}
