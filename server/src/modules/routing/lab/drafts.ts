import { Inject, Injectable } from '@nestjs/common';
import {
  completedCapacity,
  type Api,
  type Call,
  type LabDraft,
  type LabDraftRow,
  type ReplyOf,
} from '@switchboard/contract';
import type { Model } from 'mongoose';
import { pageBy } from '../../../platform/database/page.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Snapshot, StoredDraft } from './draft.schema.ts';
import { InForce } from './in-force.ts';
import { Replays } from './replays.ts';

/** What supervisors see of the drafts. */
@Injectable()
export class Drafts {
  constructor(
    @Inject('labdrafts') private readonly drafts: Model<StoredDraft>,
    @Inject(InForce) private readonly inForce: InForce,
    @Inject(Replays) private readonly replays: Replays,
  ) {}

  async page(ask: Call<Api['routingLab.list']>['query']): Promise<ReplyOf<Api['routingLab.list']>> {
    const { items, next } = await pageBy(this.drafts, '_id', ask, 'descending');
    return { items: items.map(rowOf), next };
  }

  /** HubError `not-found` where it is gone. */
  async require(id: string): Promise<StoredDraft> {
    const draft = await this.drafts.findById(id).lean<StoredDraft>();
    if (draft === null) throw new HubError('not-found', 'There is no such draft');
    return completed(draft);
  }

  async read(id: string): Promise<LabDraft> {
    return this.view(await this.require(id));
  }

  async view(draft: StoredDraft): Promise<LabDraft> {
    const { base, changes, publication, version } = completed(draft);
    const [from, to] = publication === null ? [base, changes] : [publication.before, publication.wanted];
    return {
      ...about(draft),
      ...{ version, changes },
      conflicts: await this.inForce.neither(from, publication === null ? changes : to),
      replay: await this.replays.find(draft),
    };
  }
}

/** What was written down before there was this or that channel has its default for it. */
function completed(draft: StoredDraft): StoredDraft {
  const { changes, base, publication } = draft;
  const whole = <T extends Pick<Snapshot, 'capacity'>>(part: T): T => ({
    ...part,
    capacity: part.capacity && completedCapacity(part.capacity),
  });
  return {
    ...draft,
    ...{ changes: whole(changes), base: whole(base) },
    publication: publication && {
      ...publication,
      ...{ before: whole(publication.before), wanted: whole(publication.wanted) },
    },
  };
}

function about({ _id, name, state, changedBy, changedAt, publication }: StoredDraft) {
  return {
    ...{ id: _id, name, state, changedBy, changedAt: changedAt.toISOString() },
    publishedBy: publication?.by ?? null,
    publishedAt: publication?.at.toISOString() ?? null,
  };
}

const rowOf = (draft: StoredDraft): LabDraftRow => ({ ...about(draft), count: countOf(draft.changes) });
const countOf = ({ queues, agents, staff, capacity }: StoredDraft['changes']): number =>
  queues.length + agents.length + staff.length + (capacity === null ? 0 : 1);
