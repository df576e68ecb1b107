import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { LabReplay, LabResult } from '@switchboard/contract';
import { DateTime } from 'luxon';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, LOG, NEW_ID } from '../../../platform/tokens.ts';
import { Organisations } from '../../organisation/index.ts';
import { Drafts } from './drafts.ts';
import { PlayWeek } from './play-week.ts';
import type { StoredDraft } from './draft.schema.ts';
import type { StoredReplay } from './replay.schema.ts';
import { markOf, Replays } from './replays.ts';
import { personOf } from './write-draft.ts';

const BEAT_MS = 1_000;
class Stopped extends Error {}

/** Plays a week by a draft, beside whatever the process does: one at a time, for each takes a core. */
@Injectable()
export class ReplayDraft implements BeforeApplicationShutdown {
  private running: { readonly name: string; readonly stop: AbortController; readonly done: Promise<void> } | null =
    null;

  constructor(
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(Replays) private readonly replays: Replays,
    @Inject(PlayWeek) private readonly play: PlayWeek,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Answers as soon as it has begun. */
  async start(caller: Caller, id: string, date: string): Promise<LabReplay> {
    const draft = await this.drafts.require(id);
    const from = await this.weekFrom(date);
    await this.replays.requireEnded(draft);
    if (this.running !== null)
      throw new HubError('conflict', `“${this.running.name}” is being played just now: wait for it, or stop it`);
    const now = this.clock.now();
    const replay: StoredReplay = {
      ...{ _id: id, runId: this.newId(), state: 'running', from: from.toJSDate(), startedAt: now, progress: 0 },
      ...{ startedBy: personOf(caller), beatAt: now, stop: false, problem: null, result: null },
      changes: markOf(draft.changes),
    };
    const stop = new AbortController();
    const begun = this.replays.put(replay);
    const done = begun.then(() => this.run(draft, replay, from, stop)).finally(() => (this.running = null));
    this.running = { name: draft.name, stop, done };
    done.catch((error: unknown) => this.log.warn('A replay could not be kept', { error, draftId: id }));
    await begun;
    return this.replays.view(replay, draft);
  }

  async read(id: string): Promise<LabReplay> {
    const replay = await this.replays.find(await this.drafts.require(id));
    if (replay === null) throw new HubError('not-found', 'This draft has not been played yet');
    return replay;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.running?.stop.abort(new Stopped('The hub was stopped meanwhile: play it again'));
    await this.running?.done.catch(() => {});
  }

  private async weekFrom(date: string): Promise<DateTime> {
    const { timeZone } = await this.organisations.read();
    const from = DateTime.fromISO(date, { zone: timeZone });
    const now = DateTime.fromJSDate(this.clock.now(), { zone: timeZone });
    if (from.isValid && from.plus({ days: 7 }) <= now) return from;
    const message = 'The seven days from there on are not over yet: choose an earlier one';
    throw new HubError('invalid', message, { fields: [{ path: 'from', message }] });
  }

  private async run(draft: StoredDraft, replay: StoredReplay, from: DateTime, stop: AbortController): Promise<void> {
    let progress = 0;
    const beat = async () => {
      if (!(await this.replays.goesOn(replay, progress))) stop.abort(new Stopped('Stopped'));
    };
    const timer = setInterval(() => {
      beat().catch((error: unknown) => stop.abort(error));
    }, BEAT_MS);
    try {
      const result: LabResult = await this.play.run(draft.changes, from, (done) => (progress = done), stop.signal);
      await this.replays.end(replay, { state: 'done', progress: 1, result });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (!(error instanceof Stopped)) this.log.warn('A replay failed', { error, draftId: draft._id });
      await this.replays.end(replay, { state: error instanceof Stopped ? 'cancelled' : 'failed', problem });
    } finally {
      clearInterval(timer);
    }
  }
}
