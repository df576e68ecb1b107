import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, ReplyOf, SavedReport } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Agents } from '../agents/index.ts';
import { EVERYONE, mayChange, savedReport, type StoredReport } from './saved-report.schema.ts';

/** What somebody sees of the saved reports. */
@Injectable()
export class SavedReports {
  constructor(
    @Inject('savedreports') private readonly reports: Model<StoredReport>,
    @Inject(Agents) private readonly agents: Agents,
  ) {}

  async page(
    caller: Caller,
    { cursor, limit }: Call<Api['reports.list']>['query'],
  ): Promise<ReplyOf<Api['reports.list']>> {
    const found = await this.reports
      .find({
        visibleTo: { $in: [EVERYONE, ownersOwn(caller.id)] },
        ...(cursor !== undefined && { _id: { $lt: cursor } }),
      })
      .sort({ _id: -1 })
      .limit(limit + 1)
      .lean<StoredReport[]>();
    const items = found.slice(0, limit);
    return {
      items: await Promise.all(items.map((report) => this.view(report, caller))),
      next: found.length > limit ? (items.at(-1)?._id ?? null) : null,
    };
  }

  async view(report: StoredReport, caller: Caller): Promise<SavedReport> {
    const faces = await this.agents.names([report.ownerId]);
    return savedReport(report, caller, faces.get(report.ownerId)?.name ?? '');
  }

  /** HubError `not-found` of one that the caller can't see, `forbidden` of one that is somebody else's. */
  async toChange(caller: Caller, id: string): Promise<StoredReport> {
    const report = await this.reports.findById(id).lean<StoredReport>();
    if (report === null || ![EVERYONE, ownersOwn(caller.id)].includes(report.visibleTo))
      throw new HubError('not-found', 'There is no such report');
    if (!mayChange(caller, report))
      throw new HubError('forbidden', 'This report is somebody else’s: save it under a name of your own');
    return report;
  }
}

export const ownersOwn = (agentId: string): string => `agent:${agentId}`;
