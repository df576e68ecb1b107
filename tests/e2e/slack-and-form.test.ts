import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startFakeTwilio, twilioSignature } from '../support/fake-twilio.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { MailLine } from '../support/mail-line.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { newTs, SlackLine } from '../support/slack.ts';
import { SmsLine } from '../support/sms.ts';

describeWith({ Chromium: chromiumPath() })('customers in Slack and at a form, agents at the console', () => {
  let hub: TestHub;
  let browser: Browser;
  let line: SlackLine;
  let mail: MailLine;
  let accountId: string;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    line = await SlackLine.of(hub);
    line.workspace.users.set('U0ADA0000', { name: 'Ada of Slack' });
    mail = await MailLine.of(hub, 'help@shop.example');
    const asked = {
      topics: ['Order', 'Return'],
      questions: ['Order number'],
      consent: 'I have read the privacy notice.',
    };
    const form = { connectorId: 'webform', name: 'Contact form', settings: { title: 'Write to the shop', ...asked } };
    accountId = (await hub.admin.call('channelAccounts.create', { body: form })).id;
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await Promise.all([line.workspace.close(), mail.sink.stop()]);
  });

  it('answers a thread in Slack from the console, and sees what is said next', async () => {
    const ts = newTs();
    await line.says('U0ADA0000', 'The printer burns', { ts, event_ts: ts });
    const agent = await ConsolePage.signedIn(browser, hub);
    await agent.opens('The printer burns');
    await agent.page.getByText('Ada of Slack').first().waitFor();
    await agent.replies('Please leave the room');
    await eventually(() => expect(line.workspace.posted('C0AAAAAAA', ts)).toEqual(['Please leave the room']));
    await line.says('U0ADA0000', 'I am outside', { thread_ts: ts });
    await agent.says('I am outside').waitFor();
    expect(agent.complaints).toEqual([]);
    await agent.close();
  }, 60_000);

  it('is added to Slack by one press, and mirrors a queue to a channel there', async () => {
    const { oauth, closed, url: apiBaseUrl } = line.workspace;
    const settings = {
      signingSecret: 'a-secret',
      clientId: oauth.client.id,
      clientSecret: oauth.client.secret,
      apiBaseUrl,
    };
    const body = { connectorId: 'slack', name: 'Slack of the shop', settings };
    const { id } = await hub.admin.call('channelAccounts.create', { body });
    closed.add('C0CLOSED0');
    const admin = await ConsolePage.signedIn(browser, hub);
    const { page } = admin;
    await admin.goto(`/settings/channels/${id}`);
    await page.getByRole('button', { name: 'Add to Slack' }).click();
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByText('permission was denied').waitFor();
    await page.getByRole('link', { name: 'To the channel' }).click();
    await page.getByRole('button', { name: 'Add to Slack' }).click();
    await page.getByRole('link', { name: 'Allow' }).click();
    await page.getByRole('heading', { name: 'It is installed' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await admin.problems()).toEqual([]);
    await page.getByRole('link', { name: 'To the channel' }).click();
    await page.getByText('Installed in Acme').waitFor();

    await page.getByRole('button', { name: 'Mirror a queue' }).click();
    const place = page.getByLabel('Slack channel');
    await place.fill('C0CLOSED0');
    await page.getByRole('button', { name: 'Save mirrors' }).click();
    await page.getByText('invite it there').waitFor();
    await place.fill('C0DESK0009');
    await page.keyboard.press('Enter');
    await page.getByText('#room-c0desk0009').waitFor();
    expect(await admin.problems()).toEqual([]);
    // What could not be read is not taken for nothing: saving that would end every mirror.
    await page.route('**/channel-accounts/*/desk', (route) => route.abort(), { times: 1 });
    await page.reload();
    await page.getByText('The mirrors could not be read').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('#room-c0desk0009').waitFor();
    expect(admin.complaints).toEqual([]);
    await admin.close();
  }, 60_000);

  it('takes a form that was filled in by keyboard, and answers it by e-mail', async () => {
    const customer = await ConsolePage.fresh(browser, hub, { viewport: { width: 390, height: 844 } });
    const { page } = customer;
    await customer.goto(`/webhooks/${accountId}/form`);
    await page.getByRole('heading', { name: 'Write to the shop' }).waitFor();
    const shownAt = Date.now();
    expect(await customer.problems()).toEqual([]);
    await page.getByLabel('Your name').focus();
    for (const words of ['Joan', 'joan@example.org', 'My chair']) {
      await page.keyboard.type(words);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('ArrowDown');
    for (const words of ['', '1042', 'Where is my chair?']) {
      await page.keyboard.type(words);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Space');
    // A person needs longer than a program.
    await eventually(() => expect(Date.now() - shownAt).toBeGreaterThan(2_100));
    await page.getByRole('button', { name: 'Send' }).press('Enter');
    await page.getByText('Thank you. We have your message').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await customer.problems()).toEqual([]);
    expect(customer.complaints).toEqual([]);

    const agent = await ConsolePage.signedIn(browser, hub);
    await agent.opens('Where is my chair?');
    await agent.messages.getByText(/Topic: Order/).waitFor();
    await agent.replies('It arrives tomorrow.');
    const answer = await mail.sent('It arrives tomorrow.');
    expect(answer.to).toMatchObject({ value: [{ address: 'joan@example.org', name: 'Joan' }] });
    expect(answer.subject).toBe('My chair');
    expect(agent.complaints).toEqual([]);
    await Promise.all([agent.close(), customer.close()]);
  }, 90_000);

  it('leads by keyboard through a new account, and turns from waiting to refused to green by itself', async () => {
    const provider = await startFakeTwilio({ accountSid: `AC${'7'.repeat(32)}`, authToken: 'the-token' });
    const admin = await ConsolePage.signedIn(browser, hub);
    const { page } = admin;
    await admin.goto('/settings/channels');
    await page.getByRole('link', { name: 'Add a channel' }).press('Enter');
    await page.getByRole('link', { name: /SMS by Twilio/ }).press('Enter');
    await page.getByRole('heading', { name: 'Find the account SID and the auth token' }).waitFor();
    await page.getByText(/Twilio can’t reach http:\/\/localhost/).waitFor();
    expect(await admin.problems()).toEqual([]);
    const promised = new URL(page.url()).searchParams.get('id');
    await page.reload();
    for (const [label, words] of [
      ['Account SID', `AC${'7'.repeat(32)}`],
      ['Auth token', 'the-token'],
      ['API address', provider.url],
      ['Sending number', '+15550006666'],
    ] as const) {
      await page.getByLabel(label, { exact: label === 'Auth token' }).focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(words);
    }
    await page.keyboard.press('Enter');
    const live = page.getByRole('status', { name: 'Live check' });
    await live.getByText('Waiting for the first signed request').waitFor();
    await page.getByText(/“A message comes in” of \+15550006666 is not set/).waitFor();
    const webhook = await page.getByLabel('A message comes in').inputValue();
    expect(webhook).toBe(`${hub.url}/webhooks/${promised}`);

    const says = (token: string) => {
      const form = new URLSearchParams({
        MessageSid: SmsLine.newSid(),
        From: '+15557770301',
        To: '+15550006666',
        Body: 'Hi',
      });
      const headers = { 'x-twilio-signature': twilioSignature(token, webhook, form) };
      return fetch(webhook, { method: 'POST', headers, body: form });
    };
    expect((await says('another-token')).status).toBe(403);
    await live.getByText(/signed with another secret than the one below, or PUBLIC_URL/).waitFor();
    expect(await admin.problems()).toEqual([]);
    expect((await says('the-token')).status).toBe(200);
    await live.getByText('Signed requests arrive').waitFor();
    expect(await admin.problems()).toEqual([]);
    expect(admin.complaints).toEqual([]);
    await admin.close();
    await provider.close();
  }, 90_000);
});
