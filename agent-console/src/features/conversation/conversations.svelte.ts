import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { live } from '../../live/socket.svelte.ts';
import { sending } from '../composer/outbox.svelte.ts';
import { tickets } from '../inbox/tickets.svelte.ts';
import { Conversation } from './conversation.svelte.ts';

/** Opened or prefetched lately: shown at once, then caught up. */
const KEPT = 40;

/** Which conversation is open, and those that are at hand. */
class Conversations {
  readonly #kept = new Map<string, Conversation>();
  readonly #loading = new Map<string, Promise<Conversation>>();
  #wanted = $state<string | null>(null);
  #current = $state.raw<Conversation | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);

  /** The open one; null while it loads. */
  get current(): Conversation | null {
    return this.#current;
  }
  /** Id or number of the ticket that should be open. */
  get wanted(): string | null {
    return this.#wanted;
  }
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  start(): () => void {
    const stops = [
      sending.onStored((entry) => this.#kept.get(entry.ticketId)?.stored(entry)),
      live.on('reconnected', () => this.#current?.refresh()),
    ];
    return () => {
      stops.forEach((stop) => stop());
      this.close();
      this.#kept.clear();
    };
  }

  async open(wanted: string): Promise<void> {
    if (this.#wanted === wanted && !this.#problem) return;
    this.close();
    this.#wanted = wanted;
    const at = this.#at(wanted);
    if (at) return this.#show(at, true);
    try {
      const loaded = await this.#load(wanted);
      if (this.#wanted === wanted) this.#show(loaded, false);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (this.#wanted === wanted) this.#problem = error;
    }
  }

  close(): void {
    this.#current?.leave();
    this.#current = null;
    this.#wanted = null;
    this.#problem = null;
  }

  /** Reads it before it is asked for: on hover, and the next row. */
  prefetch(id: string | null): void {
    if (id === null || this.#at(id)) return;
    // Opening it will say what is wrong.
    this.#load(id).catch(() => undefined);
  }

  #at(wanted: string): Conversation | undefined {
    const id = /^\d+$/.test(wanted) ? tickets.byNumber(Number(wanted))?.id : wanted;
    return id === undefined ? undefined : this.#kept.get(id);
  }

  #show(conversation: Conversation, again: boolean): void {
    this.#keep(conversation);
    this.#current = conversation;
    conversation.show(again);
  }

  #load(wanted: string): Promise<Conversation> {
    const id = (/^\d+$/.test(wanted) ? tickets.byNumber(Number(wanted))?.id : wanted) ?? wanted;
    let loading = this.#loading.get(id);
    if (!loading) {
      loading = call('tickets.read', { params: { id } })
        .then((detail) => this.#keep(this.#kept.get(detail.ticket.id) ?? new Conversation(detail)))
        .finally(() => this.#loading.delete(id));
      this.#loading.set(id, loading);
    }
    return loading;
  }

  #keep(conversation: Conversation): Conversation {
    this.#kept.delete(conversation.id);
    this.#kept.set(conversation.id, conversation);
    for (const [id, each] of this.#kept) {
      if (this.#kept.size <= KEPT) break;
      if (each !== this.#current) this.#kept.delete(id);
    }
    return conversation;
  }
}

export const conversations = new Conversations();
