import { v7 as orderedId } from 'uuid';
import { WriteBatches } from '../../database/write-batches.ts';
import type { BroadcastDocument, BusModels } from './schemas.ts';

type Listener = (payload: unknown) => void;

/** Ids of several processes are in order only as far as their clocks agree. */
const OVERLAP_MS = 2_000;

/** Listeners in this process hear at once; those in others when they next look into the collection. */
export class Broadcasts {
  readonly #listeners = new Map<string, Listener[]>();
  readonly #heard = new Map<string, number>();
  readonly #writes: WriteBatches<BroadcastDocument>;
  readonly #started = Date.now();
  #since = this.#started;

  constructor(
    private readonly models: BusModels,
    private readonly me: string,
  ) {
    this.#writes = new WriteBatches(
      async (items) => void (await models.broadcasts.insertMany(items, { lean: true })),
      500,
    );
  }

  listen(channel: string, listener: Listener): void {
    const listeners = this.#listeners.get(channel) ?? [];
    this.#listeners.set(channel, [...listeners, listener]);
  }

  async send(channel: string, payload: unknown): Promise<void> {
    const body = JSON.stringify(payload ?? null);
    this.#tell(channel, body);
    await this.#writes.add([{ _id: orderedId(), from: this.me, channel, body, at: new Date() }]);
  }

  /** Hears what other processes have sent since the last look. */
  async look(): Promise<void> {
    if (this.#listeners.size === 0) return;
    const now = Date.now();
    const found = await this.models.broadcasts
      .find({ at: { $gte: new Date(this.#since - OVERLAP_MS) }, from: { $ne: this.me } })
      .sort({ at: 1 })
      .lean();
    for (const { _id, channel, body, at } of found) {
      if (this.#heard.has(_id) || at.getTime() < this.#started) continue;
      this.#heard.set(_id, now);
      this.#tell(channel, body);
    }
    this.#since = now;
    for (const [id, heardAt] of this.#heard) if (heardAt < now - 2 * OVERLAP_MS) this.#heard.delete(id);
  }

  #tell(channel: string, body: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener(JSON.parse(body));
  }
}
