import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY } from '@switchboard/contract';
import type { Browser } from 'playwright-core';
import { Agent } from '../support/agent.ts';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { history, me } from '../support/state-spells.ts';
import { theTicketWith } from '../support/tickets.ts';

describeWith({ Chromium: chromiumPath() })('agents’ states in the console', () => {
  let hub: TestHub;
  let browser: Browser;
  let line: SmsLine;
  const open: ConsolePage[] = [];

  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    line = await SmsLine.of(hub);
    const { sms } = DEFAULT_CAPACITY.channels;
    const channels = { ...DEFAULT_CAPACITY.channels, sms: { ...sms, wrapUpSeconds: 600 } };
    await hub.admin.call('organisation.update', { body: { capacity: { perAgent: 5, channels } } });
  }, 120_000);
  afterEach(async () => {
    for (const page of open.splice(0)) await page.close();
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await line.provider.close();
  });

  const aConsole = async (): Promise<ConsolePage> => {
    const console = await ConsolePage.signedIn(browser, hub);
    open.push(console);
    return console;
  };
  const own = () => me({ api: hub.admin });

  it('are chosen with a reason by keyboard, pause a channel, and show the day', async () => {
    const console = await aConsole();
    const { page } = console;
    const state = page.getByRole('button', { name: 'Your state' });
    await state.press('ArrowDown');
    await page.getByRole('menuitemradio', { name: 'Ready' }).waitFor();
    // Typing jumps to what begins so: the first of its reasons, and the next is lunch.
    await page.keyboard.type('away:');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await state.filter({ hasText: 'Away: Lunch' }).waitFor();
    await eventually(async () => expect(await own()).toMatchObject({ state: 'away', reason: { id: 'lunch' } }));
    await page.keyboard.press('t');
    await page.keyboard.press('1');
    await eventually(async () => expect(await own()).toMatchObject({ state: 'ready', reason: null }));
    await state.click();
    await page.getByRole('menuitemcheckbox', { name: 'SMS' }).click();
    await eventually(async () => expect((await own()).pausedChannels).toEqual(['sms']));
    expect(await console.problems()).toEqual([]);
    await page.getByRole('menuitemcheckbox', { name: 'SMS', checked: false }).click();
    await eventually(async () => expect((await own()).pausedChannels).toEqual([]));
    await page.getByRole('menuitem', { name: 'Your day so far…' }).click();
    const day = page.getByRole('dialog', { name: 'Your day' });
    await day.getByText('Away: Lunch').waitFor();
    expect(await console.problems()).toEqual([]);
  });

  it('count a wrap-up down, prolong it, and end it', async () => {
    const { page } = await aConsole();
    await line.receives(hub.url, '+15556660001', 'To be wrapped up');
    const { id } = (await theTicketWith(hub.admin, 'To be wrapped up')).detail.ticket;
    await hub.admin.call('tickets.update', { params: { id }, body: { status: 'resolved' } });
    const state = page.getByRole('button', { name: 'Your state' });
    await state.filter({ hasText: /Wrap-up\s*9:\d\d/ }).waitFor();
    await state.click();
    await page.getByRole('menuitem', { name: 'One more minute' }).click();
    await state.filter({ hasText: /Wrap-up\s*10:\d\d/ }).waitFor();
    await state.click();
    await page.getByRole('menuitem', { name: 'Ready now' }).click();
    await eventually(async () => expect((await own()).state).toBe('ready'));
  });

  it('are away when nothing is touched in any tab, and come back at a touch', async () => {
    const console = await aConsole();
    const { page } = console;
    await page.clock.install();
    await page.reload();
    await console.badge('Live').waitFor();
    const state = page.getByRole('button', { name: 'Your state' });
    await state.filter({ hasText: 'Ready' }).waitFor();
    await page.clock.fastForward('16:00');
    await state.filter({ hasText: 'Away: Inactivity' }).waitFor();
    await page.mouse.move(300, 300);
    await page.mouse.move(310, 310);
    await page.getByText(/Nothing was touched for .*Now you are Ready again\./).waitFor();
    await eventually(async () => expect((await own()).state).toBe('ready'));
  });

  it('are set by a supervisor under People, and the agent is told by whom', async () => {
    const grace = await Agent.invited(hub.admin, 'Grace');
    const console = await aConsole();
    const { page } = console;
    await console.goto('/settings/people');
    await page.getByRole('button', { name: 'State of Grace' }).click();
    expect(await console.problems()).toEqual([]);
    await page.getByRole('menuitemradio', { name: 'Busy: Meeting' }).click();
    await page.getByText('Grace is now set to Busy: Meeting.').waitFor();
    await eventually(() =>
      expect(grace.passing).toContainEqual(expect.objectContaining({ type: 'state-set', by: 'Ada Lovelace' })),
    );
    expect((await history(grace))[0]).toMatchObject({ cause: 'supervisor', reason: { name: 'Meeting' } });
    grace.disconnect();
  });

  it('have reasons of the organisation’s own', async () => {
    const console = await aConsole();
    const { page } = console;
    await console.goto('/settings/organisation');
    await page.getByRole('button', { name: 'Add a reason' }).click();
    await page.getByRole('group', { name: 'Coaching' }).getByLabel('Name').fill('Coffee');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').first().waitFor();
    expect(await console.problems()).toEqual([]);
    const { agentStates } = await hub.admin.call('organisation.read');
    expect(agentStates.reasons.at(-1)).toMatchObject({ name: 'Coffee', state: 'away', unavailable: true });
  });
});
