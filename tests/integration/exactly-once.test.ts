import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort, startHub, type TestHub } from '../support/hub.ts';
import { SmsLine } from '../support/sms.ts';
import { eventually } from '../support/eventually.ts';

let hub: TestHub;
let line: SmsLine;

beforeAll(async () => {
  hub = await startHub({ port: await freePort() });
  line = await SmsLine.of(hub);
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await line.provider.close();
});

async function messagesOf(subject: string) {
  const { tickets } = await hub.admin.call('search', { query: { q: subject } });
  const details = await Promise.all(tickets.map(({ id }) => hub.admin.call('tickets.read', { params: { id } })));
  return details.flatMap(({ entries }) => entries.filter((entry) => entry.type === 'message'));
}

it('makes one message of a webhook that is posted 50 times at once, and records 49 duplicates', async () => {
  const sid = SmsLine.newSid();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => line.receives(hub.url, '+15551110001', 'fiftyfold', sid)),
  );
  expect(new Set(answers)).toEqual(new Set([200]));
  await eventually(async () =>
    expect((await messagesOf('fiftyfold')).map(({ passport }) => passport.duplicates)).toEqual([49]),
  );
});

it('refuses a forged signature with 403 and a missing one with 400, and keeps nothing', async () => {
  const url = `${hub.url}/webhooks/${line.accountId}`;
  const body = new URLSearchParams({
    MessageSid: SmsLine.newSid(),
    From: '+15551110009',
    To: '+15550006666',
    Body: 'forged',
  }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400);
  expect(
    (await fetch(url, { method: 'POST', headers: { ...headers, 'x-twilio-signature': 'x'.repeat(28) }, body })).status,
  ).toBe(403);
  expect(await messagesOf('forged')).toHaveLength(0);
});

it('has every message once after kill -9 at random moments of 200', async () => {
  const texts = Array.from({ length: 200 }, (_, index) => `storm${String(index).padStart(3, '0')}`);
  const waiting = texts.map((text) => ({
    text,
    sid: SmsLine.newSid(),
    from: `+1555222${String(Number(text.slice(5)) % 20).padStart(4, '0')}`,
  }));
  const { dataDir, port } = hub;
  let accepted = 0;
  // As a provider does: posts again whatever was not answered with 200.
  const deliver = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const status = await line.receives(hub.url, next.from, next.text, next.sid).catch(() => 0);
      if (status === 200) accepted += 1;
      else {
        waiting.push(next);
        await eventually(() => fetch(`${hub.url}/health/live`), 60_000);
      }
    }
  };
  const delivering = Promise.all(Array.from({ length: 8 }, deliver));
  for (const mark of [40, 90, 150]) {
    await eventually(() => expect(accepted).toBeGreaterThanOrEqual(mark), 60_000);
    await hub.kill('SIGKILL');
    hub = await startHub({ dataDir, port });
  }
  await delivering;
  await eventually(async () => expect((await textsOf(hub)).length).toBeGreaterThanOrEqual(200), 60_000);
  expect((await textsOf(hub)).toSorted()).toEqual(texts);
}, 240_000);

/** Of all storm messages, over every ticket. */
async function textsOf({ admin }: TestHub): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await admin.call('tickets.list', {
      query: { view: 'all', limit: 200, ...(cursor !== undefined && { cursor }) },
    });
    for (const { id } of page.items) {
      const { entries } = await admin.call('tickets.entries', { params: { id }, query: { limit: 200 } });
      found.push(
        ...entries.flatMap((entry) =>
          entry.type === 'message'
            ? entry.parts.flatMap((part) => (part.type === 'text' && part.text.startsWith('storm') ? [part.text] : []))
            : [],
        ),
      );
    }
    cursor = page.next;
  }
  return found;
}
