import type { AsyncMessage, Channel, Connection } from 'rabbitmq-client';
import type { Log } from '../../log/log.ts';

/** Few, because the death of a process counts as one delivery of each message that it had fetched. */
const PREFETCH = 10;

export interface ShardConsumerOptions {
  /** Resolves: acknowledged. Rejects: given back, and tried again after a pause. */
  handle(message: AsyncMessage): Promise<void>;
  /** Consumes again after a loss, at the end of the broker's line. */
  reopened(): void;
  readonly log: Log;
  readonly pauseMs: number;
}

/**
 * The messages of one queue, one after the other. On a channel of its own and without the library's Consumer, because
 * that one says `basic.cancel` first: the broker would then give later messages to the next process while this one still
 * works on earlier ones. Closing the whole channel gives unfinished ones back in their order before the next takes over.
 */
export class ShardConsumer {
  #channel: Channel | null = null;
  #closed = false;
  #unfinished = 0;
  #work: Promise<void> = Promise.resolve();
  /** Opening and releasing, one after the other. */
  #steps: Promise<void> = Promise.resolve();
  #reopening: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    readonly queue: string,
    private readonly options: ShardConsumerOptions,
  ) {}

  /** Messages that this process has fetched and not yet answered. */
  get unfinished(): number {
    return this.#unfinished;
  }

  open(): Promise<void> {
    return this.#step(() => this.#connect());
  }

  /** Lets another process come first; stays in the broker's line behind it. */
  yieldTurn(): Promise<void> {
    return this.#step(async () => {
      await this.#release();
      await this.#connect();
    });
  }

  /** Takes no more; resolves when what is in work is done and acknowledged. */
  close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#reopening);
    return this.#step(() => this.#release());
  }

  #step(work: () => Promise<void>): Promise<void> {
    const step = this.#steps.then(work);
    this.#steps = step.catch(() => undefined); // the caller of this step hears of it, the next one starts afresh
    return step;
  }

  async #connect(): Promise<void> {
    if (this.#closed || this.#channel) return;
    try {
      const channel = await this.connection.acquire({ emitErrorsFromChannel: true });
      this.#channel = channel;
      channel.on('error', (error: unknown) => this.#warn('A bus channel failed', error));
      channel.on('basic.cancel', () => void channel.close()); // the queue is gone or moves to another node
      channel.once('close', () => this.#lost(channel));
      await channel.basicQos({ prefetchCount: PREFETCH });
      await channel.basicConsume({ queue: this.queue }, (message) => this.#take(channel, message));
    } catch (error) {
      await this.#channel?.close();
      this.#reopenLater();
      throw error;
    }
  }

  async #release(): Promise<void> {
    const channel = this.#channel;
    this.#channel = null;
    await this.#work;
    await channel?.close();
    this.#unfinished = 0;
  }

  #take(channel: Channel, message: AsyncMessage): void {
    this.#unfinished++;
    this.#work = this.#work.then(() => this.#process(channel, message));
  }

  async #process(channel: Channel, message: AsyncMessage): Promise<void> {
    // Released or lost: the broker delivers it again, here or elsewhere.
    if (this.#channel !== channel || this.#closed) return;
    try {
      await this.options.handle(message);
      // Also when the channel is being released: that waits for this.
      if (channel.active) channel.basicAck({ deliveryTag: message.deliveryTag });
      this.#unfinished = Math.max(this.#unfinished - 1, 0);
    } catch (error) {
      this.#warn('A bus message could not be dealt with and goes back', error);
      await channel.close(); // gives back those behind it as well, in their order
    }
  }

  #lost(channel: Channel): void {
    if (this.#channel !== channel) return;
    this.#channel = null;
    this.#unfinished = 0;
    this.#reopenLater();
  }

  #reopenLater(): void {
    if (this.#closed) return;
    clearTimeout(this.#reopening);
    this.#reopening = setTimeout(() => {
      this.open().then(
        () => this.options.reopened(),
        (error: unknown) => this.#warn('A bus queue could not be consumed', error),
      );
    }, this.options.pauseMs);
  }

  #warn(sentence: string, error: unknown): void {
    this.options.log.warn(sentence, { queue: this.queue, error });
  }
}
