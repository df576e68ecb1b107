import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Fact } from '../../server/src/modules/metrics/index.ts';

/** A Monday. */
export const WEEK = '2026-03-02';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Of the last whole week. */
export function lastMonday(): string {
  const today = new Date();
  return new Date(+today - (((today.getUTCDay() + 6) % 7) + 7) * DAY).toISOString().slice(0, 10);
}
const PER_DAY = 60;
const ANSWERED_MS = 20_000;
/** As the usual capacity has it of chats. */
const IDLE_MS = 5 * MINUTE;

/** What is recorded of a ticket and of a person, as the hub keeps it. */
interface Team {
  readonly busy: string;
  readonly agents: { readonly busy: readonly string[]; readonly idle: readonly string[] };
}

/**
 * Five working days with sixty chats each in one queue, in which one agent had five at a time; the people of another queue were
 * ready and had nothing. What comes out of the metrics is written as they would have; answers those facts.
 */
export async function recordWeek(
  database: Pick<Connection, 'collection'>,
  { busy, agents }: Team,
  monday = WEEK,
): Promise<Fact[]> {
  const start = Date.parse(`${monday}T00:00:00Z`);
  const facts: object[] = [];
  const tickets: object[] = [];
  for (let day = 0; day < 5; day += 1) {
    // When each of the agent's five places is free again.
    const places = [0, 0, 0, 0, 0];
    for (let nth = 0; nth < PER_DAY; nth += 1) {
      // Close together in the morning: one comes each minute, and takes five until it stops counting.
      const at = start + day * DAY + 8 * HOUR + nth * 56_000 + ((nth * 7919) % 29) * 1000;
      const ticketId = randomUUID();
      const lasts = (18 + ((nth * 31) % 13)) * MINUTE;
      const place = places.indexOf(Math.min(...places));
      const given = Math.max(at, places[place] ?? 0);
      places[place] = given + ANSWERED_MS + IDLE_MS;
      const answered = given + ANSWERED_MS;
      const common = { queueId: busy, channel: 'webchat', tags: [], ticketId, customerId: `c${nth}` };
      const fact = (kind: string, when: number, more: object = {}) =>
        facts.push({
          _id: `${ticketId}:${kind}`,
          kind,
          at: new Date(when),
          agentId: agents.busy[0],
          ...common,
          ...more,
        });
      const took = (from: number, to: number) => ({ ms: to - from, businessMs: to - from });
      fact('opened', at, { agentId: null, byCustomer: true });
      fact('assigned', given, took(at, given));
      fact('first-response', answered, { ...took(at, answered), inTime: answered <= at + 2 * MINUTE });
      fact('resolved', given + lasts, { ...took(at, given + lasts), first: true, last: true, oneTouch: true });
      fact('handled', given, { ...took(0, lasts / 5), customerId: '' });
      tickets.push({
        ...{
          _id: ticketId,
          number: 100_000 + day * PER_DAY + nth,
          customerId: `c${nth}`,
          queueId: busy,
          channel: 'webchat',
        },
        ...{ priority: 'normal', status: 'resolved', active: false, createdAt: new Date(at), updatedAt: new Date(at) },
        ...{
          seq: 5,
          openedBy: ticketId,
          firstResponse: { startedAt: new Date(at), dueAt: new Date(at + 2 * MINUTE), doneAt: new Date(answered) },
        },
      });
    }
  }
  const spells = [...agents.busy, ...agents.idle].flatMap((agentId) =>
    [0, 1, 2, 3, 4].map((day) => ({
      ...{ _id: randomUUID(), agentId, state: 'ready', reason: null, unavailable: false, cause: 'chosen', by: null },
      from: new Date(start + day * DAY + 7 * HOUR),
      to: new Date(start + day * DAY + 20 * HOUR),
    })),
  );
  const into = (name: string) => database.collection<{ _id: string }>(name);
  await into('facts').insertMany(facts as never[]);
  await into('tickets').insertMany(tickets as never[]);
  await into('statespells').insertMany(spells as never[]);
  return facts as Fact[];
}
