import { z } from 'zod';
import { repeat } from '../../clock/repeat.ts';
import { preferredWorker } from '../lanes.ts';

const word = z.object({
  worker: z.string(),
  /** Grows when the worker had to line up at its queues anew. */
  epoch: z.number(),
  subscriptions: z.array(z.string()),
  leaves: z.boolean(),
});
type Word = z.infer<typeof word>;

interface Peer extends Word {
  readonly heardAt: number;
}

const HELLO_MS = 5_000;
const SILENT_MS = 15_000;

/**
 * With a single active consumer per queue, the process that came first would have all the work. The processes therefore
 * say hello to each other, each works out who should have which shard, and steps back in line where it is another one.
 */
export class Peers {
  readonly #peers = new Map<string, Peer>();
  #me: Word;
  #stop: () => Promise<void> = () => Promise.resolve();

  constructor(
    worker: string,
    private readonly say: (word: Word) => Promise<void>,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {
    this.#me = { worker, epoch: 1, subscriptions: [], leaves: false };
  }

  start(): void {
    this.#stop = repeat(HELLO_MS, () => this.#hello(), this.failed);
  }

  /** Call it when the queues of the subscription are being consumed. */
  async joined(subscription: string): Promise<void> {
    this.#me = { ...this.#me, subscriptions: [...this.#me.subscriptions, subscription] };
    await this.say(this.#me);
    this.changed();
  }

  /** This process has lost its place in the queues' lines. */
  async linedUpAnew(): Promise<void> {
    this.#me = { ...this.#me, epoch: this.#me.epoch + 1 };
    await this.say(this.#me);
  }

  async leave(): Promise<void> {
    await this.#stop();
    await this.say({ ...this.#me, leaves: true });
  }

  /** Who should work on a lane. `turn` changes with the worker and with each of its line-ups. */
  preferred(subscription: string, lane: string): { me: boolean; turn: string } {
    const peers = [this.#me, ...this.#peers.values()].filter((peer) => peer.subscriptions.includes(subscription));
    const worker =
      preferredWorker(
        lane,
        peers.map((peer) => peer.worker),
      ) ?? this.#me.worker;
    return { me: worker === this.#me.worker, turn: `${worker} ${this.#peers.get(worker)?.epoch}` };
  }

  hear(payload: unknown): void {
    const heard = word.parse(payload);
    if (heard.worker === this.#me.worker) return;
    const known = this.#peers.get(heard.worker);
    if (heard.leaves) this.#peers.delete(heard.worker);
    else this.#peers.set(heard.worker, { ...heard, heardAt: Date.now() });
    if (!known && !heard.leaves) this.say(this.#me).catch(this.failed); // so that it need not wait for my next hello
    const same = known?.epoch === heard.epoch && known.subscriptions.length === heard.subscriptions.length;
    if (!same || heard.leaves) this.changed();
  }

  async #hello(): Promise<void> {
    const silent = [...this.#peers.values()].filter(({ heardAt }) => heardAt < Date.now() - SILENT_MS);
    for (const { worker } of silent) this.#peers.delete(worker);
    if (silent.length > 0) this.changed();
    await this.say(this.#me);
  }
}
