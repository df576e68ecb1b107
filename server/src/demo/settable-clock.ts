import { AsyncLocalStorage } from 'node:async_hooks';
import { v7 } from 'uuid';
import type { Clock, NewId } from '../platform/clock/clock.ts';

/** A clock that is set for a piece of work, so that the past is written by the same code as the present. */
export class SettableClock implements Clock {
  readonly #instant = new AsyncLocalStorage<Date>();
  #count = 0;

  now(): Date {
    return this.#instant.getStore() ?? new Date();
  }

  /** Several pieces of work at once may have different times. */
  at<T>(instant: Date, work: () => Promise<T>): Promise<T> {
    return this.#instant.run(instant, work);
  }

  /** Ids sort by the time they are made, so theirs is this clock's; the count keeps the order within a millisecond. */
  readonly newId: NewId = () =>
    v7({ msecs: this.now().getTime(), seq: (this.#count = (this.#count + 1) % 0x7fffffff) });
}
