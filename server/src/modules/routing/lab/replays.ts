import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { LabReplay } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import type { StoredDraft } from './draft.schema.ts';
import type { StoredReplay } from './replay.schema.ts';

/** Its process says so much more often. */
const SILENT_MS = 30_000;

/** The replays as they are stored, one for each draft. Every change is conditional on the run that it is about. */
@Injectable()
export class Replays {
  constructor(
    @Inject('labreplays') private readonly replays: Model<StoredReplay>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async find(draft: Pick<StoredDraft, '_id' | 'changes'>): Promise<LabReplay | null> {
    const replay = await this.replays.findById(draft._id).lean<StoredReplay>();
    return replay === null ? null : this.view(replay, draft);
  }

  async put(replay: StoredReplay): Promise<void> {
    await this.replays.replaceOne({ _id: replay._id }, replay, { upsert: true });
  }

  /** False: it is to stop, or another one has taken its place. */
  async goesOn({ _id, runId }: StoredReplay, progress: number): Promise<boolean> {
    const { matchedCount } = await this.replays.updateOne(
      { _id, runId, stop: false },
      { $set: { progress, beatAt: this.clock.now() } },
    );
    return matchedCount === 1;
  }

  async end({ _id, runId }: StoredReplay, how: Pick<StoredReplay, 'state'> & Partial<StoredReplay>): Promise<void> {
    await this.replays.updateOne({ _id, runId }, { $set: how });
  }

  /** Whichever process plays it sees it within a second. */
  async stop(draftId: string): Promise<void> {
    await this.replays.updateOne({ _id: draftId, state: 'running' }, { $set: { stop: true } });
  }

  async forget(draftId: string): Promise<void> {
    await this.replays.deleteOne({ _id: draftId });
  }

  /** Whoever wants to play it again waits for that. */
  async requireEnded(draft: StoredDraft): Promise<void> {
    if ((await this.find(draft))?.state === 'running')
      throw new HubError('conflict', 'This draft is being played just now: wait for it, or stop it');
  }

  view(replay: StoredReplay, { changes }: Pick<StoredDraft, 'changes'>): LabReplay {
    const { state, from, startedAt, startedBy, progress, problem, result, beatAt } = replay;
    const lost = state === 'running' && this.clock.now().getTime() - beatAt.getTime() > SILENT_MS;
    return {
      ...{ state: lost ? 'lost' : state, from: from.toISOString(), startedAt: startedAt.toISOString() },
      ...{ startedBy, progress, problem, result },
      outdated: replay.changes !== markOf(changes),
    };
  }
}

/** Another one for other changes. */
export const markOf = (changes: StoredDraft['changes']): string =>
  createHash('sha256').update(JSON.stringify(changes)).digest('base64');
