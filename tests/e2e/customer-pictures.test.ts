import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { MetaLine } from '../support/meta.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';

/** Customers' faces where agents look: in the list, beside their words and in the panel. */
describeWith({ Chromium: chromiumPath() })('customers’ pictures in the console', () => {
  let hub: TestHub;
  let browser: Browser;
  let page: MetaLine;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    page = await MetaLine.of(hub, 'meta-messenger');
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await page.graph.close();
  });

  /** A small portrait, drawn by the browser. */
  async function portrait(hue: number): Promise<Buffer> {
    const drawing = await browser.newPage({ viewport: { width: 160, height: 160 } });
    await drawing.setContent(`<body style="margin:0;background:hsl(${hue} 45% 75%)"><svg viewBox="0 0 160 160">
      <circle cx="80" cy="150" r="62" fill="hsl(${hue} 50% 35%)"/><circle cx="80" cy="68" r="36" fill="#e9c4a0"/>
      <path d="M42 66a38 38 0 0 1 76 0q-38-28-76 0" fill="#4a3222"/></svg>`);
    const bytes = await drawing.screenshot({ type: 'jpeg' });
    await drawing.close();
    return bytes;
  }
  async function says(id: string, text: string, first_name: string, bytes?: Buffer): Promise<void> {
    const file = bytes && { fileName: 'face.jpg', mimeType: 'image/jpeg', bytes };
    page.graph.people.set(id, { first_name, last_name: 'Reed', ...(file && { profile_pic: page.graph.share(file) }) });
    const message = { sender: { id }, message: { mid: `mid-${text}`, text } };
    expect(await page.messaging('page', message)).toBe(200);
  }
  const isShown = (picture: Locator) =>
    eventually(async () =>
      expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0),
    );

  it('come live, and leave initials where there is none or it can’t be drawn', async () => {
    const agent = await ConsolePage.signedIn(browser, hub);
    await says('1', 'Do you deliver on Sundays?', 'Ada', await portrait(200));
    await says('2', 'No picture of me', 'Bo');
    // Begins as a picture does, and is none.
    await says(
      '3',
      'A broken one',
      'Cy',
      Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(90)]),
    );
    await isShown(agent.row('Do you deliver').locator('xpath=..').locator('img'));
    for (const [words, initials] of [
      ['No picture', 'BR'],
      ['A broken one', 'CR'],
    ] as const)
      await agent.row(words).locator('xpath=..').getByText(initials, { exact: true }).waitFor();
    await agent.row('Do you deliver').click();
    const pictures = agent.page.locator('article .face img, .panel .who img');
    await eventually(async () => expect(await pictures.count()).toBe(2));
    for (const picture of await pictures.all()) await isShown(picture);
    expect(agent.complaints).toEqual([]);
    await agent.close();
  });
});
