import { hostname } from 'node:os';
import { v7 as newId } from 'uuid';
import { isDuplicate } from '../../database/collection.ts';
import { preferredWorker } from '../lanes.ts';
import type { BusModels, WorkerDocument } from './schemas.ts';

export interface Claims {
  /** A lane that is this process's own from now on; `orphaned`: the process that had it died. */
  taken(lane: string, orphaned: boolean): void;
  /** Stops the work on a lane; resolves when none is under way. */
  dropped(lane: string): Promise<void>;
  /** Dropped lanes that another process had taken already, because this one was late: tell it of what was stored since. */
  lost(lanes: readonly string[]): Promise<void>;
  /** Lanes could not be taken or given; it is tried again. */
  failed(error: unknown): void;
}

/**
 * Spreads the lanes over the processes that are alive. A worker is alive while it moves its `until` on; a lane belongs to
 * the worker that its document names for as long as that one lives, so a heartbeat renews all lanes in one write.
 */
export class Workforce {
  readonly me = newId();
  readonly #held = new Set<string>();
  /** Lanes by the subscriptions that this process works on. */
  readonly #lanes = new Map<string, readonly string[]>();
  #aliveUntil = 0;
  #seen = '';
  #turn: Promise<void> = Promise.resolve();
  #settling: Promise<void> | null = null;

  constructor(
    private readonly models: BusModels,
    private readonly claims: Claims,
    private readonly leaseMs: number,
  ) {}

  /** Until then no other process takes this one for dead. */
  alive(): boolean {
    return Date.now() < this.#aliveUntil;
  }

  owns(lane: string): boolean {
    return this.#held.has(lane);
  }

  async join(subscription: string, lanes: readonly string[]): Promise<void> {
    this.#lanes.set(subscription, lanes);
    await this.#settling;
    await this.beat();
    await this.#settling;
  }

  /** Says that this process is alive, and looks whether the workforce has changed. One at a time. */
  beat(): Promise<void> {
    const turn = this.#turn.then(() => this.#beat());
    this.#turn = turn.catch(() => undefined); // the caller of this beat hears of it, the next one starts afresh
    return turn;
  }

  async leave(): Promise<void> {
    await this.#turn;
    await this.#settling;
    const lanes = [...this.#held];
    await Promise.all(lanes.map((lane) => this.claims.dropped(lane)));
    this.#held.clear();
    await this.models.lanes.deleteMany({ _id: { $in: lanes }, owner: this.me });
    await this.models.workers.deleteOne({ _id: this.me });
  }

  async #beat(): Promise<void> {
    const until = Date.now() + this.leaseMs;
    const fields = {
      host: hostname(),
      pid: process.pid,
      subscriptions: [...this.#lanes.keys()],
      until: new Date(until),
    };
    await this.models.workers.updateOne({ _id: this.me }, { $set: fields }, { upsert: true });
    const lapsed = this.#aliveUntil > 0 && !this.alive();
    this.#aliveUntil = until;
    const living = (await this.models.workers.find().lean()).filter(isAlive);
    const state = living
      .map((worker) => `${worker._id}:${worker.subscriptions.join()}`)
      .sort()
      .join(' ');
    if (!lapsed && state === this.#seen && this.#complete(living) && (await this.#owned()) === this.#held.size) return;
    this.#seen = state;
    // Not awaited: a lane is given up when its message in work is done, and until then this process must be seen alive.
    this.#settling ??= this.#settle(living)
      .catch((error: unknown) => {
        this.#seen = '';
        this.claims.failed(error);
      })
      .finally(() => (this.#settling = null));
  }

  #complete(living: readonly WorkerDocument[]): boolean {
    return this.#mine(living).every((lane) => this.#held.has(lane));
  }

  /** A process that took this one for dead, rightly or not, has changed the owners. */
  async #owned(): Promise<number> {
    return this.models.lanes.countDocuments({ owner: this.me });
  }

  #mine(living: readonly WorkerDocument[]): string[] {
    return [...this.#lanes].flatMap(([subscription, lanes]) => {
      const workers = living.filter((worker) => worker.subscriptions.includes(subscription)).map(({ _id }) => _id);
      return lanes.filter((lane) => preferredWorker(lane, workers) === this.me);
    });
  }

  async #settle(living: readonly WorkerDocument[]): Promise<void> {
    const mine = new Set(this.#mine(living));
    const all = [...this.#lanes.values()].flat();
    const owners = new Map(
      (await this.models.lanes.find({ _id: { $in: all } }).lean()).map((lane) => [lane._id, lane.owner]),
    );
    const alive = new Set(living.map((worker) => worker._id));
    const isFree = (owner: string | undefined) => owner === undefined || owner === this.me || !alive.has(owner);
    const lost = [...this.#held].filter((lane) => owners.get(lane) !== this.me);
    const surplus = all.filter((lane) => owners.get(lane) === this.me && !mine.has(lane));
    const wanted = [...mine].filter((lane) => !this.#held.has(lane) && isFree(owners.get(lane)));
    await Promise.all(wanted.map((lane) => this.#take(lane, owners.get(lane))));
    await Promise.all([...lost, ...surplus].map((lane) => this.#giveUp(lane)));
    if (lost.length > 0) await this.claims.lost(lost);
  }

  async #take(lane: string, from: string | undefined): Promise<void> {
    try {
      const expected = from === undefined ? { _id: lane, owner: this.me } : { _id: lane, owner: from };
      const { matchedCount, upsertedCount } = await this.models.lanes.updateOne(
        expected,
        { $set: { owner: this.me } },
        { upsert: from === undefined },
      );
      if (matchedCount + upsertedCount === 0 || this.#held.has(lane)) return;
      this.#held.add(lane);
      this.claims.taken(lane, from !== undefined && from !== this.me);
    } catch (error) {
      if (!isDuplicate(error)) throw error; // another worker was quicker
    }
  }

  async #giveUp(lane: string): Promise<void> {
    await this.claims.dropped(lane);
    this.#held.delete(lane);
    await this.models.lanes.deleteOne({ _id: lane, owner: this.me });
  }
}

function isAlive(worker: WorkerDocument): boolean {
  return worker.until.getTime() > Date.now() && !isGone(worker);
}

/** A process of this very machine that was killed is known to be dead before its time has run out. */
function isGone({ host, pid }: WorkerDocument): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
