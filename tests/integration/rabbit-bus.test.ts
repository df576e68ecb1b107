import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Connection as Broker } from 'rabbitmq-client';
import type { BusMessage, Delivery, Subscription } from '../../server/src/platform/bus/index.ts';
import { PoisonError } from '../../server/src/platform/bus/index.ts';
import { openRabbitBus } from '../../server/src/platform/bus/rabbit/rabbit-bus.ts';
import { namesIn } from '../../server/src/platform/bus/rabbit/topology.ts';
import { silentLog } from '../../server/src/platform/log/log.ts';
import { aRabbitBusWorld, type BusWorld } from '../support/bus-worlds.ts';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { databaseUri, describeWith, openTestDatabase, rabbitUrl } from '../support/services/index.ts';

jest.setTimeout(60_000);

const aMessage = (fields: Partial<BusMessage> = {}): BusMessage => ({
  topic: 'ticket.opened',
  key: 'ticket-1',
  id: randomUUID(),
  payload: {},
  ...fields,
});
const aSubscription = (fields: Partial<Subscription>): Subscription => ({
  name: 'tickets',
  topics: ['ticket.#'],
  shards: 2,
  retryDelaysMs: [],
  handle: async () => {},
  ...fields,
});

describeWith({ RabbitMQ: rabbitUrl() })('the bus on RabbitMQ, beyond the contract', () => {
  let world: BusWorld;
  let broker: Broker;
  beforeEach(async () => {
    world = await aRabbitBusWorld();
    broker = new Broker({ url: rabbitUrl()!, noDelay: true });
  });
  afterEach(async () => {
    await broker.close();
    await world.close();
  });

  it('makes a dead letter of what the broker gives up, because it seems to kill who takes it', async () => {
    const first = await world.join();
    await first.subscribe(aSubscription({ shards: 1 }));
    await first.close();
    const publisher = await world.join();
    const message = aMessage();
    await publisher.publish(message);
    const queue = namesIn(world.namespace).shard('tickets', 0);
    const channel = await broker.acquire();
    await channel.basicConsume({ queue }, ({ deliveryTag }) => channel.basicNack({ deliveryTag, requeue: true }));
    const [letter] = await eventually(async () => {
      const letters = await publisher.deadLetters({ limit: 10 });
      expect(letters).toHaveLength(1);
      return letters;
    });
    await channel.close();
    expect(letter).toMatchObject({ subscription: 'tickets', message });
    expect(letter!.reason).toContain('too often');
  });

  it('keeps a dead letter in the broker while the database is away', async () => {
    const proxy = new CuttableProxy(new URL(databaseUri()));
    const far = await openTestDatabase(`${await proxy.listen()}?directConnection=true`, world.connection.name, 300);
    const warnings: string[] = [];
    const log = { ...silentLog, warn: (sentence: string) => void warnings.push(sentence) };
    const bus = await openRabbitBus({ url: rabbitUrl()!, namespace: world.namespace }, far.connection, log);
    const cutThenFail = async () => {
      proxy.cut();
      throw new PoisonError('no such kind');
    };
    await bus.subscribe(aSubscription({ handle: cutThenFail }));
    const message = aMessage();
    await bus.publish(message);
    await eventually(() => expect(warnings).toContain('A dead letter could not be stored'), 30_000);
    proxy.mend();
    await eventually(async () => expect(await bus.deadLetters({ limit: 10 })).toHaveLength(1), 30_000);
    const [letter] = await bus.deadLetters({ limit: 10 });
    expect(letter).toMatchObject({
      subscription: 'tickets',
      message,
      reason: 'PoisonError: no such kind',
      attempts: 1,
    });
    await bus.close();
    await far.connection.close();
    await proxy.close();
  });

  it('makes a dead letter of what was put into a queue by hand', async () => {
    const bus = await world.join();
    await bus.subscribe(aSubscription({ shards: 1 }));
    const publisher = broker.createPublisher({ confirm: true });
    await publisher.send({ routingKey: namesIn(world.namespace).shard('tickets', 0) }, 'who are you?');
    await publisher.close();
    await eventually(async () => expect(await bus.deadLetters({ limit: 10 })).toHaveLength(1));
    const [letter] = await bus.deadLetters({ limit: 10 });
    expect(letter).toMatchObject({ subscription: 'tickets', message: { payload: 'who are you?' } });
  });

  it.each([
    [4, 2],
    [2, 4],
    [3, 3],
  ])('follows a release that changes topics, and shards from %i to %i', async (before, after) => {
    const old = await world.join();
    await old.subscribe(aSubscription({ shards: before, topics: ['ticket.#', 'call.*'] }));
    await old.close();
    const publisher = await world.join();
    const keys = Array.from({ length: 24 }, (_, n) => `key-${n}`);
    const waiting = keys.map((key) => aMessage({ key }));
    await publisher.publish(...waiting);
    const got: Delivery[] = [];
    const next = await world.join();
    const handle = async (delivery: Delivery) => void got.push(delivery);
    await next.subscribe(aSubscription({ shards: after, topics: ['ticket.#', 'queue.*'], handle }));
    const fresh = keys.map((key) => aMessage({ key, topic: 'queue.changed' }));
    await publisher.publish(aMessage({ topic: 'call.ended' }), ...fresh);
    const expected = [...waiting, ...fresh].map(({ id }) => id).sort();
    await eventually(() => expect(got.map(({ id }) => id).sort()).toEqual(expected));
  });
});
