import type { TicketMetrics } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { live } from '../../live/socket.svelte.ts';

/** The figures of the queue follow its tickets by about a second. */
const SETTLE_MS = 1_500;
const GAP_MS = 2_000;
/** The queue's figures also move with time alone. */
const EVERY_MS = 30_000;

/** The service figures beside one conversation, read again when something changes. */
export class Metrics {
  readonly #ticketId: string;
  #value = $state.raw<TicketMetrics | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #readAt = 0;

  constructor(ticketId: string) {
    this.#ticketId = ticketId;
  }
  get value(): TicketMetrics | null {
    return this.#value;
  }
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  start(): () => void {
    void this.read();
    const stops = [
      live.on('ticket', (ticket) => {
        if (ticket.id === this.#ticketId || ticket.queue.id === this.#value?.queue.id) this.#readSoon();
      }),
      live.on('passing', (event) => event.type === 'agent-state' && this.#readSoon()),
      live.on('reconnected', () => this.read()),
    ];
    const every = setInterval(() => document.visibilityState === 'visible' && this.#readSoon(), EVERY_MS);
    return () => {
      clearInterval(every);
      clearTimeout(this.#timer);
      for (const stop of stops) stop();
    };
  }

  async read(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#readAt = Date.now();
    try {
      this.#value = await call('tickets.metrics', { params: { id: this.#ticketId } });
      this.#problem = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#problem = error;
    }
  }

  #readSoon(): void {
    this.#timer ??= setTimeout(() => void this.read(), Math.max(SETTLE_MS, this.#readAt + GAP_MS - Date.now()));
  }
}
