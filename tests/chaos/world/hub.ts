import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Stage } from '../../../server/src/modules/flow/stages.ts';

const entry = join(import.meta.dirname, 'hub-process.mjs');
/** What its supervisor waits before it starts it again. */
const RESTART_MS = 300;
const WEIGH_MS = 10_000;
/** Longer than the hub gives itself. */
const LONGEST_STOP_MS = 30_000;

/** What a hub process may be told. */
export type Order =
  | { what: 'die-at'; stage: Stage; pass: number }
  | { what: 'live-on' }
  | { what: 'clock'; ms: number }
  | { what: 'weigh' };

export interface HubPlace {
  readonly name: string;
  readonly port: number;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** How far its clock is from the right one. */
  readonly clockMs: number;
}

/** One hub process and its supervisor: whenever it ends, it is started again at the same address. */
export class Hub {
  readonly url: string;
  /** Ends that nobody of the suite caused, and rejections that nobody handled. */
  readonly complaints: string[] = [];
  deaths = 0;
  #clockMs: number;
  #child!: ChildProcess;
  #ready: Promise<void>;
  #serving = false;
  #stopping = false;
  readonly #log: WriteStream;

  private constructor(private readonly place: HubPlace) {
    this.url = `http://localhost:${place.port}`;
    this.#clockMs = place.clockMs;
    this.#log = createWriteStream(join(place.folder, `${place.name}.log`), { flags: 'a' });
    this.#ready = this.#start();
  }

  static async start(place: HubPlace): Promise<Hub> {
    const hub = new Hub(place);
    await hub.serving();
    return hub;
  }

  get name(): string {
    return this.place.name;
  }

  /** Resolves when it can be spoken to, perhaps not for the first time. */
  async serving(): Promise<void> {
    while (!this.#serving && !this.#stopping) await this.#ready;
  }

  tell(order: Order): void {
    if (order.what === 'clock') this.#clockMs = order.ms;
    if (this.#child.connected) this.#child.send(order, () => undefined); // one that is just dying need not hear it
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Bytes of living objects, after a collection. */
  async weigh(): Promise<number> {
    const answer = once(this.#child, 'message', { signal: AbortSignal.timeout(WEIGH_MS) });
    this.tell({ what: 'weigh' });
    const [{ bytes }] = (await answer) as [{ bytes: number }];
    return bytes;
  }

  /** It is told to stop; gives what is wrong with how it did. */
  async stop(): Promise<string[]> {
    this.#stopping = true;
    const wrong = this.#child.exitCode === null && this.#child.signalCode === null ? await this.#endInPeace() : [];
    await new Promise<void>((closed) => this.#log.end(closed));
    return wrong;
  }

  async #endInPeace(): Promise<string[]> {
    const late = setTimeout(() => this.#child.kill('SIGKILL'), LONGEST_STOP_MS);
    this.#child.kill('SIGTERM');
    const [code, signal] = (await once(this.#child, 'exit')) as [number | null, string | null];
    clearTimeout(late);
    return code === 0 ? [] : [`${this.name} did not finish and end when it was told to (${signal ?? code})`];
  }

  /** Resolves when it serves, or has ended. */
  #start(): Promise<void> {
    const { env, folder } = this.place;
    const child = spawn(process.execPath, ['--expose-gc', entry, String(this.#clockMs)], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    return new Promise((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream as NodeJS.ReadableStream }).on('line', (line) => {
          if (!this.#log.writableEnded) this.#log.write(`${line}\n`);
          if (line.includes('A rejection was not handled')) this.complaints.push(`${this.name}: ${line}`);
          if (!line.startsWith('Switchboard is ready')) return;
          this.#serving = true;
          resolve();
        });
      child.once('exit', (code, signal) => {
        this.#ended(code, signal);
        // Who asks from now on waits for its next life.
        this.#ready = this.#startAgain();
        resolve();
      });
    });
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    // One that can't start while a server is away says so and ends; one that served must not.
    if (this.#serving && !this.#stopping && signal !== 'SIGKILL')
      this.complaints.push(`${this.name} ended by itself (${code ?? signal})`);
    this.#serving = false;
    if (!this.#stopping) this.deaths += 1;
  }

  async #startAgain(): Promise<void> {
    await delay(RESTART_MS);
    if (!this.#stopping) await this.#start();
  }
}
