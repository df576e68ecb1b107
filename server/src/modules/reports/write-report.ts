import { Inject, Injectable } from '@nestjs/common';
import type { SavedReport, SaveReport } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { CLOCK, NEW_ID } from '../../platform/tokens.ts';
import { Agents } from '../agents/index.ts';
import { Audit } from '../audit/index.ts';
import { isTimeZone } from '../calendars/index.ts';
import { Organisations } from '../organisation/index.ts';
import { nextMailing } from './mail/next-mailing.ts';
import { EVERYONE, type StoredReport } from './saved-report.schema.ts';
import { ownersOwn, SavedReports } from './saved-reports.ts';

/** Reports as people keep them. Who gets them by mail must be there. */
@Injectable()
export class WriteReport {
  constructor(
    @Inject('savedreports') private readonly reports: Model<StoredReport>,
    @Inject(SavedReports) private readonly saved: SavedReports,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async create(caller: Caller, wanted: SaveReport): Promise<SavedReport> {
    requireZone(wanted);
    await this.requireAgents(wanted);
    const report: StoredReport = {
      ...{ _id: this.newId(), ownerId: caller.id, lastSent: null },
      ...(await this.stored(caller.id, wanted)),
    };
    await this.reports.create(report);
    await this.note(caller, 'report.saved', report);
    return this.saved.view(report, caller);
  }

  async change(caller: Caller, id: string, wanted: SaveReport): Promise<SavedReport> {
    const { ownerId } = await this.saved.toChange(caller, id);
    requireZone(wanted);
    await this.requireAgents(wanted);
    const $set = await this.stored(ownerId, wanted);
    const changed = await this.reports
      .findOneAndUpdate({ _id: id }, { $set }, { returnDocument: 'after' })
      .lean<StoredReport>();
    if (changed === null) throw new HubError('not-found', 'There is no such report');
    await this.note(caller, 'report.updated', changed);
    return this.saved.view(changed, caller);
  }

  async remove(caller: Caller, id: string): Promise<void> {
    const report = await this.saved.toChange(caller, id);
    await this.reports.deleteOne({ _id: id });
    await this.note(caller, 'report.deleted', report);
  }

  private async stored(ownerId: string, { name, shared, query, schedule }: SaveReport) {
    const { timeZone } = await this.organisations.read();
    const nextAt = schedule && nextMailing(schedule, this.clock.now(), timeZone);
    return {
      ...{ name, query, schedule, nextAt, tryAt: nextAt, done: [], tries: 0 },
      visibleTo: shared ? EVERYONE : ownersOwn(ownerId),
    };
  }

  private async requireAgents({ schedule }: SaveReport): Promise<void> {
    const ids = schedule?.agentIds ?? [];
    const known = await this.agents.names(ids);
    if (ids.every((id) => known.has(id))) return;
    const fields = [{ path: 'schedule.agentIds', message: 'One of them is not there any more' }];
    throw new HubError('invalid', 'One of those it is to be mailed to is not there any more', { fields });
  }

  private async note(caller: Caller, action: string, { _id, name, visibleTo, schedule }: StoredReport): Promise<void> {
    const detail = { name, shared: visibleTo === EVERYONE, ...(schedule && { mailed: schedule }) };
    await this.audit.record({ caller, action, subject: _id, detail });
  }
}

function requireZone({ schedule }: SaveReport): void {
  const zone = schedule?.zone ?? null;
  if (zone === null || isTimeZone(zone)) return;
  const fields = [{ path: 'schedule.zone', message: 'Such as Europe/Berlin' }];
  throw new HubError('invalid', `${zone} is not a time zone`, { fields });
}
