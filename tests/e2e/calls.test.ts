import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { VoiceLine } from '../support/voice.ts';

describeWith({ Chromium: chromiumPath() })('a call in the console', () => {
  let hub: TestHub;
  let browser: Browser;
  let line: VoiceLine;

  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    line = await VoiceLine.of(hub);
    const [queue] = (await hub.admin.call('queues.list', {})).items;
    const { id } = await hub.admin.call('session.read');
    await hub.admin.call('queues.update', { params: { id: queue?.id ?? '' }, body: { agentIds: [id] } });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await line.twilio.close();
  });

  it('is answered, muted, held, hung up and wrapped up by keyboard, and stands in the conversation', async () => {
    const console = await ConsolePage.signedIn(browser, hub);
    const { page } = console;
    await hub.admin.call('me.setState', { body: { state: 'ready' } });
    const caller = line.twilio.exchange.dialIn('+14155550101');
    await page.getByRole('region', { name: 'A conversation is offered to you' }).waitFor();
    await page.keyboard.press('y');
    const bar = page.getByRole('region', { name: 'Your call' });
    await bar.getByText('On the line').waitFor();
    line.twilio.exchange.say(caller, 'Good morning');
    await bar.getByRole('button', { name: 'Mute your microphone', exact: true }).waitFor();
    await page.keyboard.press('p');
    await page.keyboard.press('m');
    await bar.getByRole('button', { name: 'Unmute your microphone' }).waitFor();
    await page.keyboard.press('p');
    await page.keyboard.press('h');
    await bar.getByText('On hold').waitFor();
    expect(await console.problems()).toEqual([]);
    await page.keyboard.press('p');
    await page.keyboard.press('k');
    await page.getByRole('group', { name: 'Keypad' }).waitFor();
    await page.keyboard.press('5');
    expect(await console.problems()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await page.getByRole('dialog', { name: 'Transfer the ticket' }).getByText('The call goes along').waitFor();
    expect(await console.problems()).toEqual([]);
    await page.keyboard.press('Escape');
    // The bar stays wherever one goes.
    await console.goto('/customers');
    await bar.getByText('Connecting').or(bar.getByText('On hold')).waitFor();
    await bar.getByRole('button', { name: 'Hang up' }).click();
    await bar.getByText('Call ended').waitFor();
    await bar.getByRole('combobox', { name: 'What was it about?' }).selectOption('Solved');
    await bar.getByRole('button', { name: 'Save' }).click();
    await bar.waitFor({ state: 'hidden' });
    await eventually(() => expect(caller.isOver).toBe(true));
    await console.goto('/inbox/resolved');
    await page.getByText('+14155550101').first().click();
    const call = page.getByRole('article', { name: 'Call from +14155550101' });
    await call.getByText('About: Solved').waitFor();
    await call.getByText('Course of the call').click();
    await call.getByText('Answered by Ada Lovelace').waitFor();
    expect(await console.problems()).toEqual([]);
    expect(console.complaints).toEqual([]);
    await console.close();
  });

  it('goes the way of the menu that was changed by keyboard', async () => {
    await hub.admin.call('queues.create', { body: { name: 'Sales' } });
    const console = await ConsolePage.signedIn(browser, hub);
    const { page } = console;
    await console.goto('/settings/call-menus');
    await page.getByRole('link', { name: 'Phone', exact: true }).click();
    const step = (name: RegExp) => page.getByRole('treeitem', { name });
    await step(/^When open/).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('What happens').selectOption('More keys');
    await step(/^When open.*A menu needs a key/).waitFor();
    await page.getByLabel('Name').fill('Main');
    await page.getByLabel('Says').fill('For orders press 1.');
    await page.keyboard.press('Escape');
    await page.keyboard.press('+');
    await page.getByLabel('Queue', { exact: true }).selectOption('Sales');
    await page.getByLabel('Name').fill('Orders');
    await page.keyboard.press('Escape');
    await step(/^Key 1 Orders Sales/).waitFor();
    expect(await console.problems()).toEqual([]);
    await page.getByRole('button', { name: 'Hear it' }).click();
    const heard = page.getByRole('list', { name: 'What the caller hears' });
    await heard.getByText('For orders press 1.').waitFor();
    await page.keyboard.press('1');
    await heard.getByText('Music, in the queue Sales').waitFor();
    expect(await console.problems()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved: callers hear it from now on.').waitFor();

    const caller = line.twilio.exchange.dialIn('+14155550102');
    await eventually(() => expect(caller.heard).toContain('For orders press 1.'));
    caller.give({ key: '1' });
    await console.goto('/inbox/open');
    await page.getByText('+14155550102').first().click();
    await page.getByRole('button', { name: /Sales/ }).first().waitFor();
    await line.twilio.exchange.hangUp(caller);
    expect(console.complaints).toEqual([]);
    await console.close();
  });
});
