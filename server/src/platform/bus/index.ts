import type { Connection } from 'mongoose';
import type { Log } from '../log/log.ts';
import type { Bus } from './bus.ts';
import { openDatabaseBus } from './database/database-bus.ts';
import { openRabbitBus } from './rabbit/rabbit-bus.ts';

export { BusConsumer } from './bus-consumer.ts';
export {
  PoisonError,
  type Bus,
  type BusMessage,
  type DeadLetter,
  type DeadLetterPage,
  type Delivery,
  type Subscription,
} from './bus.ts';
export { matchesTopic } from './topic-pattern.ts';

export interface BusSettings {
  /** Unset: in the process, durable in the database. */
  readonly amqpUrl?: string | undefined;
  /** Prefix of exchange and queue names; the database adapter has its database to itself. */
  readonly namespace: string;
}

export async function openBus({ amqpUrl, namespace }: BusSettings, connection: Connection, log: Log): Promise<Bus> {
  if (amqpUrl !== undefined) return openRabbitBus({ url: amqpUrl, namespace }, connection, log);
  return openDatabaseBus(connection, log);
}
