import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { PASSWORD, startHub, type TestHub } from '../support/hub.ts';
import { MailLine } from '../support/mail-line.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

const settingsPages = [
  ['preferences', 'Preferences'],
  ['canned-replies', 'Canned replies'],
  ['channels', 'Channels'],
  ['people', 'People'],
  ['queues', 'Queues'],
  ['service-levels', 'Service levels'],
  ['organisation', 'Organisation'],
  ['quarantine', 'Quarantine'],
  ['health', 'Health'],
  ['audit', 'Audit log'],
] as const;

describeWith({ Chromium: chromiumPath() })('the console', () => {
  let hub: TestHub;
  let browser: Browser;
  let line: SmsLine;
  let phones = 0;
  const open: ConsolePage[] = [];
  const aPhone = () => `+1555880${String(++phones).padStart(4, '0')}`;

  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    line = await SmsLine.of(hub);
    await hub.admin.call('me.update', { body: { preferences: { undoSeconds: 0 } } });
  }, 120_000);
  afterEach(async () => {
    for (const console of open.splice(0)) await console.close();
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await line.provider.close();
  });

  async function anAgent(options: BrowserContextOptions = {}): Promise<ConsolePage> {
    const agent = await ConsolePage.signedIn(browser, hub, options);
    open.push(agent);
    return agent;
  }

  async function aText(words: string, from = aPhone()): Promise<string> {
    expect(await line.receives(hub.url, from, words)).toBe(200);
    return (await theTicketWith(hub.admin, words)).detail.ticket.id;
  }

  it('is worked by keyboard alone, from sign-in to a resolved ticket', async () => {
    const id = await aText('By keyboard, please');
    const agent = await ConsolePage.fresh(browser, hub);
    open.push(agent);
    const { keyboard } = agent.page;
    await agent.goto('/');
    await agent.page.locator(':focus').and(agent.page.getByLabel('E-mail')).waitFor();
    await keyboard.type('ada@example.com');
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await agent.row('By keyboard, please').waitFor();
    await keyboard.press('j');
    await keyboard.press('Enter');
    await agent.says('By keyboard, please').waitFor();
    await keyboard.press('r');
    await agent.page.locator(':focus').and(agent.field).waitFor();
    await keyboard.type('With pleasure.');
    await keyboard.press('Control+Enter');
    await agent.says('With pleasure.').waitFor();
    await keyboard.press('Escape');
    await keyboard.press('e');
    await agent.page.getByRole('button', { name: 'Reopen' }).waitFor();
    await eventually(async () => {
      const { ticket } = await hub.admin.call('tickets.read', { params: { id } });
      expect(ticket).toMatchObject({ status: 'resolved', waitingSince: null });
    });
    expect(agent.complaints).toEqual([]);
  }, 90_000);

  it('snoozes several tickets at once, by keyboard, with none of them open', async () => {
    const ids = [await aText('Later, the first'), await aText('Later, the second')];
    const agent = await anAgent();
    const { keyboard } = agent.page;
    for (const words of ['Later, the second', 'Later, the first']) {
      await agent.row(words).focus();
      await keyboard.press('x');
    }
    await agent.page.getByText('2 selected').waitFor();
    await keyboard.press('s');
    await agent.page.getByRole('menuitem', { name: /^In an hour/ }).waitFor();
    await keyboard.press('Enter');
    await eventually(async () => {
      const details = await Promise.all(ids.map((id) => hub.admin.call('tickets.read', { params: { id } })));
      expect(details.map(({ ticket }) => ticket.status)).toEqual(['snoozed', 'snoozed']);
    });
    expect(agent.complaints).toEqual([]);
  }, 90_000);

  it('takes a picture of whatever size as a small square, and shows it', async () => {
    const agent = await anAgent();
    const { page } = agent;
    const wide = await page.evaluate(() => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [900, 300];
      return canvas.toDataURL('image/png').split(',')[1] ?? '';
    });
    await agent.goto('/settings/preferences');
    const file = { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(wide, 'base64') };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Remove it' }).waitFor();
    const picture = page.getByRole('group', { name: /^Picture of/ }).locator('img');
    const size = () => picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
    await eventually(async () => expect(await size()).toEqual([256, 256]));
    await page.getByRole('button', { name: 'Remove it' }).click();
    await picture.waitFor({ state: 'detached' });
    expect(agent.complaints).toEqual([]);
  }, 90_000);

  it('keeps a draft over a reload', async () => {
    await aText('Before the reload');
    const agent = await anAgent();
    await agent.opens('Before the reload');
    await agent.field.fill('Half a thought');
    await agent.page.reload();
    await eventually(async () => expect(await agent.field.inputValue()).toBe('Half a thought'));
    await agent.field.fill('');
  }, 60_000);

  it('says that it is cut off, sends and shows all of it when it is back', async () => {
    const phone = aPhone();
    await aText('Before the tunnel', phone);
    const agent = await anAgent();
    await agent.opens('Before the tunnel');
    await agent.page.context().setOffline(true);
    await agent.badge('Offline').waitFor();
    await line.receives(hub.url, phone, 'Inside the tunnel');
    await theTicketWith(hub.admin, 'Inside the tunnel');
    await agent.replies('Written in the tunnel');
    await agent.messages.getByText('Waiting to be sent').waitFor();
    expect(await agent.says('Inside the tunnel').count()).toBe(0);
    await agent.page.context().setOffline(false);
    await agent.badge('Live').waitFor();
    await agent.says('Inside the tunnel').waitFor();
    // The customer wrote in the meantime: nothing goes out that was not written to that.
    await agent.page.getByText('The conversation went on while you wrote').waitFor();
    expect(line.sentTo(phone)).toEqual([]);
    await agent.page.getByRole('button', { name: 'Send anyway' }).click();
    await eventually(() => expect(line.sentTo(phone)).toEqual(['Written in the tunnel']));
    await agent.messages.getByText('Handed over').waitFor();
  }, 90_000);

  it('works on a phone: list, ticket, answer, back', async () => {
    const phone = aPhone();
    await aText('From one phone to another', phone);
    const agent = await anAgent({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await agent.opens('From one phone to another');
    expect(await agent.row('From one phone to another').isVisible()).toBe(false);
    await agent.replies('Got it');
    await eventually(() => expect(line.sentTo(phone)).toEqual(['Got it']));
    await agent.page.getByRole('button', { name: 'Back to the list' }).click();
    await agent.row('Got it').waitFor();
    const width = await agent.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  }, 60_000);

  it.each(['light', 'dark'] as const)(
    'has nothing that axe finds, in %s',
    async (colorScheme) => {
      const stranger = await ConsolePage.fresh(browser, hub, { colorScheme });
      open.push(stranger);
      await stranger.goto('/');
      await stranger.page.getByRole('heading', { name: 'Sign in' }).waitFor();
      const found: [string, unknown][] = [['sign-in', await stranger.problems()]];

      const words = `Seen in ${colorScheme}`;
      const id = await aText(words);
      const body = { clientId: crypto.randomUUID(), text: `A note in ${colorScheme}` };
      await hub.admin.call('tickets.note', { params: { id }, body });
      const agent = await anAgent({ colorScheme });
      await agent.page
        .getByRole('link', { name: /Unassigned/ })
        .first()
        .waitFor();
      await agent.row(`A note in ${colorScheme}`).click();
      await agent.says(words).waitFor();
      await agent.page.getByText('Service now').first().waitFor();
      found.push(['inbox', await agent.problems()]);
      for (const [page, title] of settingsPages) {
        await agent.goto(`/settings/${page}`);
        await agent.page.getByRole('heading', { name: title, level: 1 }).waitFor();
        await agent.page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
        found.push([page, await agent.problems()]);
      }
      await agent.goto('/reports?period=today');
      await agent.page.getByRole('button', { name: /^Tickets opened/ }).waitFor();
      found.push(['reports', await agent.problems()]);
      expect(found.filter(([, problems]) => (problems as unknown[]).length > 0)).toEqual([]);
      expect(agent.complaints).toEqual([]);
    },
    120_000,
  );

  it('has nothing that axe finds in the set-up and beside an open mail', async () => {
    const empty = await startHub({ setUp: false });
    const mail = await MailLine.of(hub, 'axe@example.org');
    try {
      const first = await ConsolePage.fresh(browser, empty);
      open.push(first);
      await first.goto('/');
      await first.page.getByRole('heading', { name: 'Welcome to Switchboard' }).waitFor();
      expect(await first.problems()).toEqual([]);
      await mail.receives({ from: 'Jane <jane@example.com>', subject: 'Hello', html: '<p>A mail to look at</p>' });
      const agent = await anAgent();
      await agent.opens('A mail to look at');
      await agent.field.waitFor();
      expect(await agent.problems()).toEqual([]);
    } finally {
      await Promise.all([empty.stop(), mail.sink.stop()]);
    }
  }, 120_000);
});
