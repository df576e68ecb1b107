import type { AgentStanding, ChannelKind, ChosenState, Me, Preferences, Role } from '@switchboard/contract';
import { call, onSessionEnded } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';

type Phase = 'starting' | 'unreachable' | 'setup' | 'signed-out' | 'signed-in';
const ranks: Record<Role, number> = { agent: 0, supervisor: 1, administrator: 2 };

/** Who is signed in, what they may do and how they like it. */
class Session {
  #phase = $state<Phase>('starting');
  #me = $state.raw<Me | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #organisation = $state('');
  /** The session ended under the person's hands: sign-in says so and brings them back to where they were. */
  #expired = $state(false);

  constructor() {
    onSessionEnded(() => this.#end(true));
  }

  get phase(): Phase {
    return this.#phase;
  }
  get problem(): ApiProblem | null {
    return this.#problem;
  }
  get organisation(): string {
    return this.#organisation;
  }
  get expired(): boolean {
    return this.#expired;
  }
  get signedIn(): boolean {
    return this.#me !== null;
  }
  /** Only for what is shown to people signed in. */
  get me(): Me {
    if (!this.#me) throw new Error('Nobody is signed in');
    return this.#me;
  }
  may(role: Role): boolean {
    return this.#me !== null && ranks[this.#me.role] >= ranks[role];
  }

  async start(): Promise<void> {
    this.#phase = 'starting';
    try {
      const setup = await call('setup.state');
      this.#organisation = setup.organisation;
      if (setup.needed) this.#phase = 'setup';
      else this.enter(await call('session.read'));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#problem = error;
      this.#phase = error.status === 401 ? 'signed-out' : 'unreachable';
    }
  }

  async signIn(email: string, password: string): Promise<void> {
    this.enter(await call('session.signIn', { body: { email, password } }));
  }

  /** After sign-in, set-up or an accepted invitation. */
  enter(me: Me): void {
    this.#me = me;
    this.#expired = false;
    this.#phase = 'signed-in';
  }

  async signOut(): Promise<void> {
    await call('session.signOut');
    this.#end(false);
  }

  /** Shown at once, taken back if the server refuses. */
  async setState(state: ChosenState, reason: AgentStanding['reason'] = null): Promise<void> {
    const shown = { state, reason, since: new Date().toISOString(), until: null };
    const body = { state, reasonId: reason?.id ?? null };
    await this.#stand(shown, () => call('me.setState', { body }));
  }

  async pauseChannels(paused: readonly ChannelKind[]): Promise<void> {
    await this.#stand({ pausedChannels: [...paused] }, () => call('me.setChannels', { body: { paused: [...paused] } }));
  }

  async extendWrapUp(seconds: number): Promise<void> {
    await this.#stand({}, () => call('me.extendWrapUp', { body: { seconds } }));
  }

  /** Another tab, a supervisor or the hub changed my state. */
  heardStanding({ state, reason, since, until, pausedChannels }: AgentStanding): void {
    if (this.#me) this.#me = { ...this.#me, state, reason, since, until, pausedChannels };
  }

  async #stand(shown: Partial<AgentStanding>, change: () => Promise<Me>): Promise<void> {
    const { state, reason, since, until, pausedChannels } = this.me;
    this.#me = { ...this.me, ...shown };
    try {
      this.heardStanding(await change());
    } catch (error) {
      this.heardStanding({ state, reason, since, until, pausedChannels });
      throw error;
    }
  }

  async prefer(wanted: Partial<Preferences>): Promise<void> {
    const before = this.me.preferences;
    // All of them: what is left out of the body would fall back to its default.
    const preferences = { ...before, ...wanted };
    this.#me = { ...this.me, preferences };
    try {
      this.#me = await call('me.update', { body: { preferences } });
    } catch (error) {
      this.#me = { ...this.me, preferences: before };
      throw error;
    }
  }

  async updateProfile({ name, signature }: { name: string; signature: string }): Promise<void> {
    const preferences = { ...this.me.preferences, signature };
    this.#me = await call('me.update', { body: { name, preferences } });
  }

  /** null: back to initials. */
  async setPicture(file: Blob | null): Promise<void> {
    this.#me = file === null ? await call('me.removePicture') : await call('me.setPicture', {}, { file });
  }

  #end(expired: boolean): void {
    if (!this.#me) return;
    this.#me = null;
    this.#expired = expired;
    this.#phase = 'signed-out';
  }
}

export const session = new Session();
