import type { ReturnedWork } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { session } from '../../app/session.svelte.ts';
import { live } from '../../live/socket.svelte.ts';

/** What of mine went back to the queue while I was gone, until I have seen it. */
class Returned {
  #all = $state.raw<readonly ReturnedWork[]>([]);

  get all(): readonly ReturnedWork[] {
    return this.#all;
  }

  /** Once signed in. Returns the way to stop. */
  start(): () => void {
    this.#all = session.me.returned;
    const stops = [
      live.on('reconnected', () => void this.#read()),
      live.on('passing', ({ type }) => void (type === 'work-returned' && this.#read())),
    ];
    return () => stops.forEach((stop) => stop());
  }

  async heard(): Promise<void> {
    this.#all = [];
    await call('me.heardReturned');
  }

  async #read(): Promise<void> {
    try {
      this.#all = (await call('session.read')).returned;
    } catch (error) {
      // The next connection asks again.
      if (!(error instanceof ApiProblem)) throw error;
    }
  }
}

export const returned = new Returned();
