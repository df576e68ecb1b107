import { randomUUID } from 'node:crypto';
import type {
  CatchUp,
  EntriesChanged,
  EntryView,
  Passing,
  Role,
  TicketChanged,
  TicketView,
} from '@switchboard/contract';
import { io, type Socket } from 'socket.io-client';
import { ApiClient } from './api-client.ts';
import { PASSWORD } from './hub.ts';
import { eventually, found } from './eventually.ts';

/** An agent at a console: hears the live stream, keeps what it would show, and acts over the REST API. */
export class Agent {
  readonly api: ApiClient;
  readonly tickets = new Map<string, TicketView>();
  readonly entries = new Map<string, Map<string, EntryView>>();
  readonly passing: Passing[] = [];
  private readonly seqs = new Map<string, number>();
  private readonly socket: Socket;

  private constructor(api: ApiClient) {
    this.api = api;
    this.socket = io(`${api.url}/console`, {
      transports: ['websocket'],
      extraHeaders: { cookie: api.cookieHeader, origin: api.url },
      reconnection: false,
      forceNew: true,
      autoConnect: false,
    });
    this.socket.on('ticket', ({ ticket }: TicketChanged) => this.list(ticket));
    // Cut off while it catches up: it does so again when it is back.
    this.socket.on('entries', (changed: EntriesChanged) => void this.told(changed).catch(() => undefined));
    this.socket.on('passing', (event: Passing) => this.passing.push(event));
  }

  /** Of an API client that is signed in. */
  static async at(api: ApiClient): Promise<Agent> {
    const agent = new Agent(api);
    await agent.connect();
    return agent;
  }

  /** Invites a colleague, who accepts and opens a console at `url` (another hub process of the same centre, perhaps). */
  static async invited(
    admin: ApiClient,
    name: string,
    { url = admin.url, queueIds = [], role = 'agent' }: { url?: string; queueIds?: string[]; role?: Role } = {},
  ): Promise<Agent> {
    const email = `${name.toLowerCase()}-${randomUUID().slice(0, 8)}@example.com`;
    const { link } = await admin.call('invitations.create', { body: { email, name, role, queueIds } });
    const api = new ApiClient(url);
    await api.call('invitations.accept', {
      params: { token: link.split('/').at(-1) ?? '' },
      body: { name, password: PASSWORD },
    });
    return Agent.at(api);
  }

  async connect(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('connect_error', reject);
      this.socket.connect();
    });
    for (const ticketId of this.entries.keys()) await this.watch(ticketId);
  }

  /** Why its line breaks, when it does. */
  cutOff(): Promise<string> {
    return new Promise((resolve) => this.socket.once('disconnect', resolve));
  }

  disconnect(): void {
    this.socket.disconnect();
  }

  /** What a console tells of its person. */
  says(what: 'active' | 'handling', value: boolean | string | null): void {
    this.socket.emit(what, value);
  }

  types(ticketId: string, typing: boolean): void {
    this.socket.emit('typing', ticketId, typing);
  }

  /** The hub has heard all that was said before. */
  async settled(): Promise<void> {
    await this.socket.timeout(10_000).emitWithAck('beat');
  }

  /** As the console does after opening or reconnecting: all that was missed since the last seq. */
  async watch(ticketId: string): Promise<void> {
    if (!this.entries.has(ticketId)) await this.open(ticketId);
    const answer = (await this.socket.timeout(10_000).emitWithAck('watch', ticketId, this.seqs.get(ticketId) ?? 0)) as
      CatchUp | { kind: 'gone' };
    if (answer.kind === 'resync') return this.reopen(ticketId);
    if (answer.kind === 'replay') this.take(ticketId, answer.seq, answer.entries, answer.ticket);
  }

  /** What the hub says to a console that wants to follow a ticket. */
  async asksToWatch(ticketId: string): Promise<string> {
    const answer = (await this.socket.timeout(10_000).emitWithAck('watch', ticketId, 0)) as { kind: string };
    return answer.kind;
  }

  async sees(text: string): Promise<TicketView> {
    return eventually(() =>
      found(
        `${text} in the list`,
        [...this.tickets.values()].find(({ preview }) => preview?.text.includes(text)),
      ),
    );
  }

  async replies(ticketId: string, text: string, clientId = randomUUID()): Promise<void> {
    const detail = await this.api.call('tickets.read', { params: { id: ticketId } });
    const threadId = detail.targets[0]?.threadId ?? '';
    await this.api.call('tickets.reply', {
      params: { id: ticketId },
      body: { clientId, threadId, parts: [{ type: 'text', text }] },
    });
  }

  /** What the conversation shows, in order. */
  texts(ticketId: string): string[] {
    return this.conversation(ticketId).flatMap((entry) =>
      entry.type === 'message' ? entry.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])) : [],
    );
  }

  conversation(ticketId: string): EntryView[] {
    return [...(this.entries.get(ticketId)?.values() ?? [])].sort((a, b) => a.seq - b.seq);
  }

  private async open(ticketId: string): Promise<void> {
    this.entries.set(ticketId, new Map());
    await this.reopen(ticketId);
  }

  private async reopen(ticketId: string): Promise<void> {
    const detail = await this.api.call('tickets.read', { params: { id: ticketId } });
    this.entries.set(ticketId, new Map());
    this.seqs.delete(ticketId);
    this.take(ticketId, detail.ticket.seq, detail.entries, detail.ticket);
  }

  private async told({ ticketId, seq, entries }: EntriesChanged): Promise<void> {
    const known = this.seqs.get(ticketId) ?? 0;
    if (seq <= known) return;
    if (seq === known + 1) this.take(ticketId, seq, entries);
    else await this.watch(ticketId);
  }

  private take(ticketId: string, seq: number, entries: EntryView[], ticket?: TicketView): void {
    if (ticket !== undefined) this.list(ticket);
    if (seq < (this.seqs.get(ticketId) ?? 0)) return;
    this.seqs.set(ticketId, seq);
    for (const entry of entries) this.entries.get(ticketId)?.set(entry.id, entry);
  }

  private list(ticket: TicketView): void {
    if ((this.tickets.get(ticket.id)?.seq ?? -1) <= ticket.seq) this.tickets.set(ticket.id, ticket);
  }
}
