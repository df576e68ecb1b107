import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';

const DAY_MS = 86_400_000;

/** Nine weeks up to last midnight, busy from nine to five by UTC. */
async function bringHistory(hub: TestHub, id: string): Promise<void> {
  const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const arrivals = Array.from({ length: 63 * 32 }, (_, at) => {
    const time = midnight - (Math.floor(at / 32) + 1) * DAY_MS + (36 + (at % 32)) * 900_000;
    return { at: new Date(time).toISOString(), count: 6 + (at % 3) };
  });
  await hub.admin.call('staffing.import', { params: { id }, body: { channel: 'sms', arrivals } });
}

describeWith({ Chromium: chromiumPath() })('the staffing page', () => {
  let hub: TestHub;
  let browser: Browser;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    await hub.admin.call('organisation.update', { body: { timeZone: 'Etc/UTC' } });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await hub.stop();
  });

  it('says what is missing, then forecasts, and tells what one more brings: by keyboard, on a screen and a phone', async () => {
    const [queue] = (await hub.admin.call('queues.list')).items;
    const lead = await ConsolePage.signedIn(browser, hub);
    const { page } = lead;
    await page.keyboard.press('g');
    await page.keyboard.press('f');
    await page.getByText('21 days more of history are needed').waitFor();
    expect(await lead.problems()).toEqual([]);

    await bringHistory(hub, queue?.id ?? '');
    await page.reload();
    await page.getByText(/^Such forecasts were off by \d+% over a day/).waitFor();
    await page.getByText('Calls', { exact: true }).click();
    await page.getByLabel('Agents at work').fill('3');
    const hours = page.locator('dl div').filter({ hasText: '10:00 to 12:00' }).locator('dd');
    await eventually(async () => {
      const [now = 0, then = 0] = ((await hours.textContent()) ?? '').match(/\d+/g)?.map(Number) ?? [];
      expect(now).toBeGreaterThan(20);
      expect(then).toBeGreaterThan(now + 5);
    });

    const chart = page.getByRole('slider', { name: /^Expected arrivals/ });
    await chart.focus();
    await page.keyboard.press('Home');
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/^00:00, Expected 0/);
    for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowRight');
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/^10:00, Expected 1\d/);

    await page.getByText('As a table').last().click();
    await page
      .getByRole('row', { name: /^10:00 / })
      .last()
      .waitFor();
    await page.getByLabel('Handling time, min').fill('long');
    await page.getByText('Type a number.').waitFor();
    await page.getByLabel('Handling time, min').fill('0');
    await page.getByText('Too much or too little to plan with.').waitFor();
    expect(await lead.problems()).toEqual([]);
    await page.getByLabel('Handling time, min').fill('5');
    await page.getByLabel('To', { exact: true }).selectOption('09:00');
    await page.getByText('There is no plan: 10:00–09:00 ends before it begins').waitFor();
    expect(lead.complaints).toEqual([]);

    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('link', { name: 'Staffing' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(await lead.problems()).toEqual([]);
  });
});
