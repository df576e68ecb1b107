import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { startFakeTelegram, type FakeTelegram } from '../../connectors/simulator/telegram/fake-telegram.ts';
import { listening, type Listening } from '../../connectors/simulator/listening.ts';
import type { StoredMessage } from '../../server/src/modules/tickets/index.ts';
import { amend, edit } from '../support/amending.ts';
import { replyBody } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';
import { theMessage, theTicketWith } from '../support/tickets.ts';

/** A provider that refuses everything for a long time is asked at the bus's growing steps, and not once more. */
const botToken = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
let database: TestDatabase;
let hub: TestHub;
let telegram: FakeTelegram;
let door: Listening;
let isOut = false;
/** How often each method was tried while it was out. */
const refused = new Map<string, number>();
const tries = () => ['sendMessage', 'editMessageText'].map((method) => refused.get(method) ?? 0);

beforeAll(async () => {
  telegram = await startFakeTelegram(botToken);
  door = await listening((request, response) => {
    const method = request.url?.split('/').at(-1) ?? '';
    const pass = async () => {
      const body = await buffer(request);
      if (isOut) {
        refused.set(method, (refused.get(method) ?? 0) + 1);
        response.writeHead(429, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ ok: false, error_code: 429, description: 'Too Many Requests' }));
        return;
      }
      const headers = { 'content-type': request.headers['content-type'] ?? 'application/json' };
      const answer = await fetch(`${telegram.url}${request.url}`, { method: 'POST', headers, body });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(await answer.text());
    };
    pass().catch((error: unknown) => response.destroy(error as Error));
  });
  database = await openTestDatabase();
  hub = await startHub({ env: database.hubEnv, clockMs: 0 });
  const settings = { botToken, apiBaseUrl: door.url };
  const body = { connectorId: 'telegram', name: 'Bot', settings };
  const { id } = await hub.admin.call('channelAccounts.create', { body });
  await hub.admin.call('channelAccounts.connect', { params: { id } });
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await database.drop();
  await door.close();
  await telegram.close();
});

/** The looks for what was left lying have both been made anew, so often. */
async function looked(times: number): Promise<void> {
  const periods = database.connection.collection<{ _id: string; nextAt: Date }>('job_periods');
  const both = { _id: { $in: ['requeue-pending', 'requeue-amendments'] } };
  const next = async () => (await periods.find(both).toArray()).map(({ nextAt }) => nextAt.getTime());
  for (let each = 0; each < times; each += 1) {
    const before = Math.max(...(await next()));
    await eventually(async () => expect(Math.min(...(await next()))).toBeGreaterThan(before), 90_000);
  }
}

/** Older ones that the bus will bring again by itself: more than are called again at once. */
async function manyThatAreAwaited(): Promise<void> {
  const entries = database.connection.collection<StoredMessage>('entries');
  const awaits = { command: 'on-the-bus', at: new Date(Date.now() + 86_400_000), tries: 1 };
  const as = async (filter: object, change: (waiting: StoredMessage, at: Date) => Partial<StoredMessage>) => {
    const waiting = (await entries.findOne(filter)) as StoredMessage;
    const { onceKey: _once, dedupeKey: _key, externalId: _id, ...plain } = waiting;
    return Array.from({ length: 250 }, (_, seq): StoredMessage => {
      const id = randomUUID();
      return { ...plain, _id: id, ticketId: id, seq, ...change(waiting, new Date(seq)) };
    });
  };
  await entries.insertMany([
    ...(await as({ state: 'pending' }, (_, at) => ({ at, awaits }))),
    ...(await as({ amendingSince: { $type: 'date' } }, ({ amendments = {} }, amendingSince) => ({
      amendingSince,
      amendments: Object.fromEntries(
        Object.entries(amendments).map(([id, one]) => [id, one && { ...one, attempt: null, awaits }]),
      ),
    }))),
  ]);
}

it('is asked once for each step, and once more by who finds that the bus has lost it', async () => {
  const from = { id: 23, is_bot: false, first_name: 'Jane' };
  const message = { message_id: 1, date: Math.floor(Date.now() / 1000), from, text: 'Is it open?' };
  await fetch(telegram.webhook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': telegram.webhook.secret },
    body: JSON.stringify({ update_id: 1, message: { ...message, chat: { id: 23, type: 'private' } } }),
  });
  const { detail } = await theTicketWith(hub.admin, 'Is it open?');
  const { id } = detail.ticket;
  const reply = (words: string) =>
    hub.admin.call('tickets.reply', { params: { id }, body: { ...replyBody(detail, words), force: true } });
  await reply('It is shut');
  const sent = await theMessage(hub.admin, id, 'It is shut', ({ state }) => expect(state).toBe('sent'));

  isOut = true;
  await Promise.all([reply('Until nine'), amend(hub.admin, sent, edit('It is open'))]);
  // At once, after 2 and after 10 seconds.
  await eventually(() => expect(tries()).toEqual([3, 3]), 60_000);
  // Both lie there for so long now that somebody looks after them, and the next try is still to come.
  hub.putClock(55_000);
  await eventually(() => expect(tries()).toEqual([4, 4]), 90_000);
  await looked(1);
  expect(tries()).toEqual([4, 4]);
  expect(hub.log.filter((line) => line.includes('is queued again'))).toEqual([]);

  // The bus loses them: they are found when they are overdue, behind however many that it still has, and count on.
  await manyThatAreAwaited();
  const waiting = database.connection.collection('bus_messages');
  expect((await waiting.deleteMany({ lane: /^delivery\// })).deletedCount).toBe(2);
  hub.putClock(900_000);
  await eventually(() => expect(tries()).toEqual([5, 5]), 60_000);
  await eventually(() => expect(tries()).toEqual([6, 6]), 60_000);
  const failed = await theMessage(hub.admin, id, 'Until nine', ({ state }) => expect(state).toBe('failed'));
  await theMessage(hub.admin, id, 'It is shut', ({ amendments }) =>
    expect(amendments).toMatchObject([{ kind: 'edit', state: 'failed' }]),
  );
  await looked(1);
  expect(tries()).toEqual([6, 6]);

  // Who tries again begins anew.
  isOut = false;
  await hub.admin.call('tickets.retry', { params: { id, entryId: failed.id } });
  const { amendments } = await theMessage(hub.admin, id, 'It is shut');
  await hub.admin.call('messages.retryAmendment', {
    params: { id, entryId: sent.id, amendmentId: amendments?.[0]?.id ?? '' },
  });
  await theMessage(hub.admin, id, 'Until nine', ({ state }) => expect(state).toBe('sent'));
  await theMessage(hub.admin, id, 'It is open', (now) => expect(now.amendments).toBeUndefined());
  expect(telegram.problems).toEqual([]);
}, 300_000);
