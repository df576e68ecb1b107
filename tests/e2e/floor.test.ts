import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Agent } from '../support/agent.ts';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

describeWith({ Chromium: chromiumPath() })('the floor', () => {
  let hub: TestHub;
  let browser: Browser;
  let line: SmsLine;
  let grace: Agent;
  let graceId: string;

  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    line = await SmsLine.of(hub);
    const [queue] = (await hub.admin.call('queues.list')).items;
    // Whoever watches is there, and would be given the work.
    await hub.admin.call('queues.update', { params: { id: queue?.id ?? '' }, body: { agentIds: [] } });
    const elsewhere = await hub.admin.call('queues.create', { body: { name: 'Elsewhere' } });
    grace = await Agent.invited(hub.admin, 'Grace', { queueIds: [elsewhere.id] });
    graceId = (await grace.api.call('session.read')).id;
    for (const at of [1, 2, 3]) await line.receives(hub.url, `+1555300000${at}`, `Question ${at}`);
    const { detail } = await theTicketWith(hub.admin, 'Question 1');
    await hub.admin.call('tickets.update', { params: { id: detail.ticket.id }, body: { assigneeId: graceId } });
    await theTicketWith(hub.admin, 'Question 3');
  }, 120_000);
  afterAll(async () => {
    grace.disconnect();
    await browser.close();
    await hub.stop();
    await line.provider.close();
  });

  it('shows who waits and with whom as it changes, and lets a supervisor read along, whisper, take over and give away', async () => {
    const lead = await ConsolePage.signedIn(browser, hub);
    const { page } = lead;
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    const waiting = page.getByRole('button', { name: 'Support: show waiting, 3' });
    await waiting.waitFor();
    expect(await lead.problems()).toEqual([]);
    await line.receives(hub.url, '+15553000004', 'Question 4');
    await page.getByRole('button', { name: 'Support: show waiting, 4' }).waitFor();

    const hers = page.getByRole('article', { name: 'Grace' });
    await hers.getByRole('button', { name: /^#\d+ / }).focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Question 1', { exact: true }).waitFor();
    await drawer.getByText('You are reading along. Grace sees that you look at it.').waitFor();
    expect(await lead.problems()).toEqual([]);
    await drawer.getByLabel('Whisper to Grace').fill('Offer a refund');
    await drawer.getByRole('button', { name: 'Whisper', exact: true }).click();
    await drawer.getByRole('article', { name: /^Note/ }).getByText('Offer a refund').waitFor();
    await eventually(() =>
      expect(grace.passing).toContainEqual(expect.objectContaining({ type: 'whisper', text: 'Offer a refund' })),
    );
    await drawer.getByRole('button', { name: 'Take over' }).click();
    await drawer.getByText('It is yours').waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByRole('article', { name: 'Ada Lovelace' })
      .getByRole('button', { name: /^#\d+ / })
      .waitFor();

    await page.getByRole('button', { name: /^Support: show unassigned, 3/ }).click();
    await page.getByLabel('Select all').check();
    await page.getByRole('button', { name: 'Give to…' }).click();
    await page.getByRole('menuitemradio', { name: /^Grace/ }).click();
    await page.getByText('None now').waitFor();
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await hers.getByRole('button', { name: /^#\d+ / }).count()).toBe(3));
    expect(lead.complaints).toEqual([]);
    await lead.close();
  });

  it('fills a wall, tells when it is not live, and comes back by the key that led there', async () => {
    const lead = await ConsolePage.signedIn(browser, hub, {
      viewport: { width: 1920, height: 1080 },
      colorScheme: 'dark',
    });
    const { page } = lead;
    await lead.goto('/floor');
    await page.getByRole('table').waitFor();
    expect(await lead.problems()).toEqual([]);
    await page.keyboard.press('f');
    await page.getByRole('region', { name: 'Support' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await lead.problems()).toEqual([]);
    const size = await page
      .getByRole('region', { name: 'Support' })
      .locator('dd')
      .first()
      .evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBeGreaterThan(60);
    await page.context().setOffline(true);
    await page.getByText(/^Not live: this is how it was at/).waitFor();
    await page.context().setOffline(false);
    await page.getByText(/^Not live/).waitFor({ state: 'detached' });
    await page.keyboard.press('f');
    await page.getByRole('table').waitFor();

    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('link', { name: 'Floor' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    // What is only for screen readers does not make the page longer than the screen.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
    expect(await lead.problems()).toEqual([]);
    await lead.close();
  });

  it('tells when a limit is passed', async () => {
    const lead = await ConsolePage.signedIn(browser, hub);
    const { page } = lead;
    await lead.goto('/settings/alerts');
    await page.getByRole('button', { name: 'Add an alert' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Crowded');
    await dialog.getByLabel('Limit', { exact: true }).fill('one');
    await dialog.getByText('Type a number.').waitFor();
    await dialog.getByLabel('Limit', { exact: true }).fill('1');
    await dialog.getByLabel('For so many seconds').fill('0');
    expect(await lead.problems()).toEqual([]);
    await dialog.getByRole('button', { name: 'Add an alert' }).click();
    await page.getByText('All queues together: waiting above 1 · console').waitFor();
    await page.getByText('Passed now').waitFor();
    expect(await lead.problems()).toEqual([]);
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await page.getByText('All queues: more than 1 ticket waits').waitFor();
    expect(lead.complaints).toEqual([]);
    await lead.close();
  });
});
