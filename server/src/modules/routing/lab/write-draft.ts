import { Inject, Injectable } from '@nestjs/common';
import { NO_CHANGES, type LabChanges, type LabDraft, type SaveLabDraft } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { z } from 'zod';
import { HubError, type FieldProblem } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import { WriteQueue } from '../../agents/index.ts';
import { Queues } from '../../queues/index.ts';
import { Drafts } from './drafts.ts';
import type { Snapshot, StoredDraft } from './draft.schema.ts';
import { InForce } from './in-force.ts';
import { Replays } from './replays.ts';

const nothing: Snapshot = { queues: [], agents: [], capacity: null };

/** Makes, changes and deletes drafts. What they name must be there, so that they can be played and published. */
@Injectable()
export class WriteDraft {
  constructor(
    @Inject('labdrafts') private readonly drafts: Model<StoredDraft>,
    @Inject(Drafts) private readonly reading: Drafts,
    @Inject(Replays) private readonly replays: Replays,
    @Inject(InForce) private readonly inForce: InForce,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(WriteQueue) private readonly rules: WriteQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async create(caller: Caller, name: string): Promise<LabDraft> {
    const draft: StoredDraft = {
      ...{ _id: this.newId(), name, state: 'draft', version: 1, changes: NO_CHANGES, base: nothing },
      ...{ changedBy: personOf(caller), changedAt: this.clock.now(), publication: null },
    };
    await this.drafts.create(draft);
    return this.reading.view(draft);
  }

  async change(caller: Caller, id: string, wanted: z.output<typeof SaveLabDraft>): Promise<LabDraft> {
    const { name, changes, version, rebase } = wanted;
    const draft = await this.reading.require(id);
    requireDraft(draft);
    await this.check(changes);
    const now = await this.inForce.of(changes);
    const $set = {
      ...{ name, changes, base: rebase ? now : kept(draft.base, now) },
      ...{ changedBy: personOf(caller), changedAt: this.clock.now() },
    };
    const changed = await this.drafts
      .findOneAndUpdate(
        { _id: id, version, state: 'draft' },
        { $set, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<StoredDraft>();
    if (changed !== null) return this.reading.view(changed);
    const { changedBy } = await this.reading.require(id);
    throw new HubError('changed', `${changedBy.name} has changed this draft meanwhile: load it again`);
  }

  async remove(id: string): Promise<void> {
    requireDraft(await this.reading.require(id));
    const { deletedCount } = await this.drafts.deleteOne({ _id: id, state: 'draft' });
    if (deletedCount === 0) requireDraft(await this.reading.require(id));
    await this.replays.forget(id);
  }

  private async check({ queues, agents, staff }: LabChanges): Promise<void> {
    requireOnce(queues.map(({ queueId }) => queueId));
    requireOnce(agents.map(({ agentId }) => agentId));
    const known = await this.queues.names();
    const queueIds = [
      ...queues.map(({ queueId }, at) => ({ path: `changes.queues.${at}`, ids: [queueId] })),
      ...agents.map((agent, at) => ({ path: `changes.agents.${at}.queueIds`, ids: agent.queueIds })),
      ...staff.map((each, at) => ({ path: `changes.staff.${at}`, ids: each.does === 'add' ? each.queueIds : [] })),
    ];
    const missing = queueIds.filter(({ ids }) => ids.some((id) => !known.has(id)));
    refuse(missing.map(({ path }) => ({ path, message: 'One of its queues is not there any more' })));
    for (const { routing } of queues) await this.rules.checkRouting(routing);
    const agentIds = [
      ...agents.map(({ agentId }, at) => ({ path: `changes.agents.${at}`, id: agentId })),
      ...staff.flatMap((each, at) =>
        each.does === 'remove' ? [{ path: `changes.staff.${at}`, id: each.agentId }] : [],
      ),
    ];
    const there = new Set((await this.inForce.agentsOf(agentIds.map(({ id }) => id))).map(({ _id }) => _id));
    const gone = agentIds.filter(({ id }) => !there.has(id));
    refuse(gone.map(({ path }) => ({ path, message: 'There is no such agent' })));
  }
}

export const personOf = ({ id, name }: Caller) => ({ id, name });

function requireDraft({ state }: StoredDraft): void {
  if (state !== 'draft')
    throw new HubError('conflict', 'This draft is in force: roll it back first, or begin another one');
}

function requireOnce(ids: readonly string[]): void {
  if (new Set(ids).size !== ids.length) throw new HubError('invalid', 'The same queue or agent is changed twice');
}

function refuse(fields: readonly FieldProblem[]): void {
  if (fields.length > 0) throw new HubError('invalid', fields.map(({ message }) => message).join('; '), { fields });
}

/** What was begun before stays as it was then. */
function kept(before: Snapshot, now: Snapshot): Snapshot {
  return {
    queues: now.queues.map((each) => before.queues.find(({ queueId }) => queueId === each.queueId) ?? each),
    agents: now.agents.map((each) => before.agents.find(({ agentId }) => agentId === each.agentId) ?? each),
    capacity: now.capacity === null ? null : (before.capacity ?? now.capacity),
  };
}
