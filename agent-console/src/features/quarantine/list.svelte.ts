import type { QuarantineItem } from '@switchboard/contract';
import { SvelteSet } from 'svelte/reactivity';
import { call } from '../../api/client.ts';
import { Pages } from '../../app/resource.svelte.ts';
import { outcomesOf, type OutcomeLine } from './outcomes.ts';

/** As many as are decided on at once. */
const MOST = 100;

/** What is looked at of the quarantine, and what of it was chosen. */
export class QuarantineList {
  state = $state<'waiting' | 'replayed'>('waiting');
  kind = $state<'' | 'request' | 'letter'>('');
  accountId = $state('');
  reason = $state('');
  readonly chosen = new SvelteSet<string>();
  #busy = $state(false);
  #outcome = $state.raw<{ what: 'replay' | 'discard'; lines: OutcomeLine[] } | null>(null);

  readonly pages = new Pages<QuarantineItem>((cursor, signal) =>
    call(
      'quarantine.list',
      { query: { limit: 50, ...this.filter, ...(cursor === undefined ? {} : { cursor }) } },
      { signal },
    ),
  );

  get busy(): boolean {
    return this.#busy;
  }
  get outcome() {
    return this.#outcome;
  }
  get filter() {
    return {
      state: this.state,
      ...(this.kind && { kind: this.kind }),
      ...(this.accountId && { channelAccountId: this.accountId }),
      ...(this.reason.trim() && { reason: this.reason.trim() }),
    };
  }
  get isFiltered(): boolean {
    return Object.keys(this.filter).length > 1;
  }
  get allChosen(): boolean {
    return this.pages.items.length > 0 && this.pages.items.every(({ id }) => this.chosen.has(id));
  }

  choose(id: string, chosen: boolean): void {
    if (chosen) this.chosen.add(id);
    else this.chosen.delete(id);
  }
  chooseAll(chosen: boolean): void {
    for (const { id } of this.pages.items) this.choose(id, chosen);
  }

  /** From the start: nothing that is out of sight stays chosen. */
  async load(): Promise<void> {
    await this.pages.load();
    const there = new Set(this.pages.items.map(({ id }) => id));
    for (const id of this.chosen) if (!there.has(id)) this.chosen.delete(id);
  }

  async decide(what: 'replay' | 'discard'): Promise<void> {
    this.#busy = true;
    const results: { id: string; ok: boolean; message: string }[] = [];
    try {
      const ids = [...this.chosen];
      for (let at = 0; at < ids.length; at += MOST) {
        const body = { ids: ids.slice(at, at + MOST) };
        results.push(...(await call(`quarantine.${what}Many`, { body })).results);
      }
    } finally {
      this.#busy = false;
      for (const { id, ok } of results) if (ok) this.chosen.delete(id);
      this.#outcome = { what, lines: outcomesOf(results) };
      await this.load();
    }
  }
  forgetOutcome(): void {
    this.#outcome = null;
  }
}
