import type { Log } from '../../log/log.ts';
import type { StoredMessage } from './schemas.ts';

/** How much of a lane is read at once and held in memory. */
export const PAGE = 100;

export interface LaneWork {
  /** The oldest messages of the lane that are ready. */
  read(lane: string): Promise<StoredMessage[]>;
  /** Does all that one message needs, its failure included; rejects only if even that could not be stored. */
  handle(message: StoredMessage): Promise<void>;
  /** Resolves when all acknowledgements of the lane are stored, so that a read won't bring those messages again. */
  settled(lane: string): Promise<void>;
  /** False while it is not sure that this process still owns its lanes. */
  mayWork(): boolean;
  pauseMs: number;
  log: Log;
}

/** The messages of one lane, one after the other, oldest first. Holds a page of them, never the backlog. */
export class Lane {
  #buffer: StoredMessage[] = [];
  /** All that the lane has stored is in the buffer: no need to read. */
  #complete = false;
  /** Something was stored while a read was under way. */
  #missed = false;
  /** The highest id that was ever in the buffer. */
  #lastId = '';
  #running: Promise<void> | null = null;
  #closed = false;
  #working = 0;
  #pause: NodeJS.Timeout | undefined;

  constructor(
    readonly name: string,
    private readonly work: LaneWork,
  ) {}

  get inWork(): number {
    return this.#working;
  }

  /** A message that this process has just stored: spares the read. */
  offer(message: StoredMessage): void {
    const next = this.#complete && this.#buffer.length < PAGE && message._id > this.#lastId;
    if (next) this.#keep([message]);
    else this.#invalidate();
    this.wake();
  }

  /** The lane may have messages that this process does not know of. */
  look(): void {
    this.#invalidate();
    this.wake();
  }

  wake(): void {
    if (this.#closed || this.#running || this.#pause) return;
    this.#running = this.#run()
      .catch((error: unknown) => this.#rest(error))
      .finally(() => {
        this.#running = null;
        if (this.#hasWork() && this.work.mayWork()) this.wake();
      });
  }

  /** Takes no more; resolves when what is in work is done. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#pause);
    await this.#running;
  }

  #hasWork(): boolean {
    return this.#buffer.length > 0 || !this.#complete;
  }

  async #run(): Promise<void> {
    while (!this.#closed && this.work.mayWork()) {
      const message = this.#buffer.shift();
      if (message) await this.#handle(message);
      else if (this.#complete) return;
      else await this.#fill();
    }
  }

  async #handle(message: StoredMessage): Promise<void> {
    this.#working = 1;
    try {
      await this.work.handle(message);
    } finally {
      this.#working = 0;
    }
  }

  async #fill(): Promise<void> {
    await this.work.settled(this.name);
    this.#missed = false;
    const page = await this.work.read(this.name);
    this.#keep(page);
    // Reading an empty lane is the only proof that nothing is left; a full page may have more behind it.
    this.#complete = page.length < PAGE && !this.#missed;
  }

  #keep(messages: readonly StoredMessage[]): void {
    for (const message of messages) {
      this.#buffer.push(message);
      if (message._id > this.#lastId) this.#lastId = message._id;
    }
  }

  #invalidate(): void {
    this.#complete = false;
    this.#missed = true;
  }

  /** The database did not answer. All is stored, so the lane starts from there again. */
  #rest(error: unknown): void {
    this.work.log.warn('A bus lane pauses: the database fails', { lane: this.name, error });
    this.#buffer = [];
    this.#complete = false;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.wake();
    }, this.work.pauseMs);
  }
}
