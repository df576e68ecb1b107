import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Agent } from '../support/agent.ts';
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
    // Somewhere that a ticket and its call can be given to.
    await hub.admin.call('queues.create', { body: { name: 'Billing' } });
    const params = { id: line.accountId };
    const { changed: _, ...menu } = await hub.admin.call('callMenus.read', { params });
    await hub.admin.call('callMenus.write', {
      params,
      body: { ...menu, recording: 'announced', transcribeCalls: true },
    });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await line.twilio.close();
  });

  it('is answered, muted, held, hung up and wrapped up by keyboard, and stands in the conversation', async () => {
    const console = await ConsolePage.signedIn(browser, hub);
    const { page } = console;
    await console.goto('/settings/queues');
    await page.getByRole('button', { name: 'Edit Support' }).focus();
    await page.keyboard.press('Enter');
    const queue = page.getByRole('dialog', { name: 'Support' });
    await queue.getByRole('switch', { name: 'Own list of what calls are about' }).focus();
    for (const key of ['Space', 'Tab']) await page.keyboard.press(key);
    await page.keyboard.type('Refund\nREFUND');
    for (const key of ['Tab', 'Space']) await page.keyboard.press(key);
    await queue.getByRole('button', { name: 'Save' }).click();
    await queue.getByText('Each once').waitFor();
    expect(await console.problems()).toEqual([]);
    await queue.getByRole('textbox', { name: 'Subjects' }).fill('Refund\nInvoice');
    await queue.getByRole('button', { name: 'Save' }).click();
    await queue.waitFor({ state: 'hidden' });
    await console.goto('/inbox/open');
    await console.badge('Live').waitFor();
    await hub.admin.call('me.setState', { body: { state: 'ready' } });
    const caller = line.twilio.exchange.dialIn('+14155550101');
    await page.getByRole('region', { name: 'A conversation is offered to you' }).waitFor();
    await page.keyboard.press('y');
    const bar = page.getByRole('region', { name: 'Your call' });
    await bar.getByText('On the line', { exact: true }).waitFor();
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
    const about = bar.getByRole('combobox', { name: 'What was it about?' });
    await about.waitFor();
    expect(await bar.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    expect(await console.problems()).toEqual([]);
    await about.selectOption('Refund');
    await bar.getByRole('button', { name: 'Save' }).click();
    await bar.waitFor({ state: 'hidden' });
    await eventually(() => expect(caller.isOver).toBe(true));
    await console.goto('/inbox/resolved');
    await page.getByText('+14155550101').first().click();
    const call = page.getByRole('article', { name: 'Call from +14155550101' });
    await call.getByText('About: Refund').waitFor();
    await call.getByText('What was said').press('Enter');
    const said = call.getByRole('listitem').filter({ hasText: 'Good morning' });
    await said.getByText('+14155550101').waitFor();
    await call.getByLabel('Recording').waitFor();
    await call.getByText('Course of the call').click();
    await call.getByText('Answered by Ada Lovelace').waitFor();
    expect(await console.problems()).toEqual([]);
    expect(console.complaints).toEqual([]);
    await console.close();
  });

  it('is taken to a colleague who is asked first, then listened to and barged into from the floor', async () => {
    const agent = await Agent.invited(hub.admin, 'Grace');
    agent.disconnect();
    await agent.api.call('me.setState', { body: { state: 'busy' } });
    const ada = await ConsolePage.signedIn(browser, hub);
    const grace = await ConsolePage.signedIn(browser, { ...hub, admin: agent.api });
    await hub.admin.call('me.setState', { body: { state: 'ready' } });
    const caller = line.twilio.exchange.dialIn('+14155550103');
    await ada.page.getByRole('region', { name: 'A conversation is offered to you' }).waitFor();
    await ada.page.keyboard.press('y');
    const mine = ada.page.getByRole('region', { name: 'Your call' });
    await mine.getByText('On the line', { exact: true }).waitFor();
    await mine.getByRole('button', { name: 'Mute your microphone', exact: true }).waitFor();
    await ada.page.getByRole('article', { name: 'Call from +14155550103' }).waitFor();
    await presses(ada, 'p', 't');
    const dialog = ada.page.getByRole('dialog', { name: 'Transfer the call with +14155550103' });
    await dialog.getByText('Phone number').click();
    await dialog.getByText('An administrator can allow it').waitFor();
    await dialog.getByText('Colleague', { exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Note for them' }).fill('Wants a refund');
    expect(await ada.problems()).toEqual([]);
    await dialog.getByRole('button', { name: 'Ask first' }).click();
    const asked = grace.page.getByRole('region', { name: 'You are asked into a call' });
    await asked.getByText('Wants a refund').waitFor();
    await mine.getByText('is being asked').waitFor();
    expect(await grace.problems()).toEqual([]);
    await grace.page.keyboard.press('y');
    await mine.getByText('With Grace, customer on hold').waitFor();
    const theirs = grace.page.getByRole('region', { name: 'Your call' });
    await theirs.getByText('In the call of Ada Lovelace').waitFor();
    expect(await ada.problems()).toEqual([]);
    await presses(ada, 'p', 'g');
    await mine.getByRole('button', { name: 'Put Grace on hold' }).waitFor();
    expect(await ada.problems()).toEqual([]);
    await mine.getByRole('button', { name: 'Leave the call to Grace' }).click();
    await theirs.getByText('On the line', { exact: true }).waitFor();
    await mine.waitFor({ state: 'hidden' });
    await ada.goto('/floor');
    await ada.page.getByRole('article', { name: 'Grace' }).getByRole('button', { name: '+14155550103' }).click();
    const drawer = ada.page.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Listen', exact: true }).click();
    const listens = ada.page.getByRole('region', { name: 'Listen to this call' });
    await listens.getByText('nobody hears you').waitFor();
    await theirs.getByText('listens').waitFor();
    expect(await grace.problems()).toEqual([]);
    await drawer.getByRole('button', { name: 'Barge in' }).click();
    await listens.getByText('You speak with Grace').waitFor();
    expect(await ada.problems()).toEqual([]);
    await ada.page.keyboard.press('Escape');
    await presses(ada, 'p', 'x');
    await listens.waitFor({ state: 'hidden' });
    await presses(grace, 'p', 'e');
    await theirs.getByText('Call ended').waitFor();
    await eventually(() => expect(caller.isOver).toBe(true));
    for (const console of [ada, grace]) {
      expect(console.complaints).toEqual([]);
      await console.close();
    }
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

/** One after another, as a shortcut of two keys is typed. */
async function presses({ page }: ConsolePage, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}
