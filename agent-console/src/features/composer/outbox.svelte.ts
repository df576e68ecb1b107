import type { EntryView } from '@switchboard/contract';
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
      changed: (items) => (this.#items = items),
      send: (item) => this.#send(item),
    });
    this.#outbox = outbox;
    void outbox.flush();
    const again = setInterval(() => navigator.onLine && void outbox.flush(), AGAIN_MS);
    const stop = live.on('reconnected', () => outbox.flush());
    return () => {
      clearInterval(again);
      stop();
      this.#outbox = null;
      this.#items = [];
    };
  }

  async #send(item: OutboxItem): Promise<Outcome> {
    const params = { id: item.ticketId };
    try {
      const entry =
        item.content.kind === 'reply'
          ? await call('tickets.reply', { params, body: item.content.body })
          : await call('tickets.note', { params, body: { clientId: item.clientId, text: item.content.text } });
      for (const stored of this.#listeners) stored(entry);
      return { kind: 'sent' };
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      // 401: kept until the same agent signs in again.
      if (error.passing || error.status === 401) return { kind: 'no-connection' };
      const reason = error.fields[0]?.message ?? error.message;
      return { kind: error.code === 'changed' ? 'changed' : 'refused', reason };
    }
  }
}

export const sending = new Sending();
