import type { CatchUp, EntriesChanged, EntryView, TicketView } from '@switchboard/contract';
import { Sequence } from './sequence.ts';

export type WatchAnswer = CatchUp | { kind: 'gone' };

/** Who shows the ticket. */
export interface Watcher {
  /** `seq`: all changes up to it are applied with these entries. */
  apply(entries: EntryView[], seq: number, ticket?: TicketView): void;
  /** Too much was missed: load the ticket anew and answer its seq. */
  resync(): Promise<number>;
  gone(): void;
}

export interface WatchPorts {
  /** Asks the server what was missed since `seq`. Rejects when there is no answer. */
  ask(seq: number): Promise<WatchAnswer>;
  connected(): boolean;
  later(ms: number, run: () => void): () => void;
}

/** Reordering on the wire settles within this; what is missing longer is asked for. */
export const GAP_MS = 150;
const AGAIN_MS = 1000;

/** One ticket that is on screen: keeps it equal to the server's, however the wire behaves. */
export class Watched {
  readonly #sequence: Sequence;
  readonly #watcher: Watcher;
  readonly #ports: WatchPorts;
  #cancel: (() => void) | null = null;
  #asking: Promise<void> | null = null;
  #stopped = false;

  constructor(seq: number, watcher: Watcher, ports: WatchPorts) {
    this.#sequence = new Sequence(seq);
    this.#watcher = watcher;
    this.#ports = ports;
  }

  offer(change: EntriesChanged): void {
    const ready = this.#sequence.offer(change);
    if (ready.length > 0) this.#watcher.apply(ready, this.#sequence.seq);
    if (this.#sequence.hasGap) this.#soon(GAP_MS);
  }

  /** Asks what was missed: at first, after a reconnect, at a gap. One question at a time. */
  catchUp(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
      if (this.#sequence.hasGap) this.#soon(GAP_MS);
    });
    return this.#asking;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  async #ask(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    const answer = await this.#ports.ask(this.#sequence.seq).catch(() => null);
    if (this.#stopped) return;
    // Without a connection the next one asks again.
    if (!answer) return this.#soon(AGAIN_MS);
    if (answer.kind === 'gone') return this.#watcher.gone();
    if (answer.kind === 'replay') {
      const ready = this.#sequence.replay(answer);
      return this.#watcher.apply(ready, this.#sequence.seq, answer.ticket);
    }
    const seq = await this.#watcher.resync().catch(() => null);
    if (seq === null) return this.#soon(AGAIN_MS);
    const ready = this.#sequence.replay({ seq, entries: [] });
    if (!this.#stopped && ready.length > 0) this.#watcher.apply(ready, this.#sequence.seq);
  }

  #soon(ms: number): void {
    if (this.#cancel || this.#stopped || !this.#ports.connected()) return;
    this.#cancel = this.#ports.later(ms, () => {
      this.#cancel = null;
      if (ms !== GAP_MS || this.#sequence.hasGap) void this.catchUp();
    });
  }
}
