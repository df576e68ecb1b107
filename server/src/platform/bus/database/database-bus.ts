import type { Connection } from 'mongoose';
import { repeat } from '../../clock/repeat.ts';
import { within } from '../../clock/within.ts';
import type { Log } from '../../log/log.ts';
import type { Bus, BusMessage, DeadLetter, DeadLetterPage, Subscription } from '../bus.ts';
import { DeadLetters } from '../dead-letters.ts';
import { encodeMessage } from '../message-codec.ts';
import { SubscriptionRegistry } from '../subscription-registry.ts';
import { Broadcasts } from './broadcasts.ts';
import { Deliveries } from './deliveries.ts';
import { Lane, PAGE } from './lane.ts';
import { Outbox } from './outbox.ts';
import { Retries } from './retries.ts';
import { laneName, lanesOf, openModels, type BusModels, type StoredMessage } from './schemas.ts';
import { Workforce } from './workforce.ts';

/*
 * Why like this: a message is one document per subscription, acknowledging deletes it, so what was in work when the
 * process died is simply still there. Writes are gathered (one insert, one delete under way), and what this process
 * stores it hands to its own lanes in memory: a message costs a share of two round trips and waits for no poll.
 * Lanes hold a page of their backlog at most. The polls are for the other processes and for what memory forgot.
 */
export interface DatabaseBusOptions {
  /** How long a process that fell silent keeps its lanes. */
  readonly leaseMs?: number;
  /** How often to look for what other processes did. */
  readonly pollMs?: number;
}

export async function openDatabaseBus(
  connection: Connection,
  log: Log,
  options: DatabaseBusOptions = {},
): Promise<Bus> {
  const letters = new DeadLetters(connection);
  await letters.ready();
  const bus = new DatabaseBus(await openModels(connection), new SubscriptionRegistry(connection), letters, log, {
    leaseMs: 3_000,
    pollMs: 250,
    ...options,
  });
  await bus.open();
  return bus;
}

/** What memory forgot (a process that died between storing and telling) is found after this time. */
const NET_MS = 30_000;
const HEALTH_MS = 2_000;

class DatabaseBus implements Bus {
  readonly #lanes = new Map<string, Lane>();
  readonly #workforce: Workforce;
  readonly #broadcasts: Broadcasts;
  readonly #retries: Retries;
  readonly #outbox: Outbox;
  readonly #deliveries: Deliveries;
  #stops: (() => Promise<void>)[] = [];
  #closed = false;

  constructor(
    private readonly models: BusModels,
    private readonly registry: SubscriptionRegistry,
    private readonly letters: DeadLetters,
    private readonly log: Log,
    private readonly options: Required<DatabaseBusOptions>,
  ) {
    const claims = {
      taken: (lane: string, orphaned: boolean) => this.#openLane(lane, orphaned),
      dropped: (lane: string) => this.#closeLane(lane),
      lost: (lanes: readonly string[]) => this.#outbox.announce(lanes),
      failed: (error: unknown) => log.warn('Bus lanes could not be shared out', { error }),
    };
    this.#workforce = new Workforce(models, claims, options.leaseMs);
    this.#broadcasts = new Broadcasts(models, this.#workforce.me);
    this.#outbox = new Outbox(models, registry, (lane) => this.#lanes.get(lane), log);
    this.#retries = new Retries(models, (lanes) => this.#outbox.announce(lanes), log);
    this.#deliveries = new Deliveries(models, letters, this.#retries, log);
  }

  async open(): Promise<void> {
    await this.#outbox.reload();
    const failed = (error: unknown) => this.log.warn('The bus could not look into the database', { error });
    this.#stops = [
      repeat(this.options.pollMs, () => this.#look(), failed),
      repeat(this.options.leaseMs / 3, () => this.#beat(), failed),
      repeat(NET_MS, async () => this.#lanes.forEach((lane) => lane.look()), failed),
    ];
  }

  async publish(...messages: BusMessage[]): Promise<void> {
    if (this.#closed) throw new Error('the bus is closed');
    await this.#outbox.add(
      messages.flatMap((message) => this.#outbox.copies(message.topic, message.key, encodeMessage(message))),
    );
  }

  async declare(subscription: Omit<Subscription, 'handle'>): Promise<void> {
    await this.registry.add(subscription);
    await this.#outbox.reload();
  }

  async subscribe(subscription: Subscription): Promise<void> {
    const { name } = subscription;
    this.#deliveries.to(subscription);
    await this.registry.put(subscription);
    await this.#outbox.reload();
    const lanes = this.#outbox.known.find(({ _id }) => _id === name)?.lanes ?? subscription.shards;
    await this.#workforce.join(
      name,
      Array.from({ length: lanes }, (_, lane) => laneName(name, lane)),
    );
  }

  async broadcast(channel: string, payload: unknown): Promise<void> {
    await this.#broadcasts.send(channel, payload);
  }

  async listen(channel: string, handle: (payload: unknown) => void): Promise<void> {
    this.#broadcasts.listen(channel, handle);
  }

  deadLetters(page: DeadLetterPage): Promise<DeadLetter[]> {
    return this.letters.page(page);
  }

  deadLetter(id: string): Promise<DeadLetter | null> {
    return this.letters.get(id);
  }

  async replay(id: string, mended?: { payload: unknown }): Promise<boolean> {
    const letter = await this.letters.get(id);
    if (!letter) return false;
    const { subscription } = letter;
    const message = { ...letter.message, ...mended };
    await this.#outbox.add([this.#outbox.copyFor(subscription, message.key, encodeMessage(message))]);
    await this.letters.replayed(letter);
    return true;
  }

  discard(id: string): Promise<boolean> {
    return this.letters.discard(id);
  }

  countDeadLetters(most: number): Promise<number> {
    return this.letters.count(most);
  }

  onDeadLetter(told: () => void): void {
    this.letters.onStored(told);
  }

  async depth(): Promise<Record<string, number>> {
    const names = this.#outbox.known.map(({ _id }) => _id);
    const counts = names.map((name) => this.models.messages.countDocuments({ lane: lanesOf(name) }));
    return Object.fromEntries((await Promise.all(counts)).map((count, index) => [names[index], count]));
  }

  async healthy(): Promise<{ ok: boolean; detail: string }> {
    try {
      const known = await within(HEALTH_MS, this.registry.all());
      return { ok: true, detail: `in the database, ${known.length} subscriptions` };
    } catch (error) {
      return { ok: false, detail: `the database does not answer: ${(error as Error).message}` };
    }
  }

  async close(others?: Promise<void>): Promise<void> {
    const drained = [...this.#lanes.values()].map((lane) => lane.close());
    await Promise.all(this.#stops.splice(0).map((stop) => stop()));
    this.#retries.close();
    await Promise.all(drained);
    await this.#workforce.leave();
    await others;
    this.#closed = true; // not before: what is in work may publish
    await this.#outbox.idle();
    await this.#deliveries.idle();
  }

  async #look(): Promise<void> {
    await this.#outbox.reload();
    await this.#broadcasts.look();
  }

  async #beat(): Promise<void> {
    await this.#workforce.beat();
    for (const lane of this.#lanes.values()) lane.wake(); // those that stopped because this process was late
    if (this.#lanes.size > 0) await this.#retries.look();
  }

  #openLane(name: string, orphaned: boolean): void {
    if (orphaned) this.#deliveries.suspectFirst(name);
    const lane = new Lane(name, {
      read: (from) => this.#read(from),
      handle: (message) => this.#deliveries.handle(message),
      settled: (of) => this.#deliveries.settled(of),
      mayWork: () => this.#workforce.alive(),
      pauseMs: 1_000,
      log: this.log,
    });
    this.#lanes.set(name, lane);
    lane.wake();
  }

  async #closeLane(name: string): Promise<void> {
    await this.#lanes.get(name)?.close();
    await this.#deliveries.settled(name);
    this.#lanes.delete(name);
  }

  #read(lane: string): Promise<StoredMessage[]> {
    return this.models.messages.find({ lane, due: null }).sort({ _id: 1 }).limit(PAGE).lean();
  }
}
