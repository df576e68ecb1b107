import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface BareSockets {
  readonly url: string;
  readonly pid: number;
  broadcast(payload: object): void;
  stop(): Promise<void>;
}

const typescript = join(import.meta.dirname, '../../../config/commands/typescript-loader.mjs');
const main = join(import.meta.dirname, 'bare-sockets.ts');

export async function startBareSockets(): Promise<BareSockets> {
  const child = spawn(process.execPath, ['--import', typescript, main], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    url,
    pid: child.pid as number,
    broadcast: (payload) => void child.stdin.write(`${JSON.stringify(payload)}\n`),
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
