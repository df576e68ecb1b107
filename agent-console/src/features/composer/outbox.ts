import type { Hold, Overtaken, SendReply } from '@switchboard/contract';

/** A reply or note that is on its way. Kept on this device until the server has it, whatever happens to the page. */
export interface OutboxItem {
  readonly clientId: string;
  readonly ticketId: string;
  readonly at: string;
  readonly author: string;
  /** `hold`: it does not go out at once. */
  readonly content: { kind: 'reply'; body: SendReply; hold?: Hold } | { kind: 'note'; text: string };
  /** sending: asked now; waiting: for the connection; changed: someone wrote meanwhile (409); refused: the server says no. */
  readonly state: 'sending' | 'waiting' | 'changed' | 'refused';
  readonly reason?: string;
  /** What came in between, where it changed. */
  readonly overtaken?: Overtaken;
}

/** What became of one attempt. */
export type Outcome =
  | { kind: 'sent' }
  | { kind: 'no-connection' }
  | { kind: 'changed'; reason: string; overtaken?: Overtaken }
  | { kind: 'refused'; reason: string };

export interface OutboxPorts {
  /** Must not throw: what goes wrong is an outcome. */
  send(item: OutboxItem): Promise<Outcome>;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
  /** Runs `work` as soon as no other tab does anything under this name. */
  alone(name: string, work: () => Promise<void>): Promise<void>;
  /** Items changed: show them. */
  changed(items: readonly OutboxItem[]): void;
}

/**
 * What is on this device belongs to all tabs of it: one key per item, so that they never overwrite each other's, and one tab
 * at a time sends for a ticket, in the order of writing. Whatever is sent twice all the same, its `clientId` makes one reply.
 */
export class Outbox {
  readonly #prefix: string;
  readonly #ports: OutboxPorts;
  #items: readonly OutboxItem[];
  /** One at a time per ticket: replies arrive in the order they were written. */
  readonly #busy = new Set<string>();

  constructor(agentId: string, ports: OutboxPorts) {
    this.#prefix = `switchboard.outbox.${agentId}.`;
    this.#ports = ports;
    this.#items = this.#load();
    ports.changed(this.#items);
  }

  get items(): readonly OutboxItem[] {
    return this.#items;
  }

  add(item: Omit<OutboxItem, 'state' | 'reason'>): void {
    this.#set({ ...item, state: 'waiting' });
    void this.flush();
  }

  /** Sends what waits: after adding, on reconnecting, when the network is back. */
  async flush(): Promise<void> {
    const tickets = new Set(this.#items.filter((item) => item.state === 'waiting').map((item) => item.ticketId));
    await Promise.all([...tickets].map((ticketId) => this.#flushTicket(ticketId)));
  }

  /** Another tab has put something in, or taken it out. */
  reread(): void {
    const isSending = (item: OutboxItem) => this.find(item.clientId)?.state === 'sending';
    this.#publish(this.#load().map((item) => (isSending(item) ? { ...item, state: 'sending' } : item)));
  }

  retry(clientId: string): void {
    const item = this.find(clientId);
    if (!item) return;
    this.#set({ ...item, state: 'waiting' });
    void this.flush();
  }

  /** The server has it, or the agent took it back. Answers what was removed: of all tabs, one gets it. */
  remove(clientId: string): OutboxItem | undefined {
    const item = this.#isKept(clientId) ? this.find(clientId) : undefined;
    this.#ports.storage.removeItem(this.#prefix + clientId);
    this.#publish(this.#items.filter((each) => each.clientId !== clientId));
    return item;
  }

  find(clientId: string): OutboxItem | undefined {
    return this.#items.find((item) => item.clientId === clientId);
  }

  async #flushTicket(ticketId: string): Promise<void> {
    if (this.#busy.has(ticketId)) return;
    this.#busy.add(ticketId);
    try {
      await this.#ports.alone(this.#prefix + ticketId, () => this.#sendAll(ticketId));
    } finally {
      this.#busy.delete(ticketId);
    }
  }

  async #sendAll(ticketId: string): Promise<void> {
    // Another tab may have sent them before it was our turn.
    this.reread();
    for (let item = this.#next(ticketId); item; item = this.#next(ticketId)) {
      this.#show({ ...item, state: 'sending' });
      if (!this.#settle(item, await this.#ports.send(item))) break;
    }
  }

  /** Answers whether the next one may be tried. */
  #settle(item: OutboxItem, outcome: Outcome): boolean {
    if (outcome.kind === 'sent') this.remove(item.clientId);
    // A live event may have said meanwhile that it arrived.
    else if (!this.find(item.clientId)) return true;
    else if (outcome.kind === 'no-connection') this.#set({ ...item, state: 'waiting' });
    else if (outcome.kind === 'refused') this.#set({ ...item, state: 'refused', reason: outcome.reason });
    else this.#set({ ...item, ...outcome, state: 'changed' } as OutboxItem);
    return outcome.kind !== 'no-connection';
  }

  #next(ticketId: string): OutboxItem | undefined {
    return this.#items.find((item) => item.ticketId === ticketId && item.state === 'waiting');
  }

  #isKept(clientId: string): boolean {
    return this.#ports.storage.getItem(this.#prefix + clientId) !== null;
  }
  #set(item: OutboxItem): void {
    this.#ports.storage.setItem(this.#prefix + item.clientId, JSON.stringify(item));
    this.#show(item);
  }
  #show(item: OutboxItem): void {
    const known = this.find(item.clientId) !== undefined;
    this.#publish(
      known ? this.#items.map((each) => (each.clientId === item.clientId ? item : each)) : [...this.#items, item],
    );
  }
  #publish(items: readonly OutboxItem[]): void {
    this.#items = items;
    this.#ports.changed(items);
  }

  #load(): OutboxItem[] {
    const { storage } = this.#ports;
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
    return keys
      .filter((key): key is string => key?.startsWith(this.#prefix) ?? false)
      .map((key) => JSON.parse(storage.getItem(key) ?? 'null') as OutboxItem | null)
      .filter((item): item is OutboxItem => item !== null)
      .sort((a, b) => (a.at < b.at ? -1 : 1));
  }
}
