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
import { Visitor } from '../support/visitor.ts';

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

  it('warn whoever leaves live conversations, hand them over, and tell whoever was gone what went', async () => {
    const queueId = (await hub.admin.call('queues.create', { body: { name: 'Chats' } })).id;
    const body = { connectorId: 'webchat', name: 'Site', settings: {}, queueId };
    const site = (await hub.admin.call('channelAccounts.create', { body })).id;
    await (await Visitor.on(hub.url, site)).says('I am here');
    const { id } = (await theTicketWith(hub.admin, 'I am here')).detail.ticket;
    await hub.admin.call('tickets.update', { params: { id }, body: { assigneeId: (await own()).id } });
    const assignee = async () =>
      (await hub.admin.call('tickets.read', { params: { id } })).ticket.assignee?.name ?? null;

    const console = await aConsole();
    const { page } = console;
    await page.keyboard.press('t');
    await page.keyboard.press('4');
    const asked = page.getByRole('dialog', { name: 'Leave one live conversation?' });
    await asked.waitFor();
    expect(await console.problems()).toEqual([]);
    await asked.getByRole('button', { name: 'Cancel' }).click();
    expect((await own()).state).toBe('ready');
    expect(await assignee()).toBe('Ada Lovelace');
    await page.keyboard.press('t');
    await page.keyboard.press('4');
    await asked.getByRole('button', { name: 'Hand over and go offline' }).click();
    await eventually(async () => expect(await assignee()).toBeNull());
    await console.goto(`/inbox/all/${id}`);
    await page.getByText('Ada Lovelace has left: back to the queue Chats').waitFor();
    expect(await console.problems()).toEqual([]);
    await hub.admin.call('me.setState', { body: { state: 'ready' } });

    // Cut off for longer than the channel allows, then back.
    await hub.admin.call('tickets.update', { params: { id }, body: { assigneeId: (await own()).id } });
    const { webchat } = DEFAULT_CAPACITY.channels;
    const channels = { ...DEFAULT_CAPACITY.channels, webchat: { ...webchat, returnSeconds: 5 } };
    await hub.admin.call('organisation.update', { body: { capacity: { perAgent: 5, channels } } });
    await console.close();
    open.splice(0);
    await eventually(async () => expect(await assignee()).toBeNull(), 40_000);
    const back = await aConsole();
    const told = back.page.getByRole('dialog', { name: 'One conversation went back to the queue' });
    await told.waitFor();
    expect(await back.problems()).toEqual([]);
    await told.getByRole('button', { name: 'All right' }).click();
    await eventually(async () => expect((await own()).returned).toEqual([]));
    await back.page.reload();
    await back.badge('Live').waitFor();
    expect(await told.count()).toBe(0);
  }, 90_000);

  it('are set by a supervisor on the floor, too', async () => {
    const hedy = await Agent.invited(hub.admin, 'Hedy');
    const console = await aConsole();
    const { page } = console;
    await console.goto('/floor');
    await page.getByRole('article', { name: 'Hedy' }).getByRole('button', { name: 'State of Hedy' }).click();
    expect(await console.problems()).toEqual([]);
    await page.getByRole('menuitemradio', { name: 'Busy: Training' }).click();
    await page.getByRole('region', { name: 'Busy' }).getByRole('article', { name: 'Hedy' }).waitFor();
    expect((await history(hedy))[0]).toMatchObject({ cause: 'supervisor', reason: { name: 'Training' } });
    hedy.disconnect();
  });

  it('have reasons of the organisation’s own', async () => {
    const console = await aConsole();
    const { page } = console;
    await console.goto('/settings/organisation');
    await console.badge('Live').waitFor();
    await page.getByRole('button', { name: 'Add a reason' }).click();
    await page.getByRole('group', { name: 'Coaching' }).getByLabel('Name').fill('Coffee');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').first().waitFor();
    expect(await console.problems()).toEqual([]);
    const { agentStates } = await hub.admin.call('organisation.read');
    expect(agentStates.reasons.at(-1)).toMatchObject({ name: 'Coffee', state: 'away', unavailable: true });
    // The palette has it without being loaded anew.
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('coffee');
    await page.getByRole('option', { name: /Set yourself to Away: Coffee/ }).waitFor();
  });
});
