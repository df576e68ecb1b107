import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEFAULT_QUEUE_ROUTING } from '@switchboard/contract';
import mongoose, { type Connection } from 'mongoose';
import type { Browser } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { lastMonday, recordWeek } from '../support/recorded-week.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';

describeWith({ Chromium: chromiumPath() })('the routing lab', () => {
  let hub: TestHub;
  let browser: Browser;
  let database: Connection;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    const socket = encodeURIComponent(join(hub.dataDir, 'database/mongo.sock'));
    database = await mongoose.createConnection(`mongodb://${socket}/?directConnection=true`).asPromise();
    await hub.admin.call('organisation.update', { body: { timeZone: 'Etc/UTC' } });
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await browser.close();
    await hub.stop();
  });

  it('tries another rule on a past week, puts it in force and takes it back, by keyboard and on a phone', async () => {
    const [support] = (await hub.admin.call('queues.list')).items;
    const { id: ada } = await hub.admin.call('session.read');
    await recordWeek(
      database.useDb('switchboard'),
      { busy: support?.id ?? '', agents: { busy: [ada], idle: [] } },
      lastMonday(),
    );
    const lead = await ConsolePage.signedIn(browser, hub);
    const { page } = lead;
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.getByText('No drafts yet').waitFor();
    expect(await lead.problems()).toEqual([]);

    await page.getByRole('button', { name: 'New draft' }).click();
    await page.getByLabel('Name').fill('One more in the morning');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing yet: both replays will be the same.').waitFor();
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);

    await page.getByRole('button', { name: 'Rules of a queue' }).click();
    await page.getByRole('dialog').getByLabel('Who gets the next ticket').selectOption('longest-idle');
    expect(await lead.problems()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Rules of Support').waitFor();
    await page.getByRole('button', { name: 'Staff', exact: true }).click();
    await page.getByLabel('From', { exact: true }).selectOption('08:00');
    await page.getByLabel('To', { exact: true }).selectOption('10:00');
    expect(await lead.problems()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^One more: .*08:00–10:00/).waitFor();

    await page.getByRole('button', { name: 'Play the week' }).click();
    await page.getByText('How far to trust it').waitFor({ timeout: 60_000 });
    await page.getByText('Close enough to compare the two replays.').waitFor();
    const cells = page.getByRole('row', { name: /^Average speed of answer/ }).locator('td');
    const [, now = '', then = ''] = await cells.allTextContents();
    expect(now).not.toBe(then);
    const chart = page.getByRole('slider', { name: 'Service level by hour' });
    await chart.press('Home');
    expect(await chart.getAttribute('aria-valuetext')).toMatch(
      /^00:00, Replay, draft .*, Replay, in force .*, Really was /,
    );
    await page.getByText('As a table').click();
    await page.getByRole('row', { name: /^08:00 / }).waitFor();
    await page.getByText('Person', { exact: true }).click();
    await page.getByRole('row', { name: /^\+1 \(08:00–10:00\)/ }).waitFor();
    expect(await lead.problems()).toEqual([]);

    const method = async () => (await hub.admin.call('queues.list')).items[0]?.routing.method;
    expect(await method()).toBe(DEFAULT_QUEUE_ROUTING.method);
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByText('In force', { exact: true }).waitFor();
    expect(await method()).toBe('longest-idle');
    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByRole('button', { name: 'Publish' }).waitFor();
    expect(await method()).toBe(DEFAULT_QUEUE_ROUTING.method);

    const routing = { ...DEFAULT_QUEUE_ROUTING, method: 'round-robin' as const };
    await hub.admin.call('queues.update', { params: { id: support?.id ?? '' }, body: { routing } });
    await page.getByText('Changed in force meanwhile: Support').waitFor();
    await page.getByRole('button', { name: 'Keep my version' }).click();
    await eventually(async () => expect(await page.getByText('Changed in force meanwhile').count()).toBe(0));
    expect(lead.complaints).toEqual([]);

    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText('How far to trust it').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(await lead.problems()).toEqual([]);
  });
});
