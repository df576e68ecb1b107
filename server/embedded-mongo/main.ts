import { parseArgs } from 'node:util';
import { addressText, defaultAddress, parseAddress } from './process/address.ts';
import { type DataLock, lockDirectory } from './process/data-lock.ts';
import { type RunningServer, startServer } from './server.ts';
import { DURABILITIES, type Durability } from './storage/key-value.ts';
import type { Address } from './wire/listen.ts';

const USAGE =
  'usage: main.js --data DIR [--listen SOCKET.sock|PORT] [--durability safe|full|fast] [--expiry-ms N] [--standalone]';

const log = (line: string) => void process.stderr.write(`embedded-mongo: ${line}\n`);

/** Ends the process with one line that says what to change. */
function fail(line: string): never {
  log(line);
  process.exit(1);
}

interface Settings {
  dataDir: string;
  address: Address;
  durability: Durability;
  expiryMs?: number;
  standalone: boolean;
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        data: { type: 'string' },
        listen: { type: 'string' },
        durability: { type: 'string', default: 'safe' },
        'expiry-ms': { type: 'string' },
        standalone: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail(`${(error as Error).message}\n${USAGE}`);
  }
}

function readSettings(): Settings {
  const { data, listen, durability, standalone, 'expiry-ms': expiry } = readArguments();
  if (!data) return fail(`--data is missing\n${USAGE}`);
  const level = DURABILITIES.find((name) => name === durability);
  if (!level) return fail(`--durability must be one of ${DURABILITIES.join(', ')}`);
  const address = listen === undefined ? { ok: true as const, address: defaultAddress(data) } : parseAddress(listen);
  if (!address.ok) return fail(address.reason);
  return {
    dataDir: data,
    address: address.address,
    durability: level,
    ...(expiry === undefined ? {} : { expiryMs: Number(expiry) }),
    standalone,
  };
}

function takeLock(dataDir: string): DataLock {
  try {
    const result = lockDirectory(dataDir);
    if (result.ok) return result.lock;
    return fail(
      `the data directory ${dataDir} is in use by the process ${result.pid}: stop it, or set another directory`,
    );
  } catch (error) {
    return fail(
      `the data directory ${dataDir} cannot be written (${(error as Error).message}): ` +
        'make it writable for this user, or set another directory',
    );
  }
}

async function open(settings: Settings): Promise<RunningServer> {
  const { dataDir, address, durability, expiryMs } = settings;
  const fatal = (error: Error) =>
    fail(
      `cannot write to the database in ${dataDir} (${error.message}): see that the disk is sound and has space; ` +
        'the process ends, so that what is on disk is read anew',
    );
  try {
    return await startServer({ dataDir, address, durability, expiryMs, log, fatal });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      return fail(`cannot listen on ${addressText(address)} (${message}): set another address`);
    }
    return fail(`cannot open the database in ${dataDir}: ${message}`);
  }
}

const settings = readSettings();
const lock = takeLock(settings.dataDir);
process.on('exit', () => lock.release());
const server = await open(settings);

let closing = false;
async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  await server.close();
  process.exit(0);
}

if (settings.standalone) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void close());
} else {
  // Ctrl+C and a service manager's stop go to the whole group: the parent still writes; its end closes this process's input.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  for (const event of ['end', 'close']) process.stdin.on(event, () => void close());
  process.stdin.resume();
}
const startMs = Math.round(performance.now());
process.stdout.write(`${JSON.stringify({ uri: server.uri, pid: process.pid, startMs })}\n`);
