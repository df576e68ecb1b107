import PhoneIcon from '@lucide/svelte/icons/phone';
import PenIcon from '@lucide/svelte/icons/square-pen';
import type { CustomerView, Handle, TicketRow } from '@switchboard/contract';
import { call } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { calls } from '../features/calls/calls.svelte.ts';
import { directory } from '../features/directory.svelte.ts';
import { starting } from '../features/inbox/starting.svelte.ts';
import { t } from '../text/index.ts';
import { type Command, commands } from './commands.svelte.ts';
import { fitness } from './fitness.ts';
import { addressIn } from './typed-address.ts';

const DEBOUNCE_MS = 120;
const PEOPLE_MOST = 6;
const COMMANDS_MOST = 8;

/** What can be done at an address that was typed. */
function atAddress(handle: Handle | null): Command[] {
  if (handle === null) return [];
  const { type, value } = handle;
  const about = { group: t('palette.group.do') };
  const write = { ...about, id: 'address.write', title: t('start.at', { address: value }), icon: PenIcon };
  const dial = { ...about, id: 'address.call', title: t('call.to', { number: value }), icon: PhoneIcon };
  return [
    ...(directory.startableTo(type).length > 0 ? [{ ...write, run: () => starting.open({ handles: [handle] }) }] : []),
    ...(type === 'phone' && directory.callable.length > 0 ? [{ ...dial, run: () => void calls.dial(value) }] : []),
  ];
}

/** What the palette shows for the words typed: commands at once, tickets and customers when the hub has answered. */
export class Palette {
  #text = $state('');
  #found = $state.raw<{ tickets: TicketRow[]; customers: CustomerView[] }>({ tickets: [], customers: [] });
  #problem = $state.raw<ApiProblem | null>(null);
  #busy = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | undefined;

  get text(): string {
    return this.#text;
  }
  get busy(): boolean {
    return this.#busy;
  }
  get problem(): ApiProblem | null {
    return this.#problem;
  }
  get commands(): readonly Command[] {
    const fits = commands.usable
      .map((command) => ({ command, fit: fitness(command, this.#text) }))
      .filter(({ fit }) => fit > 0);
    if (this.#text.trim()) fits.sort((a, b) => b.fit - a.fit);
    const found = fits.slice(0, this.#text.trim() ? COMMANDS_MOST : undefined).map(({ command }) => command);
    return [...atAddress(addressIn(this.#text)), ...found];
  }
  get tickets(): readonly TicketRow[] {
    return this.#found.tickets.slice(0, PEOPLE_MOST);
  }
  get customers(): readonly CustomerView[] {
    return this.#found.customers.slice(0, PEOPLE_MOST);
  }

  type(text: string): void {
    this.#text = text;
    clearTimeout(this.#timer);
    this.#asked?.abort();
    const words = text.trim();
    this.#busy = words !== '';
    if (words) this.#timer = setTimeout(() => void this.#search(words), DEBOUNCE_MS);
    else this.#found = { tickets: [], customers: [] };
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asked?.abort();
  }

  /** The last answer stays until the new one is there: nothing flickers, and an older answer never wins. */
  async #search(words: string): Promise<void> {
    const mine = (this.#asked = new AbortController());
    try {
      const found = await call(
        'search',
        { query: { q: words.replace(/^#(?=\d)/, ''), limit: PEOPLE_MOST } },
        { signal: mine.signal },
      );
      if (mine.signal.aborted) return;
      this.#found = found;
      this.#problem = null;
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof ApiProblem)) throw error;
      this.#problem = error;
      this.#found = { tickets: [], customers: [] };
    } finally {
      if (!mine.signal.aborted) this.#busy = false;
    }
  }
}
