import { ApiProblem } from '../api/problem.ts';
import { live } from '../live/socket.svelte.ts';
import type { Passing } from '@switchboard/contract';

type Topic = Extract<Passing, { type: 'stale' }>['what'];

/** Something read from the hub: what is held stays on screen while it is read again. */
export class Resource<T> {
  #value = $state.raw<T | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #loading = $state(false);
  #turn = 0;
  readonly #read: () => Promise<T>;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  get value(): T | null {
    return this.#value;
  }
  get problem(): ApiProblem | null {
    return this.#problem;
  }
  get loading(): boolean {
    return this.#loading;
  }
  /** What the server answered to a change. */
  set(value: T): void {
    this.#turn++;
    this.#loading = false;
    this.#value = value;
  }

  async load(): Promise<void> {
    const turn = ++this.#turn;
    this.#loading = true;
    try {
      const value = await this.#read();
      if (turn !== this.#turn) return;
      this.#value = value;
      this.#problem = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (turn === this.#turn) this.#problem = error;
    } finally {
      if (turn === this.#turn) this.#loading = false;
    }
  }

  /** Reads now, and again when the hub says that it changed or after the connection was lost. For `$effect`. */
  follow(...topics: readonly Topic[]): () => void {
    void this.load();
    const stops = [
      live.on('reconnected', () => this.load()),
      live.on('passing', (event) => {
        if (event.type === 'stale' && topics.includes(event.what)) void this.load();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }
}

type Page<T> = { items: T[]; next: string | null };

/** A list paged by key, as far as it was scrolled to. */
export class Pages<T extends { id: string }> {
  #items = $state.raw<readonly T[]>([]);
  #next = $state<string | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #phase = $state<'new' | 'loading' | 'ready'>('new');
  #asked: AbortController | undefined;
  readonly #read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;

  constructor(read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>) {
    this.#read = read;
  }

  get items(): readonly T[] {
    return this.#items;
  }
  get hasMore(): boolean {
    return this.#next !== null;
  }
  get problem(): ApiProblem | null {
    return this.#problem;
  }
  /** Nothing has come yet. */
  get waiting(): boolean {
    return this.#phase !== 'ready' && this.#problem === null;
  }
  get loading(): boolean {
    return this.#phase === 'loading';
  }

  /** From the start; what is shown stays until the answer is there. */
  async load(): Promise<void> {
    this.#asked?.abort();
    await this.#page(undefined);
  }
  async more(): Promise<void> {
    if (this.#next !== null && this.#phase === 'ready') await this.#page(this.#next);
  }
  remove(id: string): void {
    this.#items = this.#items.filter((item) => item.id !== id);
  }

  async #page(cursor: string | undefined): Promise<void> {
    const mine = (this.#asked = new AbortController());
    this.#phase = 'loading';
    try {
      const page = await this.#read(cursor, mine.signal);
      if (mine.signal.aborted) return;
      this.#items = cursor === undefined ? page.items : [...this.#items, ...page.items];
      this.#next = page.next;
      this.#problem = null;
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof ApiProblem)) throw error;
      this.#problem = error;
    } finally {
      if (!mine.signal.aborted) this.#phase = 'ready';
    }
  }
}

/** All pages, for lists that are short by nature (people, queues, channels). */
export async function readAll<T>(read: (query: { cursor?: string; limit: number }) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read({ limit: 200, ...(cursor === null ? {} : { cursor }) });
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}
