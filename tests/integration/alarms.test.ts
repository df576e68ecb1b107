import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { AlarmsModule } from '../../server/src/modules/alarms/index.ts';
import { WatchCentre } from '../../server/src/modules/alarms/watch-centre.ts';
import { AccountLag } from '../../server/src/modules/channels/index.ts';
import { startFakeTwilio } from '../support/fake-twilio.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/hub.ts';
import { startModules, type Modules } from '../support/start-modules.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import type { ApiClient } from '../support/api-client.ts';

/** A channel that stops working: seen in the console at once, written about once, and that it is over. */
const MINUTE = 60_000;
let later = 0;
let hub: Modules;
let admin: ApiClient;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let watch: WatchCentre;

beforeAll(async () => {
  hub = await startModules([AlarmsModule], { clock: { now: () => new Date(Date.now() + later) } });
  admin = await hub.administrator();
  sink = await startSmtpSink();
  watch = hub.app.get(WatchCentre);
});
afterAll(async () => {
  await hub.stop();
  await sink.stop();
});

async function aChannelThatFails(): Promise<string> {
  const credentials = { accountSid: `AC${'1'.repeat(32)}`, authToken: '2'.repeat(32) };
  const provider = await startFakeTwilio(credentials);
  const settings = { ...credentials, from: '+15550006666', apiBaseUrl: provider.url };
  const { id } = await admin.call('channelAccounts.create', {
    body: { connectorId: 'twilio-sms', name: 'Texts', settings },
  });
  await provider.close();
  await admin.call('channelAccounts.test', { params: { id } });
  return id;
}

const aMailAccount = async () =>
  admin.call('channelAccounts.create', {
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

const mails = () => Promise.all(sink.mails.map(({ raw }) => simpleParser(raw)));
const alarms = async () => (await admin.call('alarms.list')).items;

it('is shown at once, mailed once when it lasts, and said to be over', async () => {
  const id = await aChannelThatFails();
  await watch.run();
  const [alarm] = await alarms();
  expect(alarm).toMatchObject({
    about: { kind: 'account', accountId: id },
    words: expect.stringMatching(/^Texts does not work: /),
  });

  later = MINUTE + 1;
  // There is no account yet to write with; it is tried again.
  await watch.run();
  await aMailAccount();
  await Promise.all([watch.run(), watch.run(), watch.run()]);
  await watch.run();
  const [mail, ...more] = await mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ subject: expect.stringMatching(/^\[Switchboard\] Texts does not work/) });
  expect(mail?.text).toContain('/settings/health');
  expect(sink.mails[0]?.to).toEqual(['ada@example.com']);

  await admin.call('channelAccounts.update', { params: { id }, body: { state: 'disabled' } });
  await Promise.all([watch.run(), watch.run()]);
  expect(await alarms()).toEqual([]);
  expect((await mails()).map(({ subject }) => subject)).toEqual([
    mail?.subject,
    expect.stringMatching(/^\[Switchboard\] Over: Texts does not work/),
  ]);
});

it('is raised while what came in waits too long, and over when it was worked on', async () => {
  const { id } = await aMailAccount();
  const lag = hub.app.get(AccountLag);
  const words = async () => {
    await watch.run();
    return (await alarms()).map((alarm) => alarm.words);
  };
  const before = await words();
  let finish = () => {};
  const done = new Promise<void>((resolve) => (finish = resolve));
  const began = new Date(Date.now() + later - 2 * MINUTE);
  const work = lag.working(id, began, () => done);
  await eventually(async () =>
    expect(await words()).toContain('Mail is behind: a message that came in has waited 2 minutes for its ticket'),
  );
  const { health } = await admin.call('channelAccounts.read', { params: { id } });
  expect(health.lag.inMs).toBeGreaterThanOrEqual(2 * MINUTE);
  finish();
  await work;
  later += 20_000;
  expect(await words()).toEqual(before);
});

it('is not mailed when it is over sooner', async () => {
  const before = sink.mails.length;
  const id = await aChannelThatFails();
  await watch.run();
  await admin.call('channelAccounts.update', { params: { id }, body: { state: 'disabled' } });
  later += 2 * MINUTE;
  await watch.run();
  expect(await alarms()).toEqual([]);
  expect(sink.mails).toHaveLength(before);
});
