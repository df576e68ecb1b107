import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { readCsv } from '../support/csv.ts';
import { Desk } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import type { SmsLine } from '../support/sms.ts';

describeWith({ Chromium: chromiumPath() })('the reports', () => {
  let desk: Desk;
  let browser: Browser;
  let other: SmsLine | undefined;
  beforeAll(async () => {
    [desk, browser] = await Promise.all([Desk.open(), launchBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await desk.close();
    await other?.provider.close();
  });

  /** Two tickets of one queue, one of them answered and resolved; one of another. */
  async function aDay(): Promise<number> {
    const { ticket, targets } = await desk.aTicket('my parcel is wet');
    const parts = [{ type: 'text' as const, text: 'A new one is on its way' }];
    const body = { clientId: crypto.randomUUID(), threadId: targets[0]?.threadId ?? '', parts, force: true };
    await desk.hub.admin.call('tickets.reply', { params: { id: ticket.id }, body });
    await desk.update(ticket.id, { status: 'resolved', addTags: ['wet'] });
    await desk.aTicket('where is the shop');
    const returns = await desk.aQueue('Returns');
    other = await desk.aLineTo(returns);
    await desk.aTicket('it goes back', desk.aPhone(), other);
    const { items } = await desk.hub.admin.call('metrics.checks', { query: {} });
    expect(items).toEqual([]);
    return ticket.number;
  }

  it('show what happened, compare it, and open each figure to its tickets: by keyboard', async () => {
    const lead = await ConsolePage.signedIn(browser, desk.hub);
    const { page } = lead;
    const { keyboard } = page;
    await keyboard.press('g');
    await keyboard.press('r');
    await page.getByText('Nothing happened in this time').waitFor();
    expect(await lead.problems()).toEqual([]);

    const number = await aDay();
    await page.getByLabel('Period', { exact: true }).selectOption('today');
    const tile = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });
    // The figures follow within a moment.
    await eventually(async () => {
      await page.getByRole('button', { name: 'Count again' }).click();
      await tile('Tickets opened 3').waitFor({ timeout: 2000 });
      await tile('Tickets resolved 1').waitFor({ timeout: 2000 });
    });
    expect(new URL(page.url()).search).toBe('?period=today&clock=calendar&by=queue');
    await tile('Service level 100%').waitFor();

    // A figure: what it is, and its very rows.
    await tile('First response time').focus();
    await keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'First response time' });
    await drawer.getByText('The customer’s first message → the first public reply by a person').waitFor();
    await drawer.getByRole('link', { name: new RegExp(`^#${number} `) }).waitFor();
    expect(await drawer.getByRole('link').count()).toBe(2);
    expect(await lead.problems()).toEqual([]);
    await keyboard.press('Escape');
    await page.locator(':focus').and(tile('First response time')).waitFor();

    // The comparison: arrows, Enter, sorting.
    const grid = page.getByRole('region', { name: 'Queues' });
    const names = () => grid.locator('tbody th').allTextContents();
    await eventually(async () => expect(await names()).toHaveLength(2));
    const [first, second] = await names();
    expect(second).toBe('Returns');
    await grid.getByRole('button', { name: `${first}, Tickets opened: 2` }).focus();
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowLeft');
    await page
      .locator(':focus')
      .and(grid.getByRole('button', { name: 'Returns, Tickets opened: 1' }))
      .waitFor();
    await keyboard.press('Enter');
    const rows = page.getByRole('dialog', { name: 'Tickets opened: Returns' });
    await rows.getByText(/Opened · .*Returns · SMS/).waitFor();
    await keyboard.press('Escape');
    await grid.getByRole('button', { name: 'Sort by Tickets opened' }).press('Enter');
    expect(await names()).toEqual(['Returns', first]);
    await page.getByText('Tags', { exact: true }).click();
    await page.getByRole('region', { name: 'Tags' }).getByRole('button', { name: 'wet, Tickets opened: 1' }).waitFor();

    // Filters are in the address: a link shows the same report.
    await page.getByLabel('Queue', { exact: true }).selectOption('Returns');
    await tile('Tickets opened 1').waitFor();
    await page.reload();
    await tile('Tickets opened 1').waitFor();
    await page.getByLabel('Only', { exact: true }).selectOption('channel');
    await page.getByText('While one channel is chosen, figures are compared by queue.').waitFor();
    expect(await lead.problems()).toEqual([]);

    // What is shown, as a table.
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Table (CSV)' }).click(),
    ]);
    const [head, all] = readCsv(await readFile(await download.path(), 'utf8'));
    expect([head?.[3], all?.[3]]).toEqual(['Tickets opened', '1']);

    await page.getByRole('button', { name: 'Check this period now' }).click();
    await page.getByText(/no drift\.$/).waitFor();
    expect(lead.complaints).toEqual([]);

    expect(await desk.scans()).toMatchObject({ scans: 0, last: [] });

    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('link', { name: 'Reports' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(await lead.problems()).toEqual([]);
    await lead.close();
  }, 120_000);

  it('are kept under a name, opened, renamed, mailed and deleted with a way back', async () => {
    const lead = await ConsolePage.signedIn(browser, desk.hub);
    const { page } = lead;
    await lead.goto('/reports?period=yesterday&clock=business&by=agent');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByLabel('Name').fill('Mornings');
    await page.getByLabel('Send by e-mail').selectOption('Once a month');
    await page.getByLabel('Day of the month').selectOption('30th');
    await page.getByText('Mailed on the 30th of each month, or its last day, at 08:00').waitFor();
    await page.getByLabel('Send by e-mail').selectOption('By weekday');
    await page.getByLabel('Thursday').check();
    await page.getByLabel('At', { exact: true }).selectOption('07:00');
    await page.keyboard.press('Enter');
    await page.getByText('“Mornings” is saved.').waitFor();
    const [saved] = (await desk.hub.admin.call('reports.list', { query: {} })).items;
    expect(saved).toMatchObject({
      query: { period: 'yesterday', clock: 'business', by: 'agent' },
      schedule: { every: 'week', weekdays: [1, 4], hour: 7, zone: null },
    });

    await lead.goto('/reports');
    await page.getByRole('button', { name: 'Saved reports' }).click();
    await page.getByText(/Mailed every Monday and Thursday at 07:00, next /).waitFor();
    expect(await lead.problems()).toEqual([]);
    await page.getByRole('button', { name: 'Edit Mornings' }).click();
    await page.getByLabel('Name').fill('At seven');
    await page.getByLabel('In the zone of').selectOption(Intl.DateTimeFormat().resolvedOptions().timeZone);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'At seven' }).click();
    await eventually(() => expect(new URL(page.url()).search).toBe('?period=yesterday&clock=business&by=agent'));

    await page.getByRole('button', { name: 'Saved reports' }).click();
    await page.getByRole('button', { name: 'Delete At seven' }).click();
    await page.getByText('No saved reports yet').waitFor();
    expect((await desk.hub.admin.call('reports.list', { query: {} })).items).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(async () =>
      expect((await desk.hub.admin.call('reports.list', { query: {} })).items.map(({ name }) => name)).toEqual([
        'At seven',
      ]),
    );
    expect(lead.complaints).toEqual([]);
    await lead.close();
  }, 90_000);
});
