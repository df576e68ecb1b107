import type { TicketRow, TicketView } from '@switchboard/contract';
import { SvelteMap } from 'svelte/reactivity';
import { newerRow, rowFromLive } from './rows.ts';

/** A burst of changes is one redraw. Short enough that nobody sees it. */
const GATHER_MS = 12;

export interface TicketChanges {
  readonly ids: ReadonlySet<string>;
  /** The agent did it here: lists follow at once, even while they are held. */
  readonly own: boolean;
  /** Tickets that nobody had listed: what this agent has seen of them is a guess. */
  readonly guessed: boolean;
}

/** Every ticket that any screen shows, once, in its newest version. */
class Tickets {
  readonly #rows = new SvelteMap<string, TicketRow>();
  readonly #listeners = new Set<(changes: TicketChanges) => void>();
  #heard = new Map<string, TicketView>();

  get(id: string): TicketRow | undefined {
    return this.#rows.get(id);
  }
  byNumber(number: number): TicketRow | undefined {
    for (const row of this.#rows.values()) if (row.number === number) return row;
    return undefined;
  }
  onChange(listener: (changes: TicketChanges) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the server answered. */
  take(rows: readonly TicketRow[], { own = false } = {}): void {
    for (const row of rows) this.#rows.set(row.id, newerRow(this.#rows.get(row.id), row));
    this.#tell({ ids: new Set(rows.map((row) => row.id)), own, guessed: false });
  }

  /** A live change. */
  hear(ticket: TicketView): void {
    if (this.#heard.size === 0) setTimeout(() => this.#applyHeard(), GATHER_MS);
    const before = this.#heard.get(ticket.id);
    if (!before || ticket.seq > before.seq) this.#heard.set(ticket.id, ticket);
  }

  /** This agent has seen so many messages of it, in this tab or another. */
  seen(id: string, inboundCount: number): void {
    const row = this.#rows.get(id);
    if (row) this.take([{ ...row, seenInbound: inboundCount }]);
  }

  /** Shown at once; the server's answer, which has a higher seq, replaces it. Answers the way back. */
  expect(id: string, change: Partial<TicketRow>): () => void {
    const before = this.#rows.get(id);
    if (!before) return () => undefined;
    this.#rows.set(id, { ...before, ...change });
    this.#tell({ ids: new Set([id]), own: true, guessed: false });
    return () => {
      if (this.#rows.get(id)?.seq === before.seq) this.#rows.set(id, before);
      this.#tell({ ids: new Set([id]), own: true, guessed: false });
    };
  }

  /** On sign-out: nothing of one agent stays for the next. */
  clear(): void {
    this.#rows.clear();
    this.#heard.clear();
  }

  #applyHeard(): void {
    const heard = this.#heard;
    this.#heard = new Map();
    let guessed = false;
    const ids = new Set<string>();
    for (const ticket of heard.values()) {
      const held = this.#rows.get(ticket.id);
      if (held && held.seq >= ticket.seq) continue;
      guessed ||= !held && ticket.inboundCount > 1;
      this.#rows.set(ticket.id, rowFromLive(held, ticket));
      ids.add(ticket.id);
    }
    if (ids.size > 0) this.#tell({ ids, own: false, guessed });
  }
  #tell(changes: TicketChanges): void {
    for (const listener of this.#listeners) listener(changes);
  }
}

export const tickets = new Tickets();
