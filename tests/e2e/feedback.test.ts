import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEFAULT_FEEDBACK } from '@switchboard/contract';
import type { Browser } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { Desk, replyBody } from '../support/desk.ts';
import { eventually, found } from '../support/eventually.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';

/** The page on which a customer says how it was, in a browser. */
describeWith({ Chromium: chromiumPath() })('the page of a survey', () => {
  let desk: Desk;
  let browser: Browser;
  beforeAll(async () => {
    [desk, browser] = await Promise.all([Desk.open(), launchBrowser()]);
    const id = (await desk.hub.admin.call('queues.list', { query: {} })).items[0]?.id ?? '';
    const feedback = { ...DEFAULT_FEEDBACK, on: true, delayMinutes: 0 };
    await desk.hub.admin.call('queues.update', { params: { id }, body: { feedback } });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await desk.close();
  });

  /** A ticket whose customer was asked, and the address that they got. */
  const asked = async (words: string) => {
    const phone = desk.aPhone();
    const detail = await desk.aTicket(words, phone);
    const body = { ...replyBody(detail, 'Done.'), force: true, thenStatus: 'resolved' as const };
    await desk.hub.admin.call('tickets.reply', { params: { id: detail.ticket.id }, body });
    const url = await eventually(() =>
      found('a link', /https?:\S+\/feedback\/[\w.-]+/.exec(desk.line.sentTo(phone)[1] ?? '')?.[0]),
    );
    return { id: detail.ticket.id, url };
  };
  const rated = async (id: string) => (await desk.read(id)).ticket.rating;
  const heading = ({ page }: ConsolePage) => page.getByRole('heading', { level: 1 });
  const phone = { viewport: { width: 390, height: 844 } };

  it('is answered by keys alone, and changed the same way', async () => {
    const { id, url } = await asked('the gate sticks');
    const customer = await ConsolePage.fresh(browser, desk.hub, phone);
    const { page } = customer;
    const key = (...keys: string[]) =>
      keys.reduce((after, one) => after.then(() => page.keyboard.press(one)), Promise.resolve());
    await page.goto(url);
    // Nothing is chosen: sent like that, the browser itself says so and leads there.
    await key('Tab', 'Tab', 'Tab', 'Enter');
    expect(page.url()).toBe(url);
    expect(await rated(id)).toBeUndefined();
    const chosen = page.getByRole('radio', { name: '4 good', exact: true });
    await key('ArrowDown');
    expect(await chosen.isChecked()).toBe(true);
    await key('Tab');
    await page.keyboard.type('Quick, and <friendly>');
    await key('Tab', 'Enter');
    await page.getByText('Thank you. Your answer is with the team.').waitFor();
    expect(await rated(id)).toBe(4);

    await page.reload();
    expect(await page.getByLabel('What should we know?').inputValue()).toBe('Quick, and <friendly>');
    await key('Tab', 'ArrowUp', 'Tab', 'Tab', 'Enter');
    await eventually(async () => expect(await rated(id)).toBe(5));
    expect(customer.complaints).toEqual([]);
    await customer.close();
  });

  it('votes for nobody who only looks, and takes back no answer of who follows another link', async () => {
    const { id, url } = await asked('the hinge broke');
    const customer = await ConsolePage.fresh(browser, desk.hub);
    const { page } = customer;
    await page.goto(`${url}?rating=2`);
    expect(await page.getByRole('radio', { name: '2 poor' }).isChecked()).toBe(true);
    expect(await rated(id)).toBeUndefined();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Thank you').waitFor();
    await page.goto(`${url}?rating=5`);
    expect(await page.getByRole('radio', { name: '5 very good' }).isChecked()).toBe(true);
    expect(await page.getByText('Thank you').count()).toBe(0);
    expect(await rated(id)).toBe(2);
    await customer.close();
  });

  it('says of a wrong and an expired address what can be done', async () => {
    const { url } = await asked('the lock is stuck');
    const customer = await ConsolePage.fresh(browser, desk.hub, phone);
    const { page } = customer;
    expect((await page.goto(url.slice(0, -1)))?.status()).toBe(404);
    expect(await heading(customer).textContent()).toBe('This address is not complete');
    await page.goto(url);
    await page.getByRole('radio', { name: '3 fair' }).check();
    await desk.collection('surveys').updateMany({}, { $set: { closesAt: new Date() } });
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Your answer could not be taken any more.').waitFor();
    expect((await page.goto(url))?.status()).toBe(410);
    expect(await heading(customer).textContent()).toBe('This question is closed');
    await customer.close();
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const)('has nothing that axe finds, in %s, %i wide', async (colorScheme, width) => {
    const { url } = await asked(`the shed leaks, ${colorScheme} ${width}`);
    const customer = await ConsolePage.fresh(browser, desk.hub, { colorScheme, viewport: { width, height: 844 } });
    const { page } = customer;
    const isClean = async () => {
      expect(await customer.problems()).toEqual([]);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect(wide).toBe(false);
    };
    await page.goto(url);
    await isClean();
    // As a browser sends it that knows no `required`.
    await page.evaluate(() => document.querySelector('form')?.setAttribute('novalidate', ''));
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('group', { name: 'Your rating' }).getAttribute('aria-describedby')).toBe('problem');
    await isClean();
    await page.getByRole('radio', { name: '1 very poor' }).check();
    await page.getByLabel('What should we know?').fill('It rained in again.\nA second time.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('status').waitFor();
    await isClean();
    await page.goto(`${url}x`);
    await isClean();
    await customer.close();
  });
});
