import { SvelteSet } from 'svelte/reactivity';
import type { Role } from '@switchboard/contract';
import { SCHEDULED } from '../../app/routes.ts';
import { live } from '../../live/socket.svelte.ts';
import { counts } from './counts.svelte.ts';
import { filterKey, type ListFilter, unreadOf, type ViewName } from './rows.ts';
import { TicketList } from './ticket-list.svelte.ts';
import { tickets } from './tickets.svelte.ts';

export const viewNames: readonly ViewName[] = [
  'mine',
  'unassigned',
  'open',
  'snoozed',
  'resolved',
  'poorly-rated',
  'all',
];
/** Those that somebody looks through. */
export const viewsOf = (role: Role): readonly ViewName[] =>
  viewNames.filter((view) => view !== 'poorly-rated' || role !== 'agent');
const QUEUE = 'queue-';

/** The view in the address: `mine`, or `queue-<id>`. */
export function filterOf(slug: string): ListFilter {
  if (slug.startsWith(QUEUE)) return { view: 'open', queueId: slug.slice(QUEUE.length) };
  return { view: viewNames.find((name) => name === slug) ?? 'open' };
}
export const queueSlug = (queueId: string): string => QUEUE + queueId;

/** The lists, which one is shown, where the cursor is and what is ticked. */
class Inbox {
  readonly #lists = new Map<string, TicketList>();
  #slug = $state('open');
  #list = $state.raw(new TicketList({ view: 'open' }));
  #mine = $state.raw(new TicketList({ view: 'mine' }));
  #cursor = $state<string | null>(null);
  readonly selected = new SvelteSet<string>();

  get slug(): string {
    return this.#slug;
  }
  get list(): TicketList {
    return this.#list;
  }
  /** The row that the keyboard stands on. */
  get cursor(): string | null {
    return this.#cursor;
  }
  /** My tickets with something unread: the figure in the window's title. */
  get unread(): number {
    const known = this.#mine.ids.filter((id) => {
      const row = tickets.get(id);
      return row && unreadOf(row) > 0;
    }).length;
    // The loaded list knows at once; of a longer one the hub counts what is below.
    return this.#mine.complete ? known : Math.max(known, counts.value?.mineUnread ?? 0);
  }

  start(): () => void {
    this.#mine = this.#listOf({ view: 'mine' });
    void this.#mine.load();
    counts.readSoon();
    const stops = [
      live.on('ticket', (ticket) => tickets.hear(ticket)),
      live.on('passing', (event) => {
        if (event.type === 'seen') tickets.seen(event.ticketId, event.inboundCount);
      }),
      live.on('reconnected', () => this.#rereadAll()),
      tickets.onChange((changes) => {
        for (const list of this.#lists.values()) list.heard(changes);
        counts.readSoon();
      }),
    ];
    return () => {
      stops.forEach((stop) => stop());
      this.#lists.clear();
      this.selected.clear();
      this.#slug = '';
      tickets.clear();
      counts.clear();
    };
  }

  show(slug: string): void {
    if (slug === this.#slug && this.#list.phase !== 'new') return;
    this.#slug = slug;
    this.#list.hold(false);
    this.selected.clear();
    // It lists no tickets.
    if (slug === SCHEDULED) return;
    this.#list = this.#listOf(filterOf(slug));
    void this.#list.load();
  }

  standOn(id: string | null): void {
    this.#cursor = id;
  }
  /** The row `by` steps from the cursor, or from the ticket that is open; stays within the list. */
  step(by: 1 | -1, from: string | null = this.#cursor): string | null {
    const ids = this.#slug === SCHEDULED ? [] : this.#list.ids;
    const at = from === null ? -1 : ids.indexOf(from);
    const next = at === -1 ? (by === 1 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + by));
    return ids[next] ?? null;
  }
  tick(id: string): void {
    if (!this.selected.delete(id)) this.selected.add(id);
  }

  #listOf(filter: ListFilter): TicketList {
    const key = filterKey(filter);
    let list = this.#lists.get(key);
    if (!list) this.#lists.set(key, (list = new TicketList(filter)));
    return list;
  }
  async #rereadAll(): Promise<void> {
    const loaded = [...this.#lists.values()].filter((list) => list.phase === 'ready');
    // Lists out of sight are read again when they are shown.
    const seen = loaded.filter((list) => list === this.#list || list === this.#mine);
    await Promise.allSettled([counts.read(), ...seen.map((list) => list.reread())]);
  }
}

export const inbox = new Inbox();
