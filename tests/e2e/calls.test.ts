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
});
