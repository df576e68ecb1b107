import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { MailLine } from '../support/mail-line.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { newTs, SlackLine } from '../support/slack.ts';

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
});
