import { quickDeleteAll } from '../../database/quick.ts';
import type { Log } from '../../log/log.ts';
import { traced } from '../../log/trace.ts';
import { PoisonError, type Subscription } from '../bus.ts';
import type { DeadLetters } from '../dead-letters.ts';
import { judgeFailure, reasonOf } from '../failure-policy.ts';
import { decodeMessage, messageIdOf } from '../message-codec.ts';
import { WriteBatches } from '../../database/write-batches.ts';
import type { Retries } from './retries.ts';
import { subscriptionOf, type BusModels, type StoredMessage } from './schemas.ts';

/** Only a crash meanwhile makes a difference: what was handled and not acknowledged comes again. */
const ACK_REST_MS = 20;
/** As the delivery limit of the other adapter. */
const DEATH_LIMIT = 20;

/** What becomes of a message: handled and deleted, put off, or made a dead letter. */
export class Deliveries {
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #lastAck = new Map<string, Promise<void>>();
  readonly #acks: WriteBatches<string>;

  constructor(
    private readonly models: BusModels,
    private readonly letters: DeadLetters,
    private readonly retries: Retries,
    private readonly log: Log,
  ) {
    this.#acks = new WriteBatches((ids) => quickDeleteAll(models.messages, ids), 500, ACK_REST_MS);
  }

  to(subscription: Subscription): void {
    const { name } = subscription;
    if (this.#subscriptions.has(name)) throw new Error(`this process has a subscription ${name} already`);
    this.#subscriptions.set(name, subscription);
  }

  /** Resolves when all acknowledgements of the lane are stored, or will never be: then those messages come again. */
  async settled(lane: string): Promise<void> {
    await this.#lastAck.get(lane);
  }

  async idle(): Promise<void> {
    await this.#acks.idle();
  }

  /** Rejects only if not even the failure could be stored. */
  async handle(message: StoredMessage): Promise<void> {
    const { _id, lane, attempt, publishedAt, body } = message;
    const subscription = this.#subscriptions.get(subscriptionOf(lane));
    if (!subscription) throw new Error(`no subscription for lane ${lane}`);
    try {
      const decoded = decodeMessage(body);
      await traced(decoded.traceparent, () => subscription.handle({ ...decoded, attempt, publishedAt }));
    } catch (error) {
      await this.#fail(message, subscription, error);
      return;
    }
    // Not awaited: the next message need not wait for it. A crash before it is stored means this one again.
    void this.#acknowledge(lane, _id);
  }

  /** What was in work when a process died may be what killed it, and would kill this one as well. */
  suspectFirst(lane: string): void {
    this.#lastAck.set(lane, this.#suspectFirst(lane)); // awaited before the lane is read
  }

  async #suspectFirst(lane: string): Promise<void> {
    try {
      const first = await this.models.messages
        .findOneAndUpdate({ lane, due: null }, { $inc: { deaths: 1 } }, { sort: { _id: 1 }, returnDocument: 'after' })
        .lean();
      if (!first?.deaths || first.deaths < DEATH_LIMIT) return;
      await this.#bury(first, new PoisonError(`${first.deaths} processes died while it was in work`));
    } catch (error) {
      this.log.warn('The bus could not look for what killed a process', { lane, error });
    }
  }

  async #fail(message: StoredMessage, { retryDelaysMs }: Subscription, error: unknown): Promise<void> {
    const { _id, lane, attempt, body } = message;
    const verdict = judgeFailure(error, attempt, retryDelaysMs);
    if (verdict.kind === 'dead') return this.#bury(message, error);
    const fields = { subscription: subscriptionOf(lane), messageId: messageIdOf(body, _id), attempt };
    this.log.warn('A bus message failed and waits for another try', { ...fields, delayMs: verdict.delayMs, error });
    await this.retries.wait(message, verdict.delayMs);
  }

  async #bury({ _id, lane, body, attempt }: StoredMessage, error: unknown): Promise<void> {
    const subscription = subscriptionOf(lane);
    const messageId = messageIdOf(body, _id);
    this.log.error('A bus message became a dead letter', { subscription, messageId, attempt, error });
    await this.letters.store({ subscription, messageId, body, reason: reasonOf(error), attempts: attempt });
    await this.#acknowledge(lane, _id);
  }

  #acknowledge(lane: string, id: string): Promise<void> {
    const stored = this.#acks.add([id]).catch((error: unknown) => {
      this.log.warn('Bus messages could not be acknowledged and will come again', { lane, error });
    });
    this.#lastAck.set(lane, stored);
    return stored;
  }
}
