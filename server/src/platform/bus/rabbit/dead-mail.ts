import { setTimeout as delay } from 'node:timers/promises';
import { ConsumerStatus, type AsyncMessage, type Connection, type Consumer, type Publisher } from 'rabbitmq-client';
import { z } from 'zod';
import type { Log } from '../../log/log.ts';
import type { DeadLetters, NewDeadLetter } from '../dead-letters.ts';
import { messageIdOf } from '../message-codec.ts';
import type { Names } from './topology.ts';
import { bodyOf, envelope, stampOf } from './wire.ts';

const givenUp = z.object({ subscription: z.string(), reason: z.string() });
const death = z.object({ queue: z.string(), reason: z.string() });

const LONGEST_PAUSE_MS = 30_000;

/**
 * The way of dead letters into the database. While that is out of reach they wait in a queue of the broker, where it also
 * puts the messages that it gave up by itself (delivery limit).
 */
export class DeadMail {
  readonly #closing = new AbortController();
  #consumer: Consumer | undefined;

  constructor(
    private readonly letters: DeadLetters,
    private readonly publisher: Publisher,
    private readonly names: Names,
    private readonly log: Log,
  ) {}

  open(connection: Connection): void {
    this.#consumer = connection.createConsumer(
      {
        queue: this.names.dead,
        queueOptions: { passive: true },
        qos: { prefetchCount: 10 },
        concurrency: 1,
        requeue: true,
      },
      (message) => this.#store(message),
    );
    this.#consumer.on('error', (error: unknown) => this.log.warn('The dead letter queue failed', { error }));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#consumer?.close();
  }

  /** Resolves when the letter can't be lost any more. */
  async bury(letter: NewDeadLetter): Promise<void> {
    try {
      await this.letters.store(letter);
    } catch (error) {
      this.log.warn('A dead letter waits in its queue: the database failed', { error });
      const { subscription, reason, attempts, body } = letter;
      const sealed = envelope(this.names.dead, '', { attempt: attempts, publishedAt: new Date() });
      await this.publisher.send({ ...sealed, headers: { ...sealed.headers, subscription, reason } }, Buffer.from(body));
    }
  }

  async #store(message: AsyncMessage): Promise<ConsumerStatus> {
    const body = bodyOf(message);
    const messageId = messageIdOf(body, `${message.deliveryTag}-${Date.now()}`);
    const letter = { ...this.#cause(message), attempts: stampOf(message).attempt, messageId, body };
    for (let pauseMs = 1_000; !this.#closing.signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        await this.letters.store(letter);
        return ConsumerStatus.ACK;
      } catch (error) {
        this.log.warn('A dead letter could not be stored', { messageId, error });
        await delay(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    }
    return ConsumerStatus.REQUEUE;
  }

  #cause({ headers }: AsyncMessage): { subscription: string; reason: string } {
    const ours = givenUp.safeParse(headers);
    if (ours.success) return ours.data;
    const [last] = z.array(death).catch([]).parse(headers?.['x-death']);
    if (!last) return { subscription: '', reason: 'found in the dead letter queue' };
    const reason = last.reason === 'delivery_limit' ? 'it was delivered too often without an answer' : last.reason;
    return { subscription: this.names.ownerOf(last.queue), reason };
  }
}
