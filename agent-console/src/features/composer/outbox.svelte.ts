import { type EntryView, Overtaken } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { session } from '../../app/session.svelte.ts';
import { live } from '../../live/socket.svelte.ts';
import { Outbox, type Outcome, type OutboxItem } from './outbox.ts';

const AGAIN_MS = 5_000;

/** What is on its way to the server, on screen and on this device. */
class Sending {
  #items = $state.raw<readonly OutboxItem[]>([]);
  #outbox: Outbox | null = null;
  readonly #listeners = new Set<(entry: EntryView) => void>();

  of(ticketId: string): readonly OutboxItem[] {
    return this.#items.filter((item) => item.ticketId === ticketId);
  }
  get waiting(): number {
    return this.#items.filter((item) => item.state === 'waiting').length;
  }
  get outbox(): Outbox {
    if (!this.#outbox) throw new Error('Nobody is signed in');
    return this.#outbox;
  }
  /** The server has stored one. */
  onStored(listener: (entry: EntryView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  /** A live event shows it: whatever the answer to our request will be, it arrived. */
  arrived(clientId: string): void {
    this.#outbox?.remove(clientId);
  }

  start(): () => void {
    const outbox = new Outbox(session.me.id, {
      storage: localStorage,
      alone: aloneOfAllTabs,
      changed: (items) => (this.#items = items),
      send: (item) => this.#send(item),
    });
    this.#outbox = outbox;
    void outbox.flush();
    const again = setInterval(() => navigator.onLine && void outbox.flush(), AGAIN_MS);
    const stop = live.on('reconnected', () => outbox.flush());
    const otherTab = () => outbox.reread();
    addEventListener('storage', otherTab);
    return () => {
      clearInterval(again);
      removeEventListener('storage', otherTab);
      stop();
      this.#outbox = null;
      this.#items = [];
    };
  }

  async #send(item: OutboxItem): Promise<Outcome> {
    const params = { id: item.ticketId };
    try {
      const entry = await post(item, params);
      for (const stored of this.#listeners) stored(entry);
      return { kind: 'sent' };
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      // 401: kept until the same agent signs in again.
      if (error.passing || error.status === 401) return { kind: 'no-connection' };
      const reason = error.fields[0]?.message ?? error.message;
      if (error.code !== 'changed') return { kind: 'refused', reason };
      return { kind: 'changed', reason, overtaken: Overtaken.parse(error.current) };
    }
  }
}

function post({ clientId, content }: OutboxItem, params: { id: string }): Promise<EntryView> {
  if (content.kind === 'note') return call('tickets.note', { params, body: { clientId, text: content.text } });
  const { body, hold } = content;
  return hold ? call('held.create', { params, body: { ...body, hold } }) : call('tickets.reply', { params, body });
}

/** Without locks (no secure context) the clientId alone keeps two tabs from doubling. */
async function aloneOfAllTabs(name: string, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  await navigator.locks.request(name, work);
}

export const sending = new Sending();
