import type { CatchUp, EntriesChanged, EntryView, TicketView } from '@switchboard/contract';

/**
 * Puts the changes of one ticket in order. The server numbers them without gaps; the wire may repeat, reorder or lose some.
 * Pure: the socket feeds it and does what it answers.
 */
export class Sequence {
  /** All changes up to here are applied. */
  seq: number;
  /** Changes that came before their turn. */
  readonly #early = new Map<number, EntryView[]>();

  constructor(seq: number) {
    this.seq = seq;
  }

  /** Something is missing before what we hold: wait briefly, then `watch` again from `seq`. */
  get hasGap(): boolean {
    return this.#early.size > 0;
  }

  /** Takes one change; answers the entries that may now be applied, in order. */
  offer({ seq, entries }: Pick<EntriesChanged, 'seq' | 'entries'>): EntryView[] {
    if (seq <= this.seq) return [];
    this.#early.set(seq, entries);
    return this.#drain();
  }

  /** Takes a catch-up: its entries hold the state at its `seq`, so whatever is older is settled. */
  replay({ seq, entries }: Pick<Extract<CatchUp, { kind: 'replay' }>, 'seq' | 'entries'>): EntryView[] {
    if (seq <= this.seq) return this.#drain();
    this.seq = seq;
    for (const early of this.#early.keys()) if (early <= seq) this.#early.delete(early);
    return [...entries, ...this.#drain()];
  }

  #drain(): EntryView[] {
    const ready: EntryView[] = [];
    for (let next = this.#early.get(this.seq + 1); next; next = this.#early.get(this.seq + 1)) {
      this.seq += 1;
      this.#early.delete(this.seq);
      ready.push(...next);
    }
    return ready;
  }
}

/**
 * An entry keeps its place (its seq) when it changes; so the state is: entries by seq, the newest version of each.
 * `from`: older pages are not loaded, a change of an entry before it is not shown yet.
 */
export function mergeEntries(held: readonly EntryView[], changed: readonly EntryView[], from = 0): EntryView[] {
  const latest = new Map<string, EntryView>();
  for (const entry of changed) if (entry.seq >= from) latest.set(entry.id, entry);
  const merged = held.map((entry) => {
    const newer = latest.get(entry.id);
    latest.delete(entry.id);
    return newer ?? entry;
  });
  if (latest.size === 0) return merged;
  merged.push(...latest.values());
  return merged.sort((a, b) => a.seq - b.seq);
}

/** The higher seq wins. */
export function newerTicket<T extends TicketView>(held: T, incoming: TicketView): T {
  return incoming.seq > held.seq ? { ...held, ...incoming } : held;
}
