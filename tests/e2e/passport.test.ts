import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

const phone = '+15557770001';
const looks: BrowserContextOptions[] = [
  { colorScheme: 'light' },
  { colorScheme: 'dark' },
  { colorScheme: 'light', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
];
const lookName = ({ colorScheme, viewport }: BrowserContextOptions) =>
  `${colorScheme}, ${viewport?.width ?? 1440} wide`;

describeWith({ Chromium: chromiumPath() })('the way of a message, as the console tells it', () => {
  let hub: TestHub;
  let browser: Browser;
  let line: SmsLine;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    line = await SmsLine.of(hub);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await line.provider.close();
  });

  it('is empty before the first message, and says what comes', async () => {
    const empty = await ConsolePage.signedIn(browser, hub);
    await empty.goto('/settings/health');
    await empty.page.getByText('No messages in this time').waitFor();
    expect(await empty.problems()).toEqual([]);
    await empty.close();
  }, 60_000);

  it.each(looks.map((look) => [lookName(look), look] as const))(
    'is read in the drawer and on the health page: %s',
    async (name, look) => {
      const words = `Follow me (${name})`;
      const sid = SmsLine.newSid();
      for (let time = 0; time < 2; time += 1) await line.receives(hub.url, phone, words, sid);
      await theTicketWith(hub.admin, words);
      const agent = await ConsolePage.signedIn(browser, hub, look);
      const { page } = agent;
      await agent.opens(words);
      // By keyboard: the menu of the message, its last steps, the way back to where one was.
      const menu = page.getByRole('button', { name: 'What to do with this message' }).last();
      await menu.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'The way of this message' }).click();
      const drawer = page.getByRole('dialog', { name: 'The way of this message' });
      const steps = drawer.getByRole('list', { name: 'Steps' });
      // Those of them that come while it is open come into it.
      for (const step of ['Received by us', 'Stored in the ticket', 'Shown in the consoles', 'Seen by an agent'])
        await steps.getByText(step).waitFor();
      await drawer.getByText('Came once more and was ignored.').waitFor();
      expect(await agent.problems()).toEqual([]);
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });

      await agent.goto('/settings/health');
      await page.getByRole('table', { name: 'SMS: customers’ messages' }).waitFor();
      await page.getByRole('rowheader', { name: 'Received to consoles, in all' }).waitFor();
      await page.getByText('Last day').click();
      await page.getByRole('table', { name: 'SMS: customers’ messages' }).waitFor();
      expect(await agent.problems()).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        page.viewportSize()!.width,
      );
      expect(agent.complaints).toEqual([]);
      await agent.close();
    },
    90_000,
  );

  it('grows while it is read, and says what was not reported', async () => {
    await hub.admin.call('me.update', { body: { preferences: { undoSeconds: 0 } } });
    const from = '+15557770002';
    await line.receives(hub.url, from, 'Did it arrive?');
    await theTicketWith(hub.admin, 'Did it arrive?');
    const agent = await ConsolePage.signedIn(browser, hub);
    const { page } = agent;
    await agent.opens('Did it arrive?');
    await agent.replies('It did.');
    await eventually(() => expect(line.sentTo(from)).toEqual(['It did.']));
    await page.getByRole('button', { name: 'What to do with this message' }).last().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'The way of this message' }).click();
    const drawer = page.getByRole('dialog', { name: 'The way of this message' });
    const step = (name: string) =>
      drawer
        .getByRole('list', { name: 'Steps' })
        .getByRole('listitem')
        .filter({ has: page.getByText(name, { exact: true }) });
    await step('Taken by the provider').waitFor();
    expect(await step('Delivered').count()).toBe(0);
    // The report of the sending is overtaken by the one of the delivery.
    const sid = line.sidOf('It did.');
    await line.reports(hub.url, sid, 'delivered', from);
    await step('Delivered').waitFor();
    await line.reports(hub.url, sid, 'sent', from);
    await line.reports(hub.url, sid, 'read', from);
    await step('Read')
      .getByText(/^after/)
      .waitFor();
    expect(await step('Sent').innerText()).toMatch(/Not reported/);
    expect(
      await step('Delivered')
        .getByText(/^after/)
        .count(),
    ).toBe(0);
    expect(await agent.problems()).toEqual([]);
    expect(agent.complaints).toEqual([]);
    await agent.close();
  }, 60_000);
});
