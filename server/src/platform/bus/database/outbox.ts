import { v7 as orderedId } from 'uuid';
import { quickInsertAll } from '../../database/quick.ts';
import type { Log } from '../../log/log.ts';
import { laneOf } from '../lanes.ts';
import type { SubscriptionDocument, SubscriptionRegistry } from '../subscription-registry.ts';
import { matchesTopic } from '../topic-pattern.ts';
import { WriteBatches } from '../../database/write-batches.ts';
import type { Lane } from './lane.ts';
import { laneName, subscriptionOf, type BusModels, type StoredMessage } from './schemas.ts';

/** Stores a message once for each subscription that wants it, and tells who works on it. */
export class Outbox {
  #known: readonly SubscriptionDocument[] = [];
  readonly #writes: WriteBatches<StoredMessage>;

  constructor(
    private readonly models: BusModels,
    private readonly registry: SubscriptionRegistry,
    private readonly ownLane: (lane: string) => Lane | undefined,
    private readonly log: Log,
  ) {
    this.#writes = new WriteBatches((messages) => this.#store(messages), 500);
  }

  /** The subscriptions of all processes; asked for again by each poll. */
  get known(): readonly SubscriptionDocument[] {
    return this.#known;
  }

  async reload(): Promise<void> {
    const before = new Map(this.#known.map(({ _id, wakes }) => [_id, wakes]));
    this.#known = await this.registry.all();
    const woken = this.#known.filter(({ _id, wakes }) => before.get(_id) !== wakes);
    for (const { _id, lanes } of woken) {
      for (let lane = 0; lane < lanes; lane++) this.ownLane(laneName(_id, lane))?.look();
    }
  }

  /** Copies of a message for the subscriptions that its topic matches. */
  copies(topic: string, key: string, body: string): StoredMessage[] {
    return this.#known
      .filter(({ topics }) => topics.some((pattern) => matchesTopic(pattern, topic)))
      .map((subscription) => copyFor(subscription, key, body));
  }

  copyFor(name: string, key: string, body: string): StoredMessage {
    const subscription = this.#known.find(({ _id }) => _id === name);
    if (!subscription) throw new Error(`there is no subscription ${name}`);
    return copyFor(subscription, key, body);
  }

  async add(messages: readonly StoredMessage[]): Promise<void> {
    if (messages.length > 0) await this.#writes.add(messages);
  }

  async idle(): Promise<void> {
    await this.#writes.idle();
  }

  /** These lanes have messages that their owners may not know of. */
  async announce(lanes: readonly string[]): Promise<void> {
    for (const lane of lanes) this.ownLane(lane)?.look();
    await this.#wakeOthers(lanes);
  }

  async #store(messages: StoredMessage[]): Promise<void> {
    await quickInsertAll(this.models.messages, messages);
    for (const message of messages) this.ownLane(message.lane)?.offer(message);
    await this.#wakeOthers(messages.map(({ lane }) => lane));
  }

  async #wakeOthers(lanes: readonly string[]): Promise<void> {
    const names = new Set(lanes.filter((lane) => !this.ownLane(lane)).map(subscriptionOf));
    if (names.size === 0) return;
    try {
      await this.registry.wake([...names]);
    } catch (error) {
      // The messages are stored; the others find them when they next look through all their lanes.
      this.log.warn('Other processes could not be told of bus messages', { error });
    }
  }
}

function copyFor({ _id, shards }: SubscriptionDocument, key: string, body: string): StoredMessage {
  const lane = laneName(_id, laneOf(key, shards));
  return { _id: orderedId(), lane, body, attempt: 1, publishedAt: new Date() };
}
