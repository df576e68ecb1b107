import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { AlertRuleSettings, AlertWebhook } from '@switchboard/contract';
import { simpleParser } from 'mailparser';
import { AlarmsModule } from '../../server/src/modules/alarms/index.ts';
import { WatchRules } from '../../server/src/modules/alarms/rules/watch-rules.ts';
import type { ApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/hub.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

/** A limit of the floor is passed: told once when that has lasted, in the console, by mail and by webhook; and once that it is over. */
const SECRET = 'a secret of sixteen';
let later = 0;
let hub: Modules;
let admin: ApiClient;
let watch: WatchRules;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let receiver: Server;
let hook: string;
let queueId: string;
const posts: { body: string; signature: string }[] = [];
let answers = 500;

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    const post = { body: await text(request), signature: String(request.headers['x-switchboard-signature']) };
    if (answers < 300) posts.push(post);
    response.writeHead(answers).end();
  });
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alarms`;
  hub = await startModules([AlarmsModule], { clock: { now: () => new Date(Date.now() + later) } });
  await hub.platform.jobs.start();
  admin = await hub.administrator();
  watch = hub.app.get(WatchRules);
  sink = await startSmtpSink();
  await admin.call('channelAccounts.create', {
    body: {
      connectorId: 'email',
      name: 'Mail',
      settings: {
        address: 'support@example.org',
        inbound: { mode: 'receiver', port: await freePort(), host: '127.0.0.1' },
        outbound: { host: '127.0.0.1', port: sink.port, secure: false },
      },
    },
  });
  queueId = (await admin.call('queues.create', { body: { name: 'Billing' } })).id;
}, 60_000);
afterAll(async () => {
  await hub.stop();
  await sink.stop();
  await new Promise((closed) => receiver.close(closed));
});

const rule = (difference: Partial<AlertRuleSettings> = {}): AlertRuleSettings => ({
  ...{ name: 'Crowded', active: true, metric: 'waiting', queueId, over: 'above', threshold: 1, forSeconds: 10 },
  ...{ mail: true, webhookUrl: hook, webhookSecret: SECRET },
  ...difference,
});

const tickets = () => hub.platform.connection.collection<{ _id: string }>('tickets');
async function waits(count: number): Promise<void> {
  await tickets().deleteMany({});
  const now = new Date(Date.now() + later);
  const made = Array.from({ length: count }, (_, index) => ({
    ...{ _id: crypto.randomUUID(), number: index + 1, seq: 1, openedBy: `test-${index}`, active: true, status: 'open' },
    ...{ queueId, assigneeId: null, customerName: 'Cy', subject: 's', channel: 'sms', priority: 'normal' },
    ...{ waitingSince: now, createdAt: now, updatedAt: now },
  }));
  if (made.length > 0) await tickets().insertMany(made);
}
/** All processes look at once, after so many seconds. What was taken away without a change is found by the reload. */
async function after(seconds: number): Promise<void> {
  later += seconds * 1000;
  await watch.run();
  await Promise.all([watch.run(), watch.run()]);
}
const alarms = async () => (await admin.call('alarms.list')).items.map(({ about, words }) => [about.kind, words]);
const subjects = async () => (await Promise.all(sink.mails.map(({ raw }) => simpleParser(raw)))).map((m) => m.subject);

it('begins after its time and ends after a calm, each told once everywhere', async () => {
  const { id, ...made } = await admin.call('alerts.create', { body: rule() });
  expect(made).toMatchObject({ hasSecret: true, alarming: false });
  expect(JSON.stringify(await admin.call('alerts.list'))).not.toContain(SECRET);
  await waits(2);
  await after(0);
  await after(9);
  expect(await alarms()).toEqual([]);
  await after(1);
  const words = 'Billing: more than 1 ticket waits';
  expect(await alarms()).toEqual([['rule', words]]);
  await after(60);
  expect(await subjects()).toEqual([`[Switchboard] ${words}`]);

  // The receiver was down; it has the one that it missed when it is back.
  answers = 200;
  const [began] = await eventually(() => {
    expect(posts).toHaveLength(1);
    return posts;
  });
  const told = JSON.parse(began?.body ?? '') as AlertWebhook;
  expect(told).toMatchObject({ event: 'alarm.began', words, rule: { id, threshold: 1, queueId } });
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(began?.signature ?? '') ?? [];
  expect(v1).toBe(createHmac('sha256', SECRET).update(`${t}.${began?.body}`).digest('hex'));

  await waits(0);
  await after(61);
  await after(5);
  await waits(2);
  await after(5);
  await waits(0);
  await after(61);
  expect(await alarms()).toEqual([['rule', words]]);
  await after(15);
  expect(await alarms()).toEqual([]);
  expect(await subjects()).toEqual([`[Switchboard] ${words}`, `[Switchboard] Over: ${words}`]);
  await eventually(() =>
    expect(posts.map(({ body }) => (JSON.parse(body) as AlertWebhook).event)).toEqual(['alarm.began', 'alarm.ended']),
  );
  await admin.call('alerts.delete', { params: { id } });
});

it('is over when its rule is changed, put off or deleted', async () => {
  const { id } = await admin.call('alerts.create', {
    body: rule({ metric: 'agentsReady', over: 'below', mail: false, forSeconds: 0, webhookUrl: null }),
  });
  await after(0);
  expect(await alarms()).toEqual([['rule', 'Billing: no agent is ready']]);
  await admin.call('alerts.update', { params: { id }, body: { active: false } });
  await after(0);
  expect(await alarms()).toEqual([]);
  await admin.call('alerts.update', { params: { id }, body: { active: true, queueId: null } });
  await after(0);
  expect(await alarms()).toEqual([['rule', 'All queues: no agent is ready']]);
  await admin.call('alerts.delete', { params: { id } });
  await after(0);
  expect(await alarms()).toEqual([]);
});

it('says what is wrong with a rule', async () => {
  const refusal = (difference: Partial<AlertRuleSettings>) =>
    admin.refused('alerts.create', { body: rule(difference) });
  expect(await refusal({ webhookSecret: undefined })).toMatchObject({
    error: { fields: [{ path: 'webhookSecret', message: expect.stringContaining('needs a secret') }] },
  });
  expect(await refusal({ queueId: crypto.randomUUID() })).toMatchObject({ error: { fields: [{ path: 'queueId' }] } });
  expect(await refusal({ webhookUrl: 'file:///etc/passwd' })).toMatchObject({ status: 400 });
  expect(await admin.refused('alerts.delete', { params: { id: crypto.randomUUID() } })).toMatchObject({ status: 404 });
});
