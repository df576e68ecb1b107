import type { HeldRow } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { session } from '../../app/session.svelte.ts';
import { live } from '../../live/socket.svelte.ts';
import { afterChange, arrange } from './held-rows.ts';

const PAGE = 50;
const REREAD_PAGE = 200;
export type Whose = 'me' | 'everyone';

/** The replies that wait, mine or everyone's, as far as they were scrolled to. */
export class HeldReplies {
  readonly whose: Whose;
  #known: ReadonlyMap<string, HeldRow> = new Map();
  #rows = $state.raw<readonly HeldRow[]>([]);
  #fresh = $state(0);
  #next = $state<string | null>(null);
  #phase = $state<'new' | 'ready'>('new');
  #problem = $state.raw<ApiProblem | null>(null);
  #reading = $state(false);
  #held = false;
  #turn = 0;
  /** Heard since the read began: the read does not know better. */
  #heard: HeldRow[] = [];

  constructor(whose: Whose) {
    this.whose = whose;
  }

  get rows(): readonly HeldRow[] {
    return this.#rows;
  }
  /** How many wait to be put between the others until the list is let go. */
  get fresh(): number {
    return this.#fresh;
  }
  get ready(): boolean {
    return this.#phase === 'ready';
  }
  get problem(): ApiProblem | null {
    return this.#problem;
  }
  get hasMore(): boolean {
    return this.#next !== null;
  }
  get loadingMore(): boolean {
    return this.ready && this.#reading;
  }

  /** Reads it, keeps it right until the returned function is called. For `$effect`. */
  follow(): () => void {
    void this.load();
    const stops = [
      live.on('reconnected', () => this.load()),
      live.on('passing', (event) => {
        if (event.type === 'held') this.#hear({ id: event.held.id, held: event.held, ticket: event.ticket });
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** From the start, as far as it was loaded. */
  async load(): Promise<void> {
    await this.#read(Math.min(REREAD_PAGE, Math.max(PAGE, this.#known.size)), undefined);
  }
  async more(): Promise<void> {
    if (this.#next !== null && !this.#reading) await this.#read(PAGE, this.#next);
  }

  /** Pointer or focus is inside, or it is scrolled: rows stay where they are. */
  hold(held: boolean): void {
    if (this.#held === held) return;
    this.#held = held;
    if (!held) this.showFresh();
  }
  showFresh(): void {
    this.#arrange(false);
  }

  #hear(change: HeldRow): void {
    if (this.whose === 'me' && change.held.author.id !== session.me.id) return;
    if (this.#reading) this.#heard.push(change);
    this.#known = afterChange(this.#known, change, this.#next === null);
    this.#arrange(this.#held);
  }

  async #read(limit: number, cursor: string | undefined): Promise<void> {
    const turn = ++this.#turn;
    this.#heard = [];
    this.#reading = true;
    try {
      const query = { of: this.whose, limit, ...(cursor !== undefined && { cursor }) };
      const { items, next } = await call('held.list', { query });
      if (turn !== this.#turn) return;
      const before = cursor === undefined ? [] : this.#known;
      this.#known = new Map([...before, ...items.map((row) => [row.id, row] as const)]);
      this.#next = next;
      for (const change of this.#heard) this.#known = afterChange(this.#known, change, next === null);
      this.#problem = null;
      this.#phase = 'ready';
      this.#arrange(this.#held);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (turn === this.#turn) this.#problem = error;
    } finally {
      if (turn === this.#turn) this.#reading = false;
    }
  }

  #arrange(held: boolean): void {
    const { rows, fresh } = arrange(this.#rows, this.#known, held);
    this.#rows = rows;
    this.#fresh = fresh;
  }
}
