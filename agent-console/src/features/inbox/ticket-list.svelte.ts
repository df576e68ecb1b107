import type { TicketRow } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { session } from '../../app/session.svelte.ts';
import { arrange, arrangeHeld, belongs, isAbove, type ListFilter } from './rows.ts';
import { type TicketChanges, tickets } from './tickets.svelte.ts';

const PAGE = 50;
/** Pages of a re-read, and as much of a long list as it covers; what is below is read when it is scrolled to. */
const REREAD_PAGE = 200;
const REREAD_MOST = 1000;
const REREAD_GAP_MS = 2000;

/** The tickets of one view, in order, as far as they were scrolled to. */
export class TicketList {
  readonly filter: ListFilter;
  #ids = new Set<string>();
  #order = $state.raw<readonly string[]>([]);
  #fresh = $state(0);
  #next = $state<string | null>(null);
  #phase = $state<'new' | 'loading' | 'ready'>('new');
  #problem = $state.raw<ApiProblem | null>(null);
  #loadingMore = $state(false);
  #held = false;
  #rereadTimer: ReturnType<typeof setTimeout> | undefined;
  #rereadAt = 0;
  /** One read after the other: a page that comes while all is read again would leave a hole where that ends. */
  #reads: Promise<unknown> = Promise.resolve();
  /** Changed since the read began: the read does not know better. */
  #touched = new Set<string>();

  constructor(filter: ListFilter) {
    this.filter = filter;
  }

  get ids(): readonly string[] {
    return this.#order;
  }
  /** How many rows wait above until the list is let go. */
  get fresh(): number {
    return this.#fresh;
  }
  get phase(): 'new' | 'loading' | 'ready' {
    return this.#phase;
  }
  get problem(): ApiProblem | null {
    return this.#problem;
  }
  get loadingMore(): boolean {
    return this.#loadingMore;
  }
  get complete(): boolean {
    return this.#phase === 'ready' && this.#next === null;
  }

  async load(): Promise<void> {
    if (this.#phase === 'loading') return;
    if (this.#phase === 'ready') return this.reread();
    this.#phase = 'loading';
    await this.#inTurn(() => this.#read(PAGE, PAGE));
  }

  /** Reads again all that was loaded: after a reconnect, when the view is shown again. */
  async reread(): Promise<void> {
    clearTimeout(this.#rereadTimer);
    this.#rereadTimer = undefined;
    this.#rereadAt = Date.now();
    await this.#inTurn(async () => {
      const wanted = Math.min(REREAD_MOST, Math.max(PAGE, this.#order.length));
      await this.#read(Math.min(wanted, REREAD_PAGE), wanted);
    });
  }

  async loadMore(): Promise<void> {
    if (this.#loadingMore || this.#next === null) return;
    this.#loadingMore = true;
    await this.#inTurn(() => this.#readMore());
  }

  /** Pointer or focus is inside, or it is scrolled: rows stay where they are. */
  hold(held: boolean): void {
    if (this.#held === held) return;
    this.#held = held;
    if (!held) this.#arrange();
  }

  /** Shows what waits. */
  showFresh(): void {
    this.#arrange(true);
  }

  heard({ ids, own, guessed }: TicketChanges): void {
    if (this.#phase === 'new') return;
    for (const id of ids) {
      const row = tickets.get(id);
      if (row && this.#reaches(row)) this.#ids.add(id);
      this.#touched.add(id);
    }
    if (own) {
      const left = (id: string) => ids.has(id) && !this.#belongs(id);
      this.#order = this.#order.filter((id) => !left(id));
    }
    this.#arrange();
    if (guessed) this.#rereadSoon();
  }

  #belongs(id: string): boolean {
    const row = tickets.get(id);
    return row !== undefined && belongs(row, this.filter, session.me);
  }
  #reaches(row: TicketRow): boolean {
    if (!belongs(row, this.filter, session.me)) return false;
    const last = this.#order.at(-1);
    const end = last === undefined ? undefined : tickets.get(last);
    return this.#next === null || isAbove(row, end);
  }

  #arrange(always = false): void {
    const rows = [...this.#ids].flatMap((id) => tickets.get(id) ?? []);
    const wanted = arrange(rows, this.filter, session.me);
    const { order, fresh } = this.#held && !always ? arrangeHeld(this.#order, wanted) : { order: wanted, fresh: 0 };
    if (order.length !== this.#order.length || order.some((id, index) => id !== this.#order[index]))
      this.#order = order;
    this.#fresh = fresh;
  }

  #rereadSoon(): void {
    this.#rereadTimer ??= setTimeout(
      () => void this.reread(),
      Math.max(300, this.#rereadAt + REREAD_GAP_MS - Date.now()),
    );
  }

  async #read(limit: number, wanted: number): Promise<void> {
    this.#touched = new Set();
    try {
      const ids = new Set<string>();
      let next: string | null = null;
      let end: TicketRow | undefined;
      do {
        const page: { items: TicketRow[]; next: string | null } = await this.#page(limit, next);
        next = page.next;
        end = page.items.at(-1) ?? end;
        for (const row of page.items) ids.add(row.id);
        tickets.take(page.items);
      } while (next !== null && ids.size < wanted);
      for (const id of this.#ids) {
        const row = this.#touched.has(id) ? tickets.get(id) : undefined;
        if (row && (next === null || isAbove(row, end))) ids.add(id);
      }
      this.#ids = ids;
      this.#next = next;
      this.#phase = 'ready';
      this.#problem = null;
      this.#arrange();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #readMore(): Promise<void> {
    try {
      // The read before it may have come to the end.
      if (this.#next === null) return;
      const page = await this.#page(PAGE, this.#next);
      this.#next = page.next;
      for (const row of page.items) this.#ids.add(row.id);
      tickets.take(page.items);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#loadingMore = false;
    }
  }

  #inTurn(read: () => Promise<void>): Promise<void> {
    const done = this.#reads.then(read, read);
    this.#reads = done;
    return done;
  }

  async #page(limit: number, cursor: string | null) {
    return call('tickets.list', { query: { ...this.filter, limit, ...(cursor === null ? {} : { cursor }) } });
  }
  #fail(error: unknown): void {
    if (!(error instanceof ApiProblem)) throw error;
    this.#problem = error;
    if (this.#phase === 'loading') this.#phase = 'new';
  }
}
