import type {
  CustomerView,
  EntryView,
  HeldEntry,
  ReplyTarget,
  TicketDetail,
  TicketRow,
  TicketView,
} from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { mergeEntries } from '../../live/sequence.ts';
import { live } from '../../live/socket.svelte.ts';
import type { Watcher } from '../../live/watched.ts';
import { sending } from '../composer/outbox.svelte.ts';
import { isHeld, standing } from '../held/standing.ts';
import { unreadOf } from '../inbox/rows.ts';
import { counts } from '../inbox/counts.svelte.ts';
import { tickets } from '../inbox/tickets.svelte.ts';
import { firstUnseenSeq } from './timeline.ts';

const SEEN_MS = 300;
const OLDER_PAGE = 100;

/** One ticket's conversation: what is loaded of it, kept equal to the server's while it is watched. */
export class Conversation implements Watcher {
  readonly id: string;
  #entries = $state.raw<readonly EntryView[]>([]);
  #held = $state.raw<readonly HeldEntry[]>([]);
  #hasOlder = $state(false);
  #loadingOlder = $state(false);
  #targets = $state.raw<readonly ReplyTarget[]>([]);
  #customer = $state.raw<CustomerView>();
  #unreadFrom = $state(Number.POSITIVE_INFINITY);
  #isGone = $state(false);
  #seq: number;
  #readSeq: number;
  /** Changes of entries that are just being loaded. */
  #missed: EntryView[] = [];
  #unwatch: (() => void) | null = null;
  #seenTimer: ReturnType<typeof setTimeout> | undefined;
  #refreshing: Promise<number> | null = null;

  constructor(detail: TicketDetail) {
    this.id = detail.ticket.id;
    this.#seq = detail.ticket.seq;
    this.#readSeq = detail.ticket.seq;
    this.#entries = detail.entries;
    this.#held = detail.held;
    this.#hasOlder = detail.hasOlder;
    this.#targets = detail.targets;
    this.#customer = detail.customer;
    tickets.take([detail.ticket]);
  }

  get ticket(): TicketRow {
    const row = tickets.get(this.id);
    if (!row) throw new Error('A conversation without its ticket');
    return row;
  }
  get entries(): readonly EntryView[] {
    return this.#entries;
  }
  /** Replies of ours that wait for their time or came back. */
  get held(): readonly HeldEntry[] {
    return this.#held;
  }
  get hasOlder(): boolean {
    return this.#hasOlder;
  }
  get loadingOlder(): boolean {
    return this.#loadingOlder;
  }
  get targets(): readonly ReplyTarget[] {
    return this.#targets;
  }
  get customer(): CustomerView | undefined {
    return this.#customer;
  }
  get unreadFrom(): number {
    return this.#unreadFrom;
  }
  get isGone(): boolean {
    return this.#isGone;
  }
  /** What the agent had in sight: a reply is held back when somebody wrote after it. */
  get readSeq(): number {
    return this.#readSeq;
  }

  /** On screen from now on. `again`: it was loaded before, and what does not come live may be old. */
  show(again: boolean): void {
    this.#unreadFrom = firstUnseenSeq(this.#entries, unreadOf(this.ticket));
    this.#unwatch ??= live.watch(this.id, this.#seq, this);
    if (again) void this.refresh().catch(() => this.#seq);
  }
  leave(): void {
    this.#unwatch?.();
    this.#unwatch = null;
    this.#unreadFrom = Number.POSITIVE_INFINITY;
  }

  apply(news: EntryView[], seq: number, ticket?: TicketView): void {
    if (ticket) tickets.hear(ticket);
    this.#held = standing(this.#held, news);
    for (const entry of news) if ('clientId' in entry && entry.clientId) sending.arrived(entry.clientId);
    const changed = news.filter((entry) => !isHeld(entry));
    const known = new Set(this.#entries.map((entry) => entry.id));
    const first = this.#hasOlder ? (this.#entries[0]?.seq ?? 0) : 0;
    if (this.#loadingOlder) this.#missed.push(...changed.filter((entry) => entry.seq < first));
    if (changed.length > 0) this.#entries = mergeEntries(this.#entries, changed, first);
    this.#seq = Math.max(this.#seq, seq);
    if (changed.some((entry) => this.#bearsOnTargets(entry, !known.has(entry.id)))) {
      void this.refresh().catch(() => this.#seq);
    }
  }
  async resync(): Promise<number> {
    return this.refresh(true);
  }
  gone(): void {
    this.#isGone = true;
  }

  /** The answer to our own send. The live event may have been faster, with a newer state. */
  stored(entry: EntryView): void {
    if (isHeld(entry)) {
      const known = [...this.#held, ...this.#entries];
      const isOld = known.some((each) => 'clientId' in each && each.clientId === entry.clientId);
      if (!isOld) this.#held = standing(this.#held, [entry]);
      return;
    }
    if (this.#entries.some((each) => each.id === entry.id)) return;
    this.#entries = mergeEntries(this.#entries, [entry]);
  }
  /** Another channel goes on here. */
  wayOpened(target: ReplyTarget): void {
    this.#targets = [...this.#targets.filter(({ threadId }) => threadId !== target.threadId), target];
  }
  customerChanged(customer: CustomerView): void {
    this.#customer = customer;
  }

  /** Reads ticket, customer and what can be replied over. `anew`: the entries too, from their newest page. */
  refresh(anew = false): Promise<number> {
    if (this.#refreshing && !anew) return this.#refreshing;
    const reading = call('tickets.read', { params: { id: this.id } })
      .then((detail) => {
        tickets.take([detail.ticket]);
        this.#targets = detail.targets;
        this.#customer = detail.customer;
        if (anew) {
          this.#held = detail.held;
          this.#entries = detail.entries;
          this.#hasOlder = detail.hasOlder;
          this.#seq = detail.ticket.seq;
        }
        return detail.ticket.seq;
      })
      .finally(() => (this.#refreshing = null));
    this.#refreshing = reading;
    return reading;
  }

  /** Throws when it can't be read. */
  async loadOlder(): Promise<void> {
    const first = this.#entries[0];
    if (this.#loadingOlder || !this.#hasOlder || !first) return;
    this.#loadingOlder = true;
    this.#missed = [];
    try {
      const query = { beforeSeq: first.seq, limit: OLDER_PAGE };
      const older = await call('tickets.entries', { params: { id: this.id }, query });
      const page = mergeEntries(older.entries, this.#missed, older.entries[0]?.seq);
      // A resync may have replaced what the page joins.
      if (this.#entries[0]?.id !== first.id) return;
      this.#entries = [...page, ...this.#entries];
      this.#hasOlder = older.hasOlder;
    } finally {
      this.#loadingOlder = false;
    }
  }

  /** The agent looks at the newest message. */
  seen(): void {
    this.#readSeq = this.#seq;
    const { inboundCount, seenInbound } = this.ticket;
    if (inboundCount <= seenInbound) return;
    tickets.take([{ ...this.ticket, seenInbound: inboundCount }]);
    clearTimeout(this.#seenTimer);
    this.#seenTimer = setTimeout(() => {
      const body = { inboundCount: this.ticket.inboundCount };
      // Lost: the ticket stays unread elsewhere until it is opened again.
      call('tickets.seen', { params: { id: this.id }, body }, { keepalive: true }).then(
        () => counts.readSoon(),
        (error: unknown) => {
          if (!(error instanceof ApiProblem)) throw error;
        },
      );
    }, SEEN_MS);
  }

  #bearsOnTargets(entry: EntryView, isNew: boolean): boolean {
    if (entry.type === 'event') return entry.event === 'customer.changed' || entry.event === 'consent.changed';
    if (!isNew || entry.type !== 'message' || entry.direction !== 'in') return false;
    const target = this.#targets.find((each) => each.threadId === entry.threadId);
    // A new thread, or a customer's message that opens the reply window again.
    return !target || target.blocked !== null || target.closesAt !== null;
  }
}
