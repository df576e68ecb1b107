import { createSubscriber } from 'svelte/reactivity';

/** A clock that ticks only while somebody on screen reads it and the page is visible. */
class Ticking {
  #now = Date.now();
  readonly #subscribe: () => void;

  constructor(everyMs: number) {
    this.#subscribe = createSubscriber((update) => {
      const tick = () => {
        this.#now = Date.now();
        update();
      };
      let timer: ReturnType<typeof setInterval> | undefined;
      const follow = () => {
        clearInterval(timer);
        if (document.hidden) return;
        tick();
        timer = setInterval(tick, everyMs);
      };
      document.addEventListener('visibilitychange', follow);
      timer = setInterval(tick, everyMs);
      return () => {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', follow);
      };
    });
  }

  /** Epoch ms. Fresh at every read outside of rendering, reactive within. */
  get ms(): number {
    if ($effect.tracking()) this.#subscribe();
    else this.#now = Date.now();
    return this.#now;
  }
}

export const seconds = new Ticking(1000);
/** For “5m ago”: moves every ten seconds. */
export const moments = new Ticking(10_000);
