import { setTimeout as delay } from 'node:timers/promises';
import { spawnServer, type ServerChild } from './server-child.ts';

export interface SupervisorOptions {
  main: string;
  /** The arguments for an address; undefined at the first start. */
  argumentsFor(uri: string | undefined): string[];
  onRestart(reason: string): void;
  log(line: string): void;
}

const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 5000;
/** A server that lived this long did not die of its start: the next restart comes at once. */
const STABLE_MS = 10_000;

/** Keeps one server process alive, always at the same address, so that clients' pools find it again. */
export class Supervisor {
  restarts = 0;
  readonly #stopping = new AbortController();
  #child: ServerChild;
  #watching: Promise<void>;

  private constructor(
    private readonly options: SupervisorOptions,
    child: ServerChild,
  ) {
    this.#child = child;
    this.#watching = this.#watch();
  }

  /** Throws when the first start fails: what is wrong then is for the caller to show. */
  static async start(options: SupervisorOptions): Promise<Supervisor> {
    return new Supervisor(options, await spawnServer(options.main, options.argumentsFor(undefined), options.log));
  }

  get ready() {
    return this.#child.ready;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stopping;
    let pauseMs = 0;
    for (;;) {
      const startedAt = performance.now();
      const reason = await this.#child.exited;
      if (signal.aborted) return;
      if (performance.now() - startedAt > STABLE_MS) pauseMs = 0;
      this.options.log(`the embedded database ${reason} and is started again`);
      const restarted = await this.#restart(pauseMs);
      if (!restarted) return;
      pauseMs = Math.min(MAX_DELAY_MS, Math.max(FIRST_DELAY_MS, pauseMs * 2));
      this.restarts++;
      this.options.onRestart(reason);
    }
  }

  /** Tries until it runs; false when stopped meanwhile. */
  async #restart(firstPauseMs: number): Promise<boolean> {
    const { main, argumentsFor, log } = this.options;
    const { signal } = this.#stopping;
    const args = argumentsFor(this.ready.uri);
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(MAX_DELAY_MS, Math.max(FIRST_DELAY_MS, pauseMs * 2))) {
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return false;
      try {
        this.#child = await spawnServer(main, args, log);
        return true;
      } catch (error) {
        log(`the embedded database does not start: ${(error as Error).message}`);
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#child.stop();
    await this.#watching;
    // A restart that was under way when this was called.
    await this.#child.stop();
  }
}
