import { setTimeout as delay } from 'node:timers/promises';
import type { launch } from '../../support/services/find-services.mjs';

const START_MS = 90_000;

interface Serving {
  probe(): Promise<object | null>;
  launch(): ReturnType<typeof launch>;
}

/** A server of the suite's own, always at the same address and on the same folder. */
export class Server {
  #child: ReturnType<typeof launch>;
  #turn: Promise<void> = Promise.resolve();

  private constructor(private readonly serving: Serving) {
    this.#child = serving.launch();
  }

  static async start(serving: Serving): Promise<Server> {
    const server = new Server(serving);
    await server.#answering();
    return server;
  }

  /** Gone for at least `downMs`, then there again; after what a restart before it has still to do. */
  restart(signal: NodeJS.Signals, downMs: number): Promise<void> {
    this.#turn = this.#turn.then(() => this.#restart(signal, downMs));
    return this.#turn;
  }

  stop(): Promise<void> {
    return this.#child.stop('SIGKILL');
  }

  async #restart(signal: NodeJS.Signals, downMs: number): Promise<void> {
    await this.#child.stop(signal);
    await delay(downMs);
    this.#child = this.serving.launch();
    await this.#answering();
  }

  async #answering(): Promise<void> {
    for (const deadline = Date.now() + START_MS; !(await this.serving.probe()); await delay(100))
      if (Date.now() > deadline || this.#child.ended()) throw new Error('a server of the suite does not start');
  }
}
