import type { OutboxItem } from './outbox.ts';

type Mode = 'reply' | 'note';
interface Open {
  focus(mode: Mode): void;
  takeBack(item: OutboxItem): void;
}

/** The composer that is on screen, for keys and messages that ask for it. */
class Composing {
  #open: Open | null = null;

  set(open: Open): () => void {
    this.#open = open;
    return () => {
      if (this.#open === open) this.#open = null;
    };
  }
  focus(mode: Mode): void {
    this.#open?.focus(mode);
  }
  /** Puts back to be edited what could not be sent. */
  takeBack(item: OutboxItem): void {
    this.#open?.takeBack(item);
  }
}
export const composing = new Composing();
