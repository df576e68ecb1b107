/**
 * The message bus. At least once: a handler may see a message again and must make it one effect.
 * Two adapters, one contract suite: in-process and durable in the database, or RabbitMQ.
 */
export interface BusMessage {
  /** Dotted, such as `inbound.sms.message.received`; subscriptions bind patterns to it. */
  readonly topic: string;
  /** Messages of one key are handled one after the other, in the order of publishing. */
  readonly key: string;
  readonly id: string;
  /** JSON. Validated by the handler. */
  readonly payload: unknown;
  readonly traceparent?: string;
}

export interface Delivery extends BusMessage {
  /** 1 at first, then one more for each retry. */
  readonly attempt: number;
  readonly publishedAt: Date;
}

export interface Subscription {
  /** Names the durable queue; all processes that subscribe under one name share the work. */
  readonly name: string;
  /** AMQP topic patterns: `*` is one word, `#` any number. */
  readonly topics: readonly string[];
  /** Into how many ordered lanes the keys are spread. */
  readonly shards: number;
  /** Waits before each retry; after the last one the message is a dead letter. A retried message may be overtaken by later ones. */
  readonly retryDelaysMs: readonly number[];
  /** Resolve: done. Throw: try again later. Throw a PoisonError: dead letter at once. */
  handle(delivery: Delivery): Promise<void>;
}

/** The message itself is bad, another try can't help. */
export class PoisonError extends Error {
  override name = 'PoisonError';
}

export interface DeadLetter {
  readonly id: string;
  readonly subscription: string;
  readonly message: BusMessage;
  readonly reason: string;
  readonly attempts: number;
  readonly at: Date;
  /** Tells a message that was given up anew from the one that was looked at. */
  readonly revision: number;
}

export interface DeadLetterPage {
  readonly before?: string | undefined;
  readonly limit: number;
  /** Those whose key begins so. */
  readonly key?: string | undefined;
  /** Those whose reason holds these words, in whatever case. */
  readonly reason?: string | undefined;
}

export interface Bus {
  /** Resolves when every message is durable (RabbitMQ: confirmed). Rejects otherwise; the caller then fails its own caller. */
  publish(...messages: BusMessage[]): Promise<void>;
  /**
   * From here on what is published waits for the subscription, though nobody may consume yet. Takes away nothing that another release
   * has declared under the name.
   */
  declare(subscription: Omit<Subscription, 'handle'>): Promise<void>;
  /** Declares the queue and starts to consume. */
  subscribe(subscription: Subscription): Promise<void>;
  /** Not durable: every process gets each message that is published while it listens. */
  broadcast(channel: string, payload: unknown): Promise<void>;
  listen(channel: string, handle: (payload: unknown) => void): Promise<void>;
  /** Newest first, keyset by id. */
  deadLetters(page: DeadLetterPage): Promise<DeadLetter[]>;
  deadLetter(id: string): Promise<DeadLetter | null>;
  /** Counted no further than to `most`. */
  countDeadLetters(most: number): Promise<number>;
  /** Back to the subscription that gave it up, with another payload where that was mended. False: it is gone already. */
  replay(id: string, mended?: { payload: unknown }): Promise<boolean>;
  discard(id: string): Promise<boolean>;
  /** Told in the process that gave a message up. */
  onDeadLetter(told: () => void): void;
  /** Messages that wait or are in work, by subscription. */
  depth(): Promise<Record<string, number>>;
  healthy(): Promise<{ ok: boolean; detail: string }>;
  /** Takes no more, finishes what is in work, then closes. What is in work elsewhere may publish until `others` have ended. */
  close(others?: Promise<void>): Promise<void>;
}
