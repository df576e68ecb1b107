import { Inject, Injectable } from '@nestjs/common';
import type { Capacity, LabAgentChange, LabConflict, LabDraft, QueueRouting } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { CLOCK, PRESENCE } from '../../../platform/tokens.ts';
import { UpdateAgent, WriteQueue } from '../../agents/index.ts';
import { Audit } from '../../audit/index.ts';
import { UpdateOrganisation } from '../../organisation/index.ts';
import { Drafts } from './drafts.ts';
import type { Snapshot, StoredDraft } from './draft.schema.ts';
import { InForce, isSame, partIn, partsOf, type Part } from './in-force.ts';
import { personOf } from './write-draft.ts';

type Publication = NonNullable<StoredDraft['publication']>;
const WAIT_MS = 10_000;

/**
 * Puts a draft in force, and puts back what was before: through the use cases by which people change the same things, one after
 * the other. What is to be written is kept first, so that who is killed in between is finished when it is asked for again.
 */
@Injectable()
export class PublishDraft {
  constructor(
    @Inject('labdrafts') private readonly drafts: Model<StoredDraft>,
    @Inject(Drafts) private readonly reading: Drafts,
    @Inject(InForce) private readonly inForce: InForce,
    @Inject(WriteQueue) private readonly queues: WriteQueue,
    @Inject(UpdateAgent) private readonly agents: UpdateAgent,
    @Inject(UpdateOrganisation) private readonly organisation: UpdateOrganisation,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  publish(caller: Caller, id: string): Promise<LabDraft> {
    return this.alone(id, async (draft) => {
      if (draft.state === 'published') return draft;
      if (draft.state === 'rolling-back')
        throw new HubError('conflict', 'It is being rolled back: finish that first, by rolling back once more');
      const publication = draft.publication ?? (await this.prepare(caller, draft));
      const { before, wanted } = publication;
      await this.require(before, wanted, 'since this draft was made from it');
      const begun = await this.move(draft, 'publishing', { publication });
      await this.write(caller, wanted);
      await this.note(caller, 'routing.published', draft, publication);
      return this.move(begun, 'published');
    });
  }

  rollBack(caller: Caller, id: string): Promise<LabDraft> {
    return this.alone(id, async (draft) => {
      const { publication, state } = draft;
      if (publication === null || state === 'draft')
        throw new HubError('conflict', 'This draft is not in force: there is nothing to put back');
      const { before, wanted } = publication;
      await this.require(wanted, before, 'since this draft was published');
      const begun = await this.move(draft, 'rolling-back');
      await this.write(caller, before);
      await this.note(caller, 'routing.rolled-back', draft, publication);
      // In force is what it was made from: it can be changed and published again.
      return this.move(begun, 'draft', { publication: null, base: before });
    });
  }

  private alone(id: string, work: (draft: StoredDraft) => Promise<StoredDraft>): Promise<LabDraft> {
    return this.presence.exclusive('routing-lab', WAIT_MS, async () =>
      this.reading.view(await work(await this.reading.require(id))),
    );
  }

  private async prepare(caller: Caller, { changes, base }: StoredDraft): Promise<Publication> {
    const { queues, agents, capacity } = changes;
    const wanted = { queues, agents, capacity };
    if (partsOf(wanted).length === 0)
      throw new HubError(
        'conflict',
        changes.staff.length > 0
          ? 'Only staff is changed in this draft: there is no rota to put that in force'
          : 'Nothing is changed in this draft',
      );
    return { before: base, wanted, by: personOf(caller), at: this.clock.now() };
  }

  private async require(from: Snapshot, to: Snapshot, since: string): Promise<void> {
    const conflicts = await this.inForce.neither(from, to);
    if (conflicts.length > 0)
      throw new HubError('conflict', `Somebody has changed ${listOf(conflicts)} ${since}`, { current: conflicts });
  }

  /** What is so already is not written again. */
  private async write(caller: Caller, wanted: Snapshot): Promise<void> {
    const now = partsOf(await this.inForce.of(wanted));
    for (const part of partsOf(wanted)) if (!isSame(partIn(now, part), part)) await this.writePart(caller, part);
  }

  private async writePart(caller: Caller, { what, id, value }: Part): Promise<void> {
    if (what === 'queue') await this.queues.change(caller, id, { routing: value as QueueRouting });
    else if (what === 'capacity') await this.organisation.run(caller, { capacity: value as Capacity });
    else {
      const { skills, queueIds, capacity } = value as LabAgentChange;
      await this.agents.run(caller, id, { skills, queueIds, capacity });
    }
  }

  private async move(
    { _id, version }: StoredDraft,
    state: StoredDraft['state'],
    more: Partial<StoredDraft> = {},
  ): Promise<StoredDraft> {
    const moved = await this.drafts
      .findOneAndUpdate(
        { _id, version },
        { $set: { state, ...more }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<StoredDraft>();
    if (moved === null) throw new HubError('changed', 'Somebody has changed this draft meanwhile: load it again');
    return moved;
  }

  private async note(caller: Caller, action: string, { _id, name }: StoredDraft, { wanted }: Publication) {
    const changed = partsOf(wanted).map(({ what, id }) => `${what} ${id}`);
    await this.audit.record({ caller, action, subject: _id, detail: { name, changed } });
  }
}

const listOf = (conflicts: readonly LabConflict[]): string =>
  conflicts
    .slice(0, 5)
    .map(({ what, name }) => (what === 'capacity' ? 'the capacity' : name))
    .join(', ') + (conflicts.length > 5 ? ` and ${conflicts.length - 5} more` : '');
