import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Ready {
  uri: string;
  pid: number;
  startMs: number;
}

export interface ServerChild {
  ready: Ready;
  /** Resolves when the process is gone, with the reason in words. */
  exited: Promise<string>;
  /** Lets it close; ends it hard when it does not in time. */
  stop(): Promise<void>;
}

/** Writing what is open takes milliseconds; only a process that hangs needs longer. */
const CLOSE_MS = 10_000;

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`));
  });
}

/** Starts main.js and waits until it serves. Throws its last line when it ends before that. */
export async function spawnServer(main: string, args: string[], log: (line: string) => void): Promise<ServerChild> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = exitOf(child);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // Writing to the input of a process that is gone is no event here; 'exit' follows.
  child.stdin.on('error', () => undefined);
  let lastLine = '';
  createInterface(child.stderr).on('line', (line) => {
    lastLine = line;
    log(line);
  });
  const firstLine = new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  const started = await Promise.race([firstLine, closed]);
  if (started === undefined) throw new Error(lastLine || `the embedded database ${await exited}`);
  return {
    ready: JSON.parse(started) as Ready,
    exited,
    stop: async () => {
      const kill = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
      child.stdin.end();
      await closed;
      clearTimeout(kill);
    },
  };
}
