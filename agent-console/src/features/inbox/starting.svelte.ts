import type { Handle } from '@switchboard/contract';

/** Whom a new conversation is with, where that is known before. */
export interface Addressee {
  readonly name?: string;
  /** The one that was asked for first. */
  readonly handles: readonly Handle[];
}

/** The dialog for a new conversation. Asked for by a button, a key, the palette, and at a customer's address. */
class Starting {
  #asked = $state.raw<{ readonly to: Addressee | null } | null>(null);
  get asked(): { readonly to: Addressee | null } | null {
    return this.#asked;
  }
  open(to: Addressee | null = null): void {
    this.#asked = { to };
  }
  close(): void {
    this.#asked = null;
  }
}
export const starting = new Starting();
