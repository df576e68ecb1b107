import { addressText, defaultAddress } from './process/address.ts';
import { mainPath } from './process/main-path.ts';
import { Supervisor } from './process/supervisor.ts';
import type { Durability } from './storage/key-value.ts';

export type { Durability } from './storage/key-value.ts';

export interface EmbeddedMongoOptions {
  /** Created when it is not there. One server per directory. */
  dataDir: string;
  /** A port of 127.0.0.1 or the path of a socket, ending in .sock; by default a socket in the data directory. */
  listen?: string;
  /** What a power failure may cost; see the README. All survive the process being killed. */
  durability?: Durability;
  /** The server died and serves again, at the same address; `reason` is in words. */
  onRestart?(reason: string): void;
  log?(line: string): void;
}

export interface EmbeddedMongo {
  /** For mongoose; the database's name can be appended. */
  uri: string;
  /** Of the process that serves now; another one after a restart. */
  pid(): number;
  restarts(): number;
  stop(): Promise<void>;
}

/** Where the server listened; a restarted one has to listen there again, also on a port that was free. */
function addressOf(uri: string): string {
  const [, host = ''] = /^mongodb:\/\/([^/]+)\//.exec(uri) ?? [];
  return host.startsWith('127.0.0.1:') ? host.slice('127.0.0.1:'.length) : decodeURIComponent(host);
}

/**
 * Starts the server in a process of its own, which ends with this one, and restarts it when it dies. Throws one line
 * that says what to change when the data directory cannot be written or is in use.
 */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const { dataDir, durability = 'safe', listen = addressText(defaultAddress(dataDir)) } = options;
  const supervisor = await Supervisor.start({
    main: await mainPath(),
    argumentsFor: (uri) => [
      ...['--data', dataDir],
      ...['--listen', uri === undefined ? listen : addressOf(uri)],
      ...['--durability', durability],
    ],
    onRestart: options.onRestart ?? (() => undefined),
    log: options.log ?? ((line) => void process.stderr.write(`${line}\n`)),
  });
  return {
    uri: supervisor.ready.uri,
    pid: () => supervisor.ready.pid,
    restarts: () => supervisor.restarts,
    stop: () => supervisor.stop(),
  };
}
