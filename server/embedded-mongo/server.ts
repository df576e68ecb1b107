import { Engine } from './engine/engine.ts';
import { removeExpired } from './engine/expire.ts';
import { type Durability, openKeyValue } from './storage/key-value.ts';
import { Store } from './storage/store.ts';
import { CommandQueue } from './wire/command-queue.ts';
import { type Address, listen } from './wire/listen.ts';

export interface ServerOptions {
  dataDir: string;
  address: Address;
  durability?: Durability;
  /** How often expired documents are looked for; looking is one read per TTL index. */
  expiryMs?: number;
  log(line: string): void;
  fatal(error: Error): void;
}

export interface RunningServer {
  uri: string;
  close(): Promise<void>;
}

/** A server in this process, on a data directory that nobody else has open (see process/data-lock.ts). */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { dataDir, address, durability = 'safe', expiryMs = 5000, log, fatal } = options;
  const keyValue = openKeyValue(dataDir, durability);
  const engine = new Engine(new Store(keyValue));
  const listener = await listen(address, new CommandQueue(engine, { log, fatal }), log);
  const housekeeping = setInterval(() => {
    engine.cursors.dropIdle();
    try {
      removeExpired(engine);
    } catch (error) {
      fatal(error as Error);
    }
  }, expiryMs);
  return {
    uri: listener.uri,
    close: async () => {
      clearInterval(housekeeping);
      await listener.close();
      await keyValue.close();
    },
  };
}
