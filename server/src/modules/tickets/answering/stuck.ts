import type { Awaited } from '../entry.schema.ts';

/** So long after its time a command is no longer on the bus. */
const LOST_AFTER_MS = 60_000;
/** Longer than any provider is waited for: who took it on is dead, and whoever takes it now tells the agent so. */
const STANDING_MS = 90_000;

interface Sending {
  readonly attempt?: { readonly startedAt: Date } | null;
  readonly awaits?: Awaited | null;
}

const isOver = (at: Date, ms: number, now: Date): boolean => now.getTime() - new Date(at).getTime() > ms;

/** Another command brings it again: this one is one too many. */
export const isAwaited = ({ awaits }: Sending, command: string | null, now: Date): boolean =>
  awaits != null && awaits.command !== command && !isOver(awaits.at, LOST_AFTER_MS, now);

/** Nobody works on it and nothing brings it again. */
export const isStuck = (sending: Sending, now: Date): boolean =>
  sending.attempt == null ? !isAwaited(sending, null, now) : isOver(sending.attempt.startedAt, STANDING_MS, now);

/** What stands in the line of a slow provider looks stuck as well, and is not all called at once. */
const MOST = 200;

/** Looks through all that waits, the oldest first: nothing that is not for us, or that was called before, hides what comes after it. */
export class StuckOnes<T> {
  #from = new Date(0);

  /** The next of them; once all were taken, from the beginning. `from`: the oldest that is still to be looked at. */
  async *next(
    waiting: (from: Date) => AsyncIterable<T> & { close(): Promise<void> },
    of: { readonly since: (one: T) => Date; readonly isStuck: (one: T) => boolean },
  ): AsyncGenerator<T> {
    const found = waiting(this.#from);
    this.#from = new Date(0);
    let taken = 0;
    try {
      for await (const one of found) {
        if (!of.isStuck(one)) continue;
        if (taken === MOST) {
          this.#from = of.since(one);
          return;
        }
        taken += 1;
        yield one;
      }
    } finally {
      await found.close();
    }
  }
}
