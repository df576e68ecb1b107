import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { io } from 'socket.io-client';
import { withChildren } from '../drivers/cpu.ts';
import type { Subject } from '../drivers/subject.ts';

export interface FloorSettings {
  readonly authToken: string;
  readonly namespace: string;
  /** Of a database of its own; otherwise the URI of one. */
  readonly dataDir?: string;
  readonly mongoUri?: string;
  readonly amqpUrl?: string;
  readonly redisUrl?: string;
}

const typescript = pathToFileURL(join(import.meta.dirname, '../../../config/commands/typescript-loader.mjs')).href;
const main = join(import.meta.dirname, 'main.ts');

/** The raw path, and a console that listens to it. */
export async function startFloor(
  settings: Omit<FloorSettings, 'authToken'>,
  databasePids: () => number[] = () => [],
): Promise<Subject> {
  const authToken = randomBytes(16).toString('hex');
  const child = spawn(process.execPath, ['--import', typescript, main, JSON.stringify({ ...settings, authToken })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`The floor ended with ${code}`)));
  });
  const socket = io(url, { transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return {
    name: 'floor',
    webhookUrl: `${url}/webhook`,
    authToken,
    pids: () => [...withChildren(child.pid as number), ...databasePids()],
    onTold: (told) =>
      socket.on('ticket', ({ phone, messages }: { phone: string; messages: number }) => told(phone, messages)),
    async stop() {
      socket.disconnect();
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
