import type { Connection } from 'mongoose';
import { openDatabaseBus } from '../../server/src/platform/bus/database/database-bus.ts';
import type { Bus } from '../../server/src/platform/bus/index.ts';
import { openRabbitBus } from '../../server/src/platform/bus/rabbit/rabbit-bus.ts';
import { namesIn } from '../../server/src/platform/bus/rabbit/topology.ts';
import { SubscriptionRegistry } from '../../server/src/platform/bus/subscription-registry.ts';
import { silentLog } from '../../server/src/platform/log/log.ts';
import { CuttableProxy } from './cuttable-proxy.ts';
import { removeFromBroker } from './remove-from-broker.ts';
import { aNamespace, databaseUri, openTestDatabase, rabbitUrl } from './services/index.ts';

/** One bus, and as many processes at it as a test wants. */
export interface BusWorld {
  readonly connection: Connection;
  readonly namespace: string;
  join(): Promise<Bus>;
  /** A process whose connections can be cut as if it were killed. */
  joinByWire(): Promise<{ bus: Bus; cut(): void }>;
  close(): Promise<void>;
}

type Undo = () => Promise<unknown>;

export async function aDatabaseBusWorld(): Promise<BusWorld> {
  const home = await openTestDatabase();
  const undo: Undo[] = [];
  const options = { leaseMs: 3_000, pollMs: 30 };
  return {
    connection: home.connection,
    namespace: home.name,
    async join() {
      const bus = await openDatabaseBus(home.connection, silentLog, options);
      undo.push(() => bus.close());
      return bus;
    },
    async joinByWire() {
      const proxy = new CuttableProxy(new URL(databaseUri()));
      const far = await openTestDatabase(`${await proxy.listen()}?directConnection=true`, home.name);
      const bus = await openDatabaseBus(far.connection, silentLog, options);
      undo.push(
        () => proxy.close(),
        () => far.connection.close(true),
        () => ignoreLoss(bus.close()),
      );
      return { bus, cut: () => proxy.cut() };
    },
    async close() {
      for (const step of undo.reverse()) await step();
      await home.drop();
    },
  };
}

export async function aRabbitBusWorld(): Promise<BusWorld> {
  const home = await openTestDatabase();
  const namespace = aNamespace();
  const undo: Undo[] = [];
  const open = (url: string) => openRabbitBus({ url, namespace }, home.connection, silentLog);
  return {
    connection: home.connection,
    namespace,
    async join() {
      const bus = await open(rabbitUrl()!);
      undo.push(() => bus.close());
      return bus;
    },
    async joinByWire() {
      const proxy = new CuttableProxy(new URL(rabbitUrl()!));
      const bus = await open(await proxy.listen());
      undo.push(
        () => proxy.close(),
        async () => {
          proxy.mend();
          await ignoreLoss(bus.close());
        },
      );
      return { bus, cut: () => proxy.cut() };
    },
    async close() {
      for (const step of undo.reverse()) await step();
      const known = await new SubscriptionRegistry(home.connection).all();
      await removeFromBroker(namesIn(namespace), known, rabbitUrl()!);
      await home.drop();
    },
  };
}

/** What the process that was cut off can't say any more is no failure of the test. */
async function ignoreLoss(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}
