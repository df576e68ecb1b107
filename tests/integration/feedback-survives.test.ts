import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_FEEDBACK, type EntryView, type TicketDetail } from '@switchboard/contract';
import type { ApiClient } from '../support/api-client.ts';
import { aCentre } from '../support/cluster.ts';
import { replyBody } from '../support/desk.ts';
import { eventually, found } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { describeWith, openTestDatabase, rabbitUrl, redisUrl, type TestDatabase } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { messagesOf, theTicketWith } from '../support/tickets.ts';

/** Customers are asked how it was once, and their answers count once, whichever process is killed where. */
const phonesOf = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, at) => `${prefix}${String(at).padStart(4, '0')}`);
const asks = async (admin: ApiClient, delayMinutes: number) => {
  const id = (await admin.call('queues.list', { query: {} })).items[0]?.id ?? '';
  const feedback = { ...DEFAULT_FEEDBACK, on: true, delayMinutes };
  await admin.call('queues.update', { params: { id }, body: { feedback } });
};
const arrives = async (line: SmsLine, { admin, url }: TestHub, phone: string) => {
  const words = `Where is my rake, asks ${phone}`;
  expect(await line.receives(url, phone, words)).toBe(200);
  return (await theTicketWith(admin, words)).detail;
};
/** As a console does it: whoever gets no answer sends the same again. */
const settles = async (admin: ApiClient, detail: TicketDetail) => {
  const body = { ...replyBody(detail, 'It is back.'), force: true, thenStatus: 'resolved' as const };
  await eventually(() => admin.call('tickets.reply', { params: { id: detail.ticket.id }, body }), 60_000);
};
const read = (admin: ApiClient, { ticket: { id } }: TicketDetail) => admin.call('tickets.read', { params: { id } });
const eventsOf = ({ entries }: Pick<TicketDetail, 'entries'>, name: string) =>
  entries.filter(
    (entry): entry is Extract<EntryView, { type: 'event' }> => entry.type === 'event' && entry.event === name,
  );
const questionsTo = (line: SmsLine, phone: string) =>
  line.sentTo(phone).filter((words) => words.includes('/feedback/'));

/** One question in the history, and not more on the phone; none there only where nobody can know whether it came. */
async function wasAskedOnce(admin: ApiClient, line: SmsLine, detail: TicketDetail): Promise<void> {
  const { customer, question, now } = await eventually(async () => {
    const now = await read(admin, detail);
    const [question, ...more] = messagesOf(now).filter(({ automatic }) => automatic === 'survey');
    expect([question?.state ?? 'pending', more]).toEqual([expect.not.stringMatching('pending'), []]);
    return { customer: now.customer, question, now };
  }, 120_000);
  expect(eventsOf(now, 'feedback.not-asked')).toEqual([]);
  const onPhone = questionsTo(line, customer.name).length;
  expect(question?.state === 'unknown' ? [0, 1] : [1]).toContain(onPhone);
}

describe('a hub that is killed', () => {
  let database: TestDatabase;
  let hub: TestHub;
  let line: SmsLine;
  beforeAll(async () => {
    database = await openTestDatabase();
    hub = await startHub({ env: database.hubEnv });
    line = await SmsLine.of(hub);
  }, 120_000);
  afterAll(async () => {
    await hub.stop();
    await line.provider.close();
    await database.drop();
  });

  it('between the resolution and the question asks all the same, once', async () => {
    await asks(hub.admin, 0);
    const details: TicketDetail[] = [];
    for (const phone of phonesOf(6, '+1555410')) details.push(await arrives(line, hub, phone));
    const settling = details.map((detail) => settles(hub.admin, detail));
    await Promise.race(settling);
    hub = await hub.again();
    await Promise.all(settling);
    for (const detail of details) await wasAskedOnce(hub.admin, line, detail);
  }, 180_000);

  it('just when it had the right to ask its customer asks when it is back', async () => {
    await asks(hub.admin, 60);
    const detail = await arrives(line, hub, '+15554110001');
    await settles(hub.admin, detail);
    const jobs = database.connection.collection<{ _id: string; data: string }>('jobs');
    const job = await eventually(async () => found('the job', await jobs.findOne({ name: 'ask-customer' })));
    const { ticketId, resolutionId } = JSON.parse(job.data) as Record<string, string>;
    expect(ticketId).toBe(detail.ticket.id);
    await hub.kill('SIGKILL');
    // As its process leaves it that has claimed the customer and come no further.
    await database.connection
      .collection<{ _id: string }>('lastasked')
      .insertOne({ _id: detail.customer.id, surveyId: resolutionId, at: new Date() } as { _id: string });
    hub = await hub.again();
    await eventually(async () => {
      // Again and again: the resolution may be told once more after the kill, which puts it off by the hour.
      await jobs.updateOne({ _id: job._id }, { $set: { runAt: new Date() } });
      expect(questionsTo(line, '+15554110001')).toHaveLength(1);
    }, 60_000);
    await wasAskedOnce(hub.admin, line, detail);
  }, 120_000);
});

describeWith({ RabbitMQ: rabbitUrl(), Redis: redisUrl() })('two hubs, each of which is killed', () => {
  const centre = aCentre();
  let first: TestHub;
  let second: TestHub;
  let line: SmsLine;
  beforeAll(async () => {
    first = await startHub({ env: centre.env });
    second = await startHub({ env: centre.env });
    line = await SmsLine.of(first);
    await asks(first.admin, 0);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await line.provider.close();
    await centre.remove();
  }, 60_000);

  it('ask each customer once, and count each answer once, at whichever of them it arrives', async () => {
    const phones = phonesOf(8, '+1555420');
    const details: TicketDetail[] = [];
    for (const [at, phone] of phones.entries()) details.push(await arrives(line, at % 2 ? first : second, phone));
    const settling = details.map((detail, at) => settles((at % 2 ? second : first).admin, detail));
    await eventually(() =>
      found(
        'a question',
        phones.find((phone) => questionsTo(line, phone).length > 0),
      ),
    );
    second = await second.again();
    await Promise.all(settling);
    for (const detail of details) await wasAskedOnce(first.admin, line, detail);

    // Who has it on the phone answers; each answer comes to both, and again.
    const asked = phones.filter((phone) => questionsTo(line, phone).length === 1);
    const answers = asked.map(async (phone, at) => {
      const rating = String((at % 5) + 1);
      const token = /\/feedback\/([\w.-]+)/.exec(questionsTo(line, phone)[0] ?? '')?.[1] ?? '';
      const sid = SmsLine.newSid();
      const byText = ({ url }: TestHub) => line.receives(url, phone, rating, sid);
      const byPage = async ({ url }: TestHub) => {
        const body = new URLSearchParams({ rating });
        return (await fetch(`${url}/feedback/${token}`, { method: 'POST', body, redirect: 'manual' })).status;
      };
      const [answer, taken] = at % 3 === 0 ? [byPage, 303] : [byText, 200];
      // A form and a provider alike: come again until it is taken.
      const everywhere = [first, second, first, second].map((hub) =>
        eventually(async () => expect(await answer(hub)).toBe(taken), 60_000),
      );
      await Promise.all(everywhere);
    });
    await Promise.race(answers);
    first = await first.again();
    await Promise.all(answers);

    for (const [at, phone] of asked.entries()) {
      const detail = found(
        phone,
        details.find(({ customer }) => customer.name === phone),
      );
      const rated = await eventually(async () => {
        const now = await read(second.admin, detail);
        expect(eventsOf(now, 'feedback.rated').length).toBeGreaterThan(0);
        return now;
      }, 60_000);
      expect(eventsOf(rated, 'feedback.rated').map(({ from, to }) => [from, to])).toEqual([[null, `${(at % 5) + 1}`]]);
      expect(rated.ticket).toMatchObject({ status: 'resolved', rating: (at % 5) + 1, waitingSince: null });
    }
    const day = {
      from: new Date(Date.now() - 3_600_000).toISOString(),
      to: new Date(Date.now() + 3_600_000).toISOString(),
    };
    for (const { admin } of [first, second])
      await eventually(async () => {
        const { csat, csatResponse } = (await admin.call('metrics.read', { query: day })).total;
        expect([csat?.n, csatResponse?.n]).toEqual([asked.length, phones.length]);
      }, 60_000);
    const checked = await second.admin.call('metrics.check', { body: day });
    expect([checked.drift, checked.examples]).toEqual([0, []]);
  }, 300_000);
});
