import type { LabChanges, LabDraft, LabReplay } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { readAll, Resource } from '../../app/resource.svelte.ts';

/** All drafts, for the one to be chosen. */
export const drafts = new Resource(() => readAll((query) => call('routingLab.list', { query })));

/** One draft, its replay, and all that it may change. */
export class Lab {
  readonly id: string;
  readonly draft: Resource<LabDraft>;
  /** What is in force. */
  readonly names = new Resource(async () => {
    const [queues, agents, calendars, { capacity }] = await Promise.all([
      readAll((query) => call('queues.list', { query })),
      readAll((query) => call('agents.list', { query })),
      readAll((query) => call('calendars.list', { query })),
      call('organisation.read'),
    ]);
    return { queues, agents: agents.filter(({ active }) => active), calendars, capacity };
  });

  constructor(id: string) {
    this.id = id;
    this.draft = new Resource(() => call('routingLab.read', this.#ask));
  }

  get #ask() {
    return { params: { id: this.id } };
  }

  async change(changes: Partial<LabChanges>, { rebase = false } = {}): Promise<void> {
    const { value } = this.draft;
    if (value === null) return;
    const { name, version } = value;
    const body = { name, version, rebase, changes: { ...value.changes, ...changes } };
    this.#put(await call('routingLab.update', { ...this.#ask, body }));
  }
  async play(from: string): Promise<void> {
    this.#replayed(await call('routingLab.replay', { ...this.#ask, body: { from } }));
  }
  async look(): Promise<void> {
    this.#replayed(await call('routingLab.replayed', this.#ask));
  }
  async stop(): Promise<void> {
    await call('routingLab.cancel', this.#ask);
  }
  async publish(): Promise<void> {
    this.#put(await call('routingLab.publish', this.#ask));
  }
  async rollBack(): Promise<void> {
    this.#put(await call('routingLab.rollBack', this.#ask));
  }
  async remove(): Promise<void> {
    await call('routingLab.delete', this.#ask);
    await drafts.load();
  }

  #put(draft: LabDraft): void {
    this.draft.set(draft);
    void drafts.load();
  }
  #replayed(replay: LabReplay): void {
    const { value } = this.draft;
    if (value !== null) this.draft.set({ ...value, replay });
  }
}
export type InForce = NonNullable<Lab['names']['value']>;
