import { live } from '../../live/socket.svelte.ts';
import { directory } from '../directory.svelte.ts';

const KEY = 'switchboard.touched';
/** As often as the other tabs are told. */
const TELL_MS = 5_000;
const LOOK_MS = 5_000;
/** Whoever reads a long conversation moves within this; who does not is not at it. */
const AT_IT_MS = 120_000;
const touches = ['keydown', 'pointerdown', 'pointermove', 'touchstart', 'wheel'] as const;

/** When a key, pointer or screen was last touched, in any tab of this browser, and what follows from it. */
class Activity {
  #isAtIt = $state(true);
  #touchedAt = Date.now();
  #toldAt = 0;
  #isActive = true;

  /** Is somebody at a tab of this browser right now? */
  get isAtIt(): boolean {
    return this.#isAtIt;
  }

  start(): () => void {
    this.#touch();
    for (const each of touches) addEventListener(each, this.#touch, { passive: true, capture: true });
    addEventListener('storage', this.#elsewhere);
    const timer = setInterval(() => this.#look(), LOOK_MS);
    return () => {
      for (const each of touches) removeEventListener(each, this.#touch, { capture: true });
      removeEventListener('storage', this.#elsewhere);
      clearInterval(timer);
    };
  }

  readonly #touch = (): void => {
    const now = Date.now();
    this.#touchedAt = now;
    if (now - this.#toldAt >= TELL_MS) {
      this.#toldAt = now;
      localStorage.setItem(KEY, String(now));
    }
    this.#look();
  };

  readonly #elsewhere = ({ key, newValue }: StorageEvent): void => {
    if (key !== KEY) return;
    this.#touchedAt = Math.max(this.#touchedAt, Number(newValue));
    this.#look();
  };

  #look(): void {
    const still = Date.now() - this.#touchedAt;
    this.#isAtIt = still < AT_IT_MS;
    const limit = directory.agentStates.inactivityMinutes * 60_000;
    const isActive = limit === 0 || still < limit;
    if (isActive !== this.#isActive) live.active(isActive);
    this.#isActive = isActive;
  }
}

export const activity = new Activity();
