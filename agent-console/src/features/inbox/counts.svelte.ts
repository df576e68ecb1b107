import type { TicketCounts } from '@switchboard/contract';
import { call } from '../../api/client.ts';

const SETTLE_MS = 120;
const GAP_MS = 1000;

/** How many tickets each view holds. Read again when tickets change, at most once a second. */
class Counts {
  #value = $state.raw<TicketCounts | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #readAt = 0;

  get value(): TicketCounts | null {
    return this.#value;
  }

  async read(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#readAt = Date.now();
    this.#value = await call('tickets.counts');
  }

  readSoon(): void {
    // A failure shows as old figures; the next change or the reconnect reads again.
    this.#timer ??= setTimeout(
      () => void this.read().catch(() => this.#value),
      Math.max(SETTLE_MS, this.#readAt + GAP_MS - Date.now()),
    );
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#value = null;
  }
}

export const counts = new Counts();
