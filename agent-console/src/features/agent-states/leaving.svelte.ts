import type { ChosenState } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { session } from '../../app/session.svelte.ts';
import type { Choice } from './choices.ts';

type How = 'offline' | 'signOut';
export interface Asked {
  readonly how: How;
  readonly conversations: number;
}

/** Whoever goes by choice leaves their live conversations to others at once: asked first, where there are any. */
class Leaving {
  #asked = $state.raw<Asked | null>(null);
  #busy = $state(false);

  get asked(): Asked | null {
    return this.#asked;
  }
  get busy(): boolean {
    return this.#busy;
  }

  async choose(state: ChosenState, reason: Choice['reason'] = null): Promise<void> {
    if (state === 'offline' && session.me.state !== 'offline') await this.#ask('offline');
    else await session.setState(state, reason);
  }

  signOut(): Promise<void> {
    return this.#ask('signOut');
  }

  async confirm(): Promise<void> {
    if (!this.#asked) return;
    const { how } = this.#asked;
    this.#busy = true;
    try {
      await go[how]();
    } finally {
      this.#busy = false;
      this.#asked = null;
    }
  }

  stay(): void {
    this.#asked = null;
  }

  async #ask(how: How): Promise<void> {
    const { conversations } = await call('me.leaving');
    if (conversations === 0) await go[how]();
    else this.#asked = { how, conversations };
  }
}

const go: Record<How, () => Promise<void>> = {
  offline: () => session.setState('offline'),
  signOut: () => session.signOut(),
};

export const leaving = new Leaving();
