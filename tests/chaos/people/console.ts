import type { ConsoleToServer, EntryView, ServerToConsole, TicketView } from '@switchboard/contract';
import { io, type Socket } from 'socket.io-client';
import { mergeEntries, newerTicket } from '../../../agent-console/src/live/sequence.ts';
import { Watched, type WatchAnswer } from '../../../agent-console/src/live/watched.ts';
import { conversationOf, listOf } from '../reads.ts';
import { comingBack } from './come-back.ts';
import type { Desk } from './desk.ts';

const ANSWER_MS = 4_000;
const BEAT_MS = 10_000;

interface Shown {
  readonly watched: Watched;
  entries: readonly EntryView[];
}

/** A console without the browser: the console's own rules for what it shows, fed by a real socket. */
export class Console {
  readonly tickets = new Map<string, TicketView>();
  readonly #open = new Map<string, Shown>();
  readonly #opening = new Set<string>();
  readonly #socket: Socket<ServerToConsole, ConsoleToServer>;
  readonly #beating: NodeJS.Timeout;
  readonly #stayAway: () => void;

  constructor(
    url: string,
    private readonly desk: Desk,
  ) {
    this.#socket = io(`${url}/console`, {
      transports: ['websocket'],
      extraHeaders: { cookie: desk.cookie, origin: url },
      forceNew: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 2_000,
    });
    this.#socket.on('connect', () => void this.#connected());
    this.#stayAway = comingBack(this.#socket);
    this.#socket.on('ticket', ({ ticket }) => this.#list(ticket));
    this.#socket.on('entries', (change) => this.#open.get(change.ticketId)?.watched.offer(change));
    this.#beating = setInterval(() => void this.#beat(), BEAT_MS);
  }

  /** The conversation of a ticket, as far as it is open. */
  entries(ticketId: string): readonly EntryView[] | undefined {
    return this.#open.get(ticketId)?.entries;
  }

  cut(): void {
    this.#socket.io.engine?.close();
  }

  close(): void {
    clearInterval(this.#beating);
    for (const { watched } of this.#open.values()) watched.stop();
    this.#stayAway();
    this.#socket.off();
    this.#socket.disconnect();
  }

  #list(ticket: TicketView): void {
    this.tickets.set(ticket.id, newerTicket(this.tickets.get(ticket.id) ?? ticket, ticket));
    if (!this.#open.has(ticket.id)) void this.#show(ticket.id);
  }

  /** Opens every ticket that it hears of, and keeps it open. */
  async #show(ticketId: string): Promise<void> {
    if (this.#opening.has(ticketId)) return;
    this.#opening.add(ticketId);
    const read = await conversationOf(this.desk, ticketId);
    const shown: Shown = {
      entries: read.entries,
      watched: new Watched(read.seq, this.#watcher(ticketId), {
        ask: (seq) => this.#ask(ticketId, seq),
        connected: () => this.#socket.connected,
        later: (ms, run) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
      }),
    };
    this.#open.set(ticketId, shown);
    if (this.#socket.connected) void shown.watched.catchUp();
  }

  #watcher(ticketId: string): ConstructorParameters<typeof Watched>[1] {
    const shown = () => this.#open.get(ticketId);
    return {
      apply: (entries, _seq, ticket) => {
        const now = shown();
        if (now) now.entries = mergeEntries(now.entries, entries);
        if (ticket) this.#list(ticket);
      },
      resync: async () => {
        const read = await conversationOf(this.desk, ticketId);
        const now = shown();
        if (now) now.entries = read.entries;
        return read.seq;
      },
      gone: () => undefined,
    };
  }

  async #ask(ticketId: string, seq: number): Promise<WatchAnswer> {
    if (!this.#socket.connected) throw new Error('not connected');
    return (await this.#socket.timeout(ANSWER_MS).emitWithAck('watch', ticketId, seq)) as WatchAnswer;
  }

  async #connected(): Promise<void> {
    for (const { watched } of this.#open.values()) void watched.catchUp();
    // What happened to the list meanwhile is not told again.
    for (const ticket of await listOf(this.desk)) this.#list(ticket);
  }

  async #beat(): Promise<void> {
    if (!this.#socket.connected) return;
    try {
      await this.#socket.timeout(ANSWER_MS).emitWithAck('beat');
    } catch {
      this.#socket.disconnect().connect(); // half-open: a new connection is faster than waiting for the time-out
    }
  }
}
