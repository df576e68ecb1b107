import type { Plan } from '../planner/plan.ts';
import type { Collection } from '../storage/collection.ts';
import type { Match, Position } from '../storage/scan.ts';
import type { Query } from './query.ts';

export interface MatchReader {
  next(): Match | null;
  /** Lets go of LMDB's cursor, which must not outlive the command: the next read takes up after the last key. */
  pause(): void;
}

export class ResumableReader implements MatchReader {
  #running: Iterator<Match> | null = null;
  #position: Position | undefined;
  #toSkip: number;
  #left: number;

  constructor(
    private readonly collection: Collection,
    private readonly query: Query,
    private readonly plan: Plan,
  ) {
    this.#toSkip = query.skip ?? 0;
    this.#left = query.limit || Infinity;
  }

  next(): Match | null {
    while (this.#left > 0) {
      this.#running ??= this.collection.scan(this.query.filter, this.plan).run(this.#position)[Symbol.iterator]();
      const { done, value } = this.#running.next();
      if (done) {
        this.#left = 0;
        break;
      }
      this.#position = value.position;
      if (this.#toSkip-- > 0) continue;
      this.#left--;
      return value;
    }
    this.pause();
    return null;
  }

  pause(): void {
    this.#running?.return?.();
    this.#running = null;
  }
}
