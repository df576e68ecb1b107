import { createHash, randomBytes } from 'node:crypto';
import type { Passing } from '@switchboard/contract';
import mongoose, { type Connection } from 'mongoose';
import type { Socket } from 'socket.io-client';
import { v7 as newId } from 'uuid';
import { newAgent, type Agent } from '../../../server/src/modules/agents/agent.schema.ts';
import { SESSION_COOKIE } from '../../../server/src/modules/agents/sessions/sessions.ts';
import { expiryFrom, type Session } from '../../../server/src/modules/agents/sessions/session.schema.ts';
import type { StoredEntry } from '../../../server/src/modules/tickets/entry.schema.ts';
import { blankTicket } from '../../../server/src/modules/tickets/receiving/blank-ticket.ts';
import type { Ticket } from '../../../server/src/modules/tickets/ticket.schema.ts';
import { ApiClient } from '../../support/api-client.ts';
import { openConsole } from './start-hub.ts';

/** Room for one text. */
const CAPACITY = 0.5;
const FIRST_NUMBER = 20_000_000;
const AT_ONCE = 25;

export interface BusyAgent {
  readonly id: string;
  /** The ticket that fills the agent's capacity. */
  ticketId: string;
  readonly socket: Socket;
}
export interface BusyCentre {
  readonly agents: BusyAgent[];
  /** From the resolving of the one ticket to the giving of the other, by the hub's own times. */
  takenMs(resolvedId: string, givenId: string): Promise<number>;
  /** Tickets of agents who have more than there is room for. */
  overrun(): Promise<number>;
  close(): Promise<void>;
}

/** A team of whom everyone is full, at their consoles, and what waits for them: written straight into the hub's database. */
export async function aBusyCentre(
  uri: string,
  admin: ApiClient,
  { agents: team, waiting }: { agents: number; waiting: number },
): Promise<BusyCentre> {
  const database = await mongoose.createConnection(uri, { dbName: 'switchboard' }).asPromise();
  const { id: queueId } = await admin.call('queues.create', { body: { name: 'Busy' } });
  const people = Array.from({ length: team }, (_, at) => aPerson(at, queueId));
  await insert(
    database,
    'agents',
    people.map(({ agent }) => agent),
  );
  await insert(
    database,
    'sessions',
    people.map(({ session }) => session),
  );
  const tickets = people.map(({ agent }, at) => aTicket(at, queueId, agent._id));
  await insert(database, 'tickets', tickets);
  const agents: BusyAgent[] = [];
  for (let first = 0; first < team; first += AT_ONCE)
    agents.push(
      ...(await Promise.all(
        people.slice(first, first + AT_ONCE).map(async ({ agent, token }, at) => {
          const api = new ApiClient(admin.url);
          api.cookies.set(SESSION_COOKIE, token);
          return { id: agent._id, ticketId: tickets[first + at]?._id ?? '', socket: await openConsole(api) };
        }),
      )),
    );
  await insert(
    database,
    'tickets',
    Array.from({ length: waiting }, (_, at) => aTicket(team + at, queueId, null)),
  );
  return {
    agents,
    async takenMs(resolvedId, givenId) {
      const resolved = await database.collection<Ticket>('tickets').findOne({ _id: resolvedId });
      const given = await database.collection<StoredEntry>('entries').findOne({ ticketId: givenId, seq: 2 });
      return (given?.at.getTime() ?? Number.NaN) - (resolved?.resolvedAt?.getTime() ?? Number.NaN);
    },
    async overrun() {
      const rows = await database
        .collection<Ticket>('tickets')
        .find({ assigneeId: { $ne: null }, active: true })
        .toArray();
      return rows.length - new Set(rows.map(({ assigneeId }) => assigneeId)).size;
    },
    async close() {
      for (const { socket } of agents) socket.disconnect();
      await database.close();
    },
  };
}

/** Until the agent is told of the next ticket. */
export const isGivenWork = ({ socket }: BusyAgent): Promise<string> =>
  new Promise((resolve) => {
    const hear = (event: Passing) => {
      if (event.type !== 'assigned') return;
      socket.off('passing', hear);
      resolve(event.ticketId);
    };
    socket.on('passing', hear);
  });

async function insert(database: Connection, name: string, documents: readonly object[]): Promise<void> {
  await database.collection(name).insertMany([...documents], { ordered: false, ignoreUndefined: true });
}

function aPerson(at: number, queueId: string): { agent: Agent; session: Session; token: string } {
  const token = randomBytes(32).toString('base64url');
  const now = new Date();
  const agent = newAgent({
    _id: newId(),
    name: `Agent ${at}`,
    email: `busy-${at}@example.com`,
    role: 'agent',
    queueIds: [queueId],
    capacity: CAPACITY,
    createdAt: now,
  });
  const _id = createHash('sha256').update(token).digest('hex');
  return {
    agent,
    token,
    session: { _id, agentId: agent._id, createdAt: now, lastSeenAt: now, expiresAt: expiryFrom(now) },
  };
}

function aTicket(at: number, queueId: string, assigneeId: string | null): Ticket {
  const now = new Date();
  const subject = `Waiting ${at}`;
  const customer = { _id: newId(), name: `Customer ${at}`, words: [] };
  const opening = { openedBy: `busy:${at}`, customer, queueId, channel: 'sms' as const, subject, parts: [] };
  return {
    ...blankTicket(opening, { _id: newId(), number: FIRST_NUMBER + at, now }),
    ...{ seq: 1, status: 'open', assigneeId, inboundCount: 1, waitingSince: now },
    preview: { text: subject, from: 'customer', at: now },
  };
}
