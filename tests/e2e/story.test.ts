import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { PASSWORD, startHub, type TestHub } from '../support/hub.ts';
import { MailLine } from '../support/mail-line.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';

/** A customer and an agent hold a conversation, over each channel, from a fresh installation on. */
describeWith({ Chromium: chromiumPath() })('a contact centre on its first day', () => {
  let hub: TestHub;
  let browser: Browser;
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub({ setUp: false }), launchBrowser()]);
  }, 120_000);
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
  });

  /** The administrator, however the hub came by one. */
  async function anAgent(): Promise<ConsolePage> {
    const { needed } = await hub.admin.call('setup.state');
    const who = { email: 'ada@example.com', password: PASSWORD };
    if (needed) await hub.admin.call('setup.create', { body: { organisation: 'Acme', name: 'Ada Lovelace', ...who } });
    else if (hub.admin.cookies.size === 0) await hub.admin.call('session.signIn', { body: who });
    const agent = await ConsolePage.signedIn(browser, hub);
    open.push(agent);
    return agent;
  }

  async function setUpByHand(page: Page): Promise<void> {
    await page.getByRole('heading', { name: 'Welcome to Switchboard' }).waitFor();
    await page.getByLabel('Organisation').fill('Acme');
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Start' }).click();
  }

  it('is set up by hand, gets a chat account, and holds a conversation with a visitor', async () => {
    const agent = await ConsolePage.fresh(browser, hub);
    open.push(agent);
    const { page } = agent;
    await agent.goto('/');
    await setUpByHand(page);
    await page.getByRole('link', { name: 'Add a channel' }).first().click();
    await page.getByRole('link', { name: /Chat on your website/ }).click();
    await page.getByLabel('Greeting').fill('Good morning from Acme');
    await page.getByRole('button', { name: 'Add a channel' }).click();
    const testPage = page.getByRole('link', { name: 'Open the test page' });
    const address = new URL((await testPage.getAttribute('href')) ?? '', hub.url).href;
    await page.getByRole('link', { name: 'Inbox' }).first().click();
    await page.getByText('No conversations yet').waitFor();
    await agent.badge('Live').waitFor();

    const visitor = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    open.push(visitor.context());
    visitor.setDefaultTimeout(20_000);
    await visitor.goto(address);
    await visitor.getByRole('button', { name: 'Chat with us' }).click();
    await visitor.getByText('Good morning from Acme').waitFor();
    const field = visitor.getByRole('textbox', { name: 'Message', exact: true });
    await field.fill('Do you have hand spades?');
    await field.press('Enter');
    await visitor.getByText('Sent', { exact: true }).waitFor();

    await agent.opens('Do you have hand spades?');
    await visitor.getByText('Read', { exact: true }).waitFor();
    await agent.field.pressSequentially('Yes, ');
    await visitor.getByText(/Ada Lovelace is writing/).waitFor();
    await field.pressSequentially('And ');
    await page.getByText(/is typing/).waitFor();
    await agent.field.pressSequentially('two.');
    await agent.send();
    await visitor.getByRole('log').getByText('Yes, two.', { exact: true }).waitFor();
    await agent.messages.getByText('Read', { exact: true }).waitFor();
    await field.fill('Then I take both.');
    await field.press('Enter');
    await agent.says('Then I take both.').waitFor();
    expect(await visitor.getByRole('log').locator('.bubble').allInnerTexts()).toEqual([
      'Do you have hand spades?',
      'Yes, two.',
      'Then I take both.',
    ]);

    // Somebody else, whose browser wants another language: the account's own words stay.
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'fr-CA' });
    open.push(context);
    const french = await context.newPage();
    await french.goto(address);
    await french.getByRole('button', { name: 'Chat with us' }).click();
    await french.getByPlaceholder('Écrire un message').waitFor();
    await french.getByText('Good morning from Acme').waitFor();
    await french.getByRole('button', { name: 'Discuter avec nous' }).waitFor();
    expect(agent.complaints).toEqual([]);
  }, 120_000);

  it('asks the visitor how it was: it stands in the conversation, among the poorly rated and in the report', async () => {
    const agent = await anAgent();
    const { page } = agent;
    await agent.goto('/settings/queues');
    await page.getByRole('button', { name: 'Edit Support' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('switch', { name: 'Ask customers how it was' }).click();
    await dialog.getByLabel('Minutes after the resolution').fill('0');
    expect(await agent.problems()).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });

    const [chat] = (await hub.admin.call('channelAccounts.list', { query: {} })).items;
    const browsing = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 320, height: 640 } });
    open.push(browsing);
    const visitor = await browsing.newPage();
    await visitor.goto(`${hub.url}/widget-test?account=${chat?.id}`);
    await visitor.getByRole('button', { name: 'Chat with us' }).click();
    const field = visitor.getByRole('textbox', { name: 'Message', exact: true });
    await field.fill('My spade is bent');
    await field.press('Enter');
    await agent.goto('/inbox/open');
    await agent.opens('My spade is bent');
    await agent.replies('Bend it back.');
    await visitor.getByRole('log').getByText('Bend it back.', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');

    // A button answers, and what is being written stays; the link takes words besides.
    await field.fill('By the way');
    await visitor.getByRole('log').getByRole('button', { name: '4 – good', exact: true }).press('Enter');
    await eventually(async () => {
      const { items } = await hub.admin.call('tickets.list', { query: { view: 'all' } });
      expect(items.find(({ preview }) => preview?.text === '4 – good')).toMatchObject({
        status: 'resolved',
        rating: 4,
      });
    });
    expect(await field.inputValue()).toBe('By the way');
    await field.fill('');
    const link = visitor.getByRole('log').getByRole('link');
    const [form] = await Promise.all([browsing.waitForEvent('page'), link.click()]);
    await form.getByRole('heading', { name: 'How was our help?' }).waitFor();
    expect(await form.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    await form.getByLabel('2 poor').check();
    await form.getByLabel('What should we know?').fill('It was not that easy');
    await form.getByRole('button', { name: 'Send' }).click();
    await form.getByText('Thank you. Your answer is with the team.').waitFor();

    await agent.goto('/inbox/poorly-rated');
    await page.getByRole('link').filter({ hasText: 'My spade is bent' }).or(agent.row('Bend it back.')).first().click();
    const card = page.getByRole('article', { name: /changed the rating from 4 to 2 of 5$/ });
    await card.getByText('It was not that easy').waitFor();
    expect(await agent.messages.getByText(/\/feedback\//).count()).toBe(0);
    expect(await agent.problems()).toEqual([]);
    await agent.goto('/reports?period=today');
    await eventually(async () => {
      await page.getByRole('button', { name: 'Count again' }).click();
      await page.getByRole('button', { name: /^Satisfaction \(CSAT\) 0%/ }).waitFor({ timeout: 2000 });
    });
    await page
      .getByRole('button', { name: /^Satisfaction/ })
      .first()
      .click();
    await page.getByRole('dialog').getByText('It was not that easy').waitFor();
    expect(agent.complaints).toEqual([]);
  }, 120_000);

  it('reads a mail, quoted part folded and foreign pictures held back, and answers it with format', async () => {
    const agent = await anAgent();
    const line = await MailLine.of(hub, 'support@example.org');
    const pictures = await aPictureServer();
    open.push({ close: () => line.sink.stop() }, pictures);
    const { page } = agent;
    await line.receives({
      from: 'Jane Doe <jane@example.com>',
      subject: 'Watering can leaks',
      html: `<p>The rose of my watering can leaks.</p><img src="${pictures.url}/track.png" width="8" height="8">
        <blockquote type="cite"><p>Thank you for your order of a can.</p></blockquote>`,
      text: 'The rose of my watering can leaks.\n\nOn Mon, 2 Nov 2026 at 10:00, Acme wrote:\n> Thank you for your order of a can.',
    });
    await agent.opens('The rose of my watering can leaks.');
    await page.getByRole('heading', { name: 'Jane Doe' }).first().waitFor();
    expect(await agent.messages.getByText('Thank you for your order').count()).toBe(0);
    await page.getByRole('button', { name: 'Show quoted text' }).click();
    await agent.messages.getByText(/Thank you for your order/).waitFor();

    await page.getByRole('button', { name: 'Show original' }).click();
    const original = page.frameLocator('iframe[title="Original message from Jane Doe"]');
    await original.getByText('The rose of my watering can leaks.').waitFor();
    expect(pictures.asked()).toBe(0);
    await page.getByRole('button', { name: 'Show pictures' }).click();
    await eventually(() => expect(pictures.asked()).toBe(1));

    await agent.field.click();
    await agent.field.pressSequentially('We send you ');
    await page.getByRole('button', { name: /^Bold/ }).click();
    await agent.field.pressSequentially('a new rose');
    await agent.send();
    await agent.messages.getByText('Sent', { exact: true }).waitFor();
    const mail = await line.sent('We send you');
    expect(mail.subject).toBe('Re: Watering can leaks');
    expect(mail.html).toContain('<strong>a new rose</strong>');
    expect(mail.text).toContain('We send you a new rose');
    // Only of the picture that was held back.
    expect(agent.complaints.filter((line) => !line.includes('track.png'))).toEqual([]);
  }, 120_000);

  it('shows a text, counts the segments of the answer, and follows it to the phone', async () => {
    const agent = await anAgent();
    const line = await SmsLine.of(hub);
    open.push(line.provider);
    const phone = '+15557770001';
    await line.receives(hub.url, phone, 'When do you open?');
    await agent.opens('When do you open?');
    await agent.field.fill('a'.repeat(161));
    await agent.composer.getByText('2 segments').waitFor();
    await agent.field.fill('At nine.');
    await agent.composer.getByText('1 segment').waitFor();
    await agent.send();
    await agent.says('At nine.').waitFor();
    await agent.messages.getByText('Handed over').waitFor();
    expect(line.sentTo(phone)).toEqual(['At nine.']);
    await line.reports(hub.url, line.sidOf('At nine.'), 'sent', phone);
    await agent.messages.getByText('Sent', { exact: true }).waitFor();
    await line.reports(hub.url, line.sidOf('At nine.'), 'delivered', phone);
    await agent.messages.getByText('Delivered', { exact: true }).waitFor();
    expect(line.provider.problems).toEqual([]);
    expect(agent.complaints).toEqual([]);
  }, 120_000);
});

/** Somebody else's server, which a mail's pictures tell who reads it. */
async function aPictureServer(): Promise<{ url: string; asked(): number; close(): Promise<void> }> {
  let asked = 0;
  const server: Server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg xmlns="http://www.w3.org/2000/svg"/>');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
