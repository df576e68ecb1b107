import type { HeldEntry } from '@switchboard/contract';
import type { OutboxItem } from './outbox.ts';

type Mode = 'reply' | 'note';
interface Open {
  readonly ticketId: string;
  focus(mode: Mode): void;
  takeBack(item: OutboxItem): void;
  restore(held: HeldEntry): void;
  showWays(): void;
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
  /** Shows over what else the customer can be reached. */
  goOn(): void {
    this.#open?.showWays();
  }
  /** Makes a held reply the draft again. Answers whether its ticket is open here. */
  restore(held: HeldEntry): boolean {
    if (this.#open?.ticketId !== held.ticketId) return false;
    this.#open.restore(held);
    return true;
  }
}
export const composing = new Composing();
