import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { v7 as newId } from 'uuid';
import type { Customer } from '../../../server/src/modules/customers/customer.schema.ts';
import { searchWords } from '../../../server/src/modules/customers/words.ts';
import { wholeClock } from '../../../server/src/modules/sla/clocks/service-clock.ts';
import type { StoredMessage } from '../../../server/src/modules/tickets/entry.schema.ts';
import type { Thread } from '../../../server/src/modules/tickets/thread.schema.ts';
import type { Ticket } from '../../../server/src/modules/tickets/ticket.schema.ts';
import type { ApiClient } from '../../support/api-client.ts';

const MESSAGES = 10;
const TICKETS_PER_CUSTOMER = 4;
/** Tickets whose rows are stored by one round of inserts. */
const AT_ONCE = 200;
const DAY_MS = 86_400_000;
const FIRST_NUMBER = 10_000_000;
/** One ticket in fifty is still open. */
const OPEN_EVERY = 50;
const syllables = ['ba', 'ne', 'ri', 'so', 'tu', 'ka', 'le', 'mi', 'no', 'va', 'de', 'fi', 'go', 'hu', 'ja', 'pe'];

export interface Past {
  readonly queueId: string;
  growTo(tickets: number): Promise<void>;
  aTicketId(): string;
  aCustomerId(): string;
  /** A name that a few have. */
  aName(): string;
  /** A word that every ticket has. */
  readonly commonWord: string;
  /** How often a whole collection was read since the last growth. */
  scans(): Promise<number>;
  close(): Promise<void>;
}

/** A centre's past, written straight into its database: documents of the product's own types, by bulk. */
export async function openPast(uri: string, admin: ApiClient): Promise<Past> {
  const database = await mongoose.createConnection(uri, { dbName: 'switchboard' }).asPromise();
  const { items } = await admin.call('queues.list', {});
  const queueId = items[0]?.id ?? '';
  const accountId = randomUUID();
  const ticketIds: string[] = [];
  const customers: Customer[] = [];
  const insert = (name: string, documents: object[]) =>
    database.collection(name).insertMany(documents, { ordered: false, ignoreUndefined: true });
  const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
  return {
    queueId,
    async growTo(wanted) {
      for (let first = ticketIds.length; first < wanted; first += AT_ONCE) {
        const fresh = Array.from({ length: AT_ONCE / TICKETS_PER_CUSTOMER }, (_, at) =>
          aCustomer(first / TICKETS_PER_CUSTOMER + at),
        );
        customers.push(...fresh);
        const rows = Array.from({ length: AT_ONCE }, (_, at) => {
          const customer = fresh[at % fresh.length] as Customer;
          return aConversation(first + at, wanted, customer, queueId, accountId);
        });
        ticketIds.push(...rows.map(({ ticket }) => ticket._id));
        await Promise.all([
          insert('customers', fresh),
          insert(
            'tickets',
            rows.map(({ ticket }) => ticket),
          ),
          insert(
            'threads',
            rows.map(({ thread }) => thread),
          ),
          insert(
            'entries',
            rows.flatMap(({ messages }) => messages),
          ),
        ]);
      }
      await database.db?.admin().command({ scanStats: 1, reset: true });
    },
    aTicketId: () => any(ticketIds),
    aCustomerId: () => any(customers)._id,
    aName: () => any(customers).name.split(' ')[1] ?? '',
    commonWord: 'order',
    async scans() {
      const stats = await database.db?.admin().command({ scanStats: 1 });
      return Number(stats?.['scans']);
    },
    close: () => database.close(),
  };
}

/** Spreads numbers over words that nobody counts by. */
const wordOf = (number: number): string => {
  const mixed = Math.imul(number + 1, 2_654_435_761) >>> 0;
  return [0, 4, 8, 12].map((shift) => syllables[(mixed >>> shift) & 15]).join('');
};

function aCustomer(number: number): Customer {
  const phone = `+1666${String(number).padStart(7, '0')}`;
  const name = `${wordOf(number)} ${wordOf(number * 7 + 3)}`;
  const now = new Date();
  return {
    _id: newId(),
    name,
    named: true,
    handles: [{ type: 'phone', value: phone }],
    handleKeys: [`phone:${phone}`],
    attributes: {},
    consent: [],
    words: searchWords(name, phone),
    createdAt: now,
    lastSeenAt: now,
    page: null,
  };
}

function aConversation(number: number, of: number, customer: Customer, queueId: string, channelAccountId: string) {
  const begun = new Date(Date.now() - 400 * DAY_MS + Math.floor((number / of) * 399 * DAY_MS));
  const at = (turn: number) => new Date(begun.getTime() + turn * 600_000);
  const ticketId = newId();
  const thread = aThread(ticketId, number, customer, channelAccountId, begun);
  const messages = Array.from({ length: MESSAGES }, (_, turn) =>
    aMessage({ ticketId, thread, customer, seq: turn + 1, at: at(turn) }),
  );
  return { ticket: aTicket(ticketId, number, customer, queueId, begun, at(MESSAGES)), thread, messages };
}

function aTicket(id: string, number: number, customer: Customer, queueId: string, begun: Date, last: Date): Ticket {
  const open = number % OPEN_EVERY === 0;
  const subject = `Order ${wordOf(number * 3)} ${wordOf(number * 5)}`;
  return {
    ...timesOf(begun, last, open),
    _id: id,
    number: FIRST_NUMBER + number,
    seq: MESSAGES,
    openedBy: `past:${number}`,
    subject,
    status: open ? 'open' : 'resolved',
    active: open,
    priority: 'normal',
    queueId,
    assigneeId: null,
    tags: [],
    customerId: customer._id,
    customerName: customer.name,
    channel: 'sms',
    channels: ['sms'],
    preview: { text: subject, from: 'customer', at: last },
    inboundCount: MESSAGES / 2,
    replyCount: MESSAGES / 2,
    scheduled: 0,
    needsAttention: false,
    words: searchWords(String(FIRST_NUMBER + number), subject, customer.name),
  };
}

const timesOf = (begun: Date, last: Date, open: boolean) => ({
  waitingSince: open ? last : null,
  firstResponse: wholeClock({ startedAt: begun, dueAt: last, doneAt: last }),
  nextResponse: null,
  resolution: null,
  policyId: null,
  escalateAt: null,
  snoozedUntil: null,
  pendingMs: 0,
  pendingSince: null,
  createdAt: begun,
  updatedAt: last,
  firstResolvedAt: open ? null : last,
  resolvedAt: open ? null : last,
});

function aThread(ticketId: string, number: number, customer: Customer, channelAccountId: string, at: Date): Thread {
  const externalId = `past-${number}`;
  return {
    _id: newId(),
    channelAccountId,
    channel: 'sms',
    externalId,
    shape: 'direct',
    ticketId,
    customerId: customer._id,
    subject: null,
    recipient: { externalId, handles: customer.handles },
    participants: [externalId],
    cc: [],
    replyToken: randomUUID(),
    lastInboundAt: at,
    lastInboundExternalId: `${externalId}-1`,
    seenAt: null,
    createdAt: at,
  };
}

interface Turn {
  ticketId: string;
  thread: Thread;
  customer: Customer;
  seq: number;
  at: Date;
}

function aMessage({ ticketId, thread, customer, seq, at }: Turn): StoredMessage {
  const inbound = seq % 2 === 1;
  const externalId = `${thread.externalId}-${seq}`;
  return {
    _id: newId(),
    ticketId,
    seq,
    at,
    author: inbound
      ? { kind: 'customer', id: customer._id, name: customer.name }
      : { kind: 'system', id: null, name: 'Switchboard' },
    patch: {},
    type: 'message',
    direction: inbound ? 'in' : 'out',
    channel: 'sms',
    channelAccountId: thread.channelAccountId,
    threadId: thread._id,
    externalId,
    dedupeKey: externalId,
    parts: [{ type: 'text', text: `${wordOf(seq)} came yesterday, and the box was open on one side. `.repeat(3) }],
    state: 'delivered',
    milestones: { storedAt: at },
    duplicates: 0,
    changedSeq: 0,
  };
}
