import type { Passing, VisitorPresence } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { session } from '../../app/session.svelte.ts';

/** Whoever typed and said no more has stopped. */
const TYPING_MS = 6_000;

/** Who is at one ticket now. Nothing of it is stored. */
export class PresenceState {
  readonly #ticketId: string;
  #customer = $state<string | null>(null);
  #visitor = $state.raw<VisitorPresence | null>(null);
  #agents = $state.raw<readonly { id: string; name: string }[]>([]);
  #typing = $state.raw<ReadonlyMap<string, string>>(new Map());
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(ticketId: string) {
    this.#ticketId = ticketId;
  }
  /** The customer's name while they type. */
  get customerTyping(): string | null {
    return this.#customer;
  }
  get replying(): string[] {
    return [...this.#typing.values()];
  }
  get viewing(): readonly { id: string; name: string }[] {
    return this.#agents.filter((agent) => agent.id !== session.me.id && !this.#typing.has(agent.id));
  }

  /** Whether the customer has the chat before them; null: they are no visitor of it, or it is not known yet. */
  get visitor(): VisitorPresence | null {
    return this.#visitor;
  }
  /** What is not told could not be read: it comes with the next change. */
  async read(): Promise<void> {
    try {
      this.#visitor = (await call('tickets.visitor', { params: { id: this.#ticketId } })).visitor;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
    }
  }

  heard(event: Passing): void {
    if (!('ticketId' in event) || event.ticketId !== this.#ticketId) return;
    if (event.type === 'visitor') this.#visitor = event.visitor;
    if (event.type === 'viewers') this.#agents = event.agents;
    if (event.type !== 'typing' || event.agentId === session.me.id) return;
    const key = event.agentId ?? 'customer';
    clearTimeout(this.#timers.get(key));
    if (event.who === 'customer') this.#customer = event.typing ? event.name : null;
    else this.#setTyping(key, event.typing ? event.name : null);
    if (event.typing)
      this.#timers.set(
        key,
        setTimeout(() => this.heard({ ...event, typing: false }), TYPING_MS),
      );
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #setTyping(agentId: string, name: string | null): void {
    const typing = new Map(this.#typing);
    if (name === null) typing.delete(agentId);
    else typing.set(agentId, name);
    this.#typing = typing;
  }
}
