import { once } from 'node:events';
import { connect } from 'node:net';
import { within } from '../clock/within.ts';
import type { Log } from '../log/log.ts';
import { StartProblem } from './start-problem.ts';

const CONNECT_MS = 5_000;
const OPEN_MS = 8_000;
const defaultPorts: Record<string, number> = { 'amqp:': 5672, 'amqps:': 5671, 'redis:': 6379, 'rediss:': 6379 };

/**
 * Opens what speaks to another server. The clients try again for ever, which is right while the hub runs: at the start, who
 * typed the address is still there to read what is wrong with it. The message has no password in it.
 */
export async function reach<T>(
  setting: string,
  url: string | undefined,
  log: Log,
  open: (log: Log) => Promise<T>,
): Promise<T> {
  if (url === undefined) return open(log);
  const { hostname, port, protocol } = new URL(url);
  const number = Number(port || defaultPorts[protocol]);
  const opening = openingLog(log);
  try {
    await within(CONNECT_MS, greet(hostname.replace(/^\[|\]$/g, ''), number));
    const opened = await within(OPEN_MS, open(opening.log));
    opening.done();
    return opened;
  } catch (error) {
    // rabbitmq-client puts the name of a code that has none, "undefined: ", before the broker's words.
    const reason = (opening.failure() ?? (error as Error).message).replace(/^undefined: |\.+$/g, '');
    throw new StartProblem(`${hostname}:${number} can't be used: ${reason}. Start it, or correct ${setting}.`);
  }
}

async function greet(host: string, port: number): Promise<void> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}

/** Keeps back what a client says about tries that fail; the first of it is the reason, if none succeeds. */
function openingLog(log: Log): { log: Log; failure: () => string | undefined; done: () => void } {
  let opened = false;
  let failure: string | undefined;
  const unlessOpening =
    (level: 'warn' | 'error') =>
    (sentence: string, fields: object = {}) => {
      if (opened) log[level](sentence, fields);
      else failure ??= (fields as { error?: Error }).error?.message;
    };
  return {
    log: { ...log, warn: unlessOpening('warn'), error: unlessOpening('error') },
    failure: () => failure,
    done: () => (opened = true),
  };
}
