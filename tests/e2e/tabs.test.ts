import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

/** Counts how often the page rings. */
const countRings = () => {
  const page = window as unknown as { rings: number };
  page.rings = 0;
  const Real = AudioContext;
  Object.defineProperty(window, 'AudioContext', {
    value: class extends Real {
      override get state(): AudioContextState {
        page.rings += 1;
        return 'suspended';
      }
    },
  });
};

describeWith({ Chromium: chromiumPath() })('tabs of one agent', () => {
  let hub: TestHub;
  let browser: Browser;
  let line: SmsLine;
  let way: CuttableProxy;
  let behind: TestHub;
  const open: BrowserContext[] = [];

  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    line = await SmsLine.of(hub);
    way = new CuttableProxy(new URL(hub.url));
    behind = { ...hub, url: (await way.listen()).replace(/\/$/, '') };
  }, 120_000);
  afterEach(async () => {
    for (const context of open.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await way.close();
    await hub.stop();
    await line.provider.close();
  });

  async function aText(words: string, from: string): Promise<string> {
    expect(await line.receives(hub.url, from, words)).toBe(200);
    return (await theTicketWith(hub.admin, words)).detail.ticket.id;
  }

  it('is right soon after it wakes, though its line died without a word', async () => {
    await aText('Opened before', '+15558810001');
    const other = await aText('Leaves the list', '+15558810002');
    const agent = await ConsolePage.signedIn(browser, behind);
    open.push(agent.page.context());
    await agent.opens('Opened before');
    await agent.row('Leaves the list').waitFor();
    // A list does not move under the pointer or the focus.
    await agent.page.mouse.move(900, 300);
    await agent.page.keyboard.press('r');
    way.hush();
    await aText('Came in the night', '+15558810001');
    await hub.admin.call('tickets.update', { params: { id: other }, body: { status: 'resolved' } });
    await aText('A new one', '+15558810003');

    // A headless page is never hidden, so that it comes into sight again is said to it.
    await agent.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    // Nobody who had not noticed it would be right so soon: the next beat (10 s) and its patience (4 s) alone take longer.
    const timeout = 12_000;
    await agent.says('Came in the night').waitFor({ timeout });
    await agent.row('Leaves the list').waitFor({ state: 'detached', timeout });
    await agent.row('A new one').waitFor({ timeout });
    await agent.badge('Live').waitFor();
  });

  it('agree on what was read, and one of them rings', async () => {
    await hub.admin.call('me.update', { body: { preferences: { sound: true } } });
    const id = await aText('Two tabs see it', '+15558820001');
    const me = await hub.admin.call('session.read');
    await hub.admin.call('tickets.update', { params: { id }, body: { assigneeId: me.id } });
    const one = await ConsolePage.signedIn(browser, hub);
    open.push(one.page.context());
    await one.page.context().addInitScript(countRings);
    await one.page.reload();
    const two = one.inAnotherTab(await one.page.context().newPage());
    await two.goto('/inbox/mine');
    await one.goto('/inbox/mine');
    const unread = (tab: ConsolePage) =>
      tab.page
        .getByRole('listitem')
        .filter({ hasText: 'Two tabs see it' })
        .getByText(/unread message/);
    await unread(two).waitFor();
    await one.opens('Two tabs see it');
    await unread(two).waitFor({ state: 'detached' });
    await one.replies('Answered in the first');
    await two.row('Answered in the first').waitFor();

    await one.goto('/inbox/all');
    await Promise.all([one.badge('Live').waitFor(), two.badge('Live').waitFor()]);
    const rings = async () => {
      const counts = [one, two].map(({ page }) => page.evaluate(() => (window as unknown as { rings: number }).rings));
      return (await Promise.all(counts)).filter((count) => count > 0).length;
    };
    expect(await rings()).toBe(0);
    await aText('And again', '+15558820001');
    await Promise.all([one.row('And again').waitFor(), two.row('And again').waitFor()]);
    await eventually(async () => expect(await rings()).toBe(1));
    await one.page.waitForFunction(() => !document.hidden);
    expect(await rings()).toBe(1);
  });

  it('share what is being written, and none takes away what is typed in it', async () => {
    await hub.admin.call('me.update', { body: { preferences: { undoSeconds: 0 } } });
    await aText('Written in two tabs', '+15558830001');
    const one = await ConsolePage.signedIn(browser, hub);
    open.push(one.page.context());
    await one.opens('Written in two tabs');
    const two = one.inAnotherTab(await one.page.context().newPage());
    await two.page.goto(one.page.url());
    await two.says('Written in two tabs').waitFor();
    const holds = (tab: ConsolePage, words: string) =>
      eventually(async () => expect(await tab.field.inputValue()).toBe(words));

    await one.page.evaluate(() =>
      addEventListener('storage', ({ key }) => key === 'told' && Object.assign(window, { told: true })),
    );
    await one.field.fill('Begun in the first');
    await holds(two, 'Begun in the first');
    // A headless page always has the focus: as if both were typed in at once.
    await two.field.fill('Begun in the first, and in the second');
    const kept = () =>
      one.page.evaluate(() =>
        Object.keys(localStorage)
          .filter((key) => key.startsWith('switchboard.draft.'))
          .map((key) => (JSON.parse(localStorage.getItem(key) ?? '{}') as { reply: string }).reply),
      );
    await eventually(async () => expect(await kept()).toEqual(['Begun in the first, and in the second']));
    // What the first was to hear of it, it has heard: this comes after it.
    await two.page.evaluate(() => localStorage.setItem('told', 'yes'));
    await one.page.waitForFunction(() => (window as unknown as { told?: boolean }).told);
    expect(await one.field.inputValue()).toBe('Begun in the first');
    await one.field.blur();
    await holds(one, 'Begun in the first, and in the second');

    // A tab that has nothing new keeps nothing as it closes.
    await two.field.blur();
    await one.field.fill('Finished in the first');
    await holds(two, 'Finished in the first');
    await two.page.reload();
    await holds(two, 'Finished in the first');
    await one.send();
    await one.says('Finished in the first').waitFor();
    await holds(two, '');
    await two.says('Finished in the first').waitFor();
    expect([...one.complaints, ...two.complaints]).toEqual([]);
  }, 60_000);
});
