import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions, Route } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { Agent } from '../support/agent.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theMessage, theTicketWith } from '../support/tickets.ts';

/** What stands between a click on Send and a customer: asked in a browser, as an agent meets it. */
describeWith({ Chromium: chromiumPath() })('sending', () => {
  let hub: TestHub;
  let browser: Browser;
  let line: SmsLine;
  let phones = 0;
  const open: ConsolePage[] = [];
  const aPhone = () => `+1555990${String(++phones).padStart(4, '0')}`;

  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    line = await SmsLine.of(hub);
  }, 120_000);
  afterEach(async () => {
    for (const page of open.splice(0)) await page.close();
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await line.provider.close();
  });

  const undoAfter = (undoSeconds: number | null) =>
    hub.admin.call('me.update', { body: { preferences: { undoSeconds } } });

  async function anAgentAt(words: string, options: BrowserContextOptions = {}) {
    const phone = aPhone();
    expect(await line.receives(hub.url, phone, words)).toBe(200);
    const { detail } = await theTicketWith(hub.admin, words);
    const agent = await ConsolePage.signedIn(browser, hub, options);
    open.push(agent);
    await agent.opens(words);
    return { agent, phone, id: detail.ticket.id, threadId: detail.targets[0]?.threadId ?? '' };
  }

  it('shows what a colleague said in between, and asks; the answer goes out only then', async () => {
    await undoAfter(0);
    const { agent, phone, id, threadId } = await anAgentAt('Two of you, perhaps');
    const grace = await Agent.invited(hub.admin, 'Grace');
    await hub.admin.call('tickets.update', {
      params: { id },
      body: { assigneeId: (await grace.api.call('session.read')).id },
    });
    await grace.watch(id);
    await agent.page.getByText('Grace is viewing').first().waitFor();
    await agent.field.fill('My answer');
    // What the console could not hear of yet: its reply is on the way when Grace’s is stored.
    const onItsWay = async (route: Route) => {
      const parts = [{ type: 'text' as const, text: 'Grace’s answer' }];
      const body = { clientId: crypto.randomUUID(), threadId, parts };
      await grace.api.call('tickets.reply', { params: { id }, body });
      await route.continue();
    };
    await agent.page.route('**/api/v1/tickets/*/replies', onItsWay, { times: 1 });
    await agent.send();
    const notice = agent.page.getByRole('alert').filter({ hasText: 'The conversation went on' });
    await notice.getByText('Grace’s answer').waitFor();
    expect(await agent.field.inputValue()).toBe('My answer');
    expect(await agent.problems()).toEqual([]);
    await notice.getByRole('button', { name: 'Go on editing' }).click();
    await notice.waitFor({ state: 'detached' });
    await agent.field.fill('What Grace said');
    await agent.send();
    await eventually(() => expect(line.sentTo(phone)).toEqual(['Grace’s answer', 'What Grace said']));
    grace.disconnect();
    expect(agent.complaints).toEqual([]);
  }, 90_000);

  it('takes a reply back by key, with its words, and sends it after its time otherwise', async () => {
    await undoAfter(30);
    const { agent, phone, id } = await anAgentAt('Take it back');
    await agent.replies('Too hasty');
    await agent.page.getByText(/Sending in \d+ s/).waitFor();
    expect(await agent.problems()).toEqual([]);
    await agent.field.blur();
    await agent.page.keyboard.press('z');
    await eventually(async () => expect(await agent.field.inputValue()).toBe('Too hasty'));
    await eventually(async () => expect(await agent.says('Too hasty').count()).toBe(0));
    await eventually(async () => {
      const detail = await hub.admin.call('tickets.read', { params: { id } });
      expect([detail.held, detail.ticket.status]).toEqual([[], 'new']);
    });
    await undoAfter(1);
    await agent.page.reload();
    await eventually(async () => expect(await agent.field.inputValue()).toBe('Too hasty'));
    await agent.field.fill('Well considered');
    await agent.send();
    // The tab may close: the hub has it.
    await eventually(async () =>
      expect((await hub.admin.call('tickets.read', { params: { id } })).held).toHaveLength(1),
    );
    await agent.page.close();
    await eventually(() => expect(line.sentTo(phone)).toEqual(['Well considered']));
    expect(agent.complaints).toEqual([]);
  }, 90_000);

  it('holds replies as long as the organisation says, from the moment on that it is said', async () => {
    await undoAfter(null);
    const { agent, phone, id, threadId } = await anAgentAt('How long may I think');
    await agent.replies('Ten seconds by default');
    await agent.page.getByText(/Sending in (8|9|10) s/).waitFor();
    await agent.page.getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => expect(await agent.field.inputValue()).toBe('Ten seconds by default'));

    const settings = await ConsolePage.signedIn(browser, hub);
    open.push(settings);
    await settings.goto('/settings/organisation');
    const seconds = settings.page.getByRole('textbox', { name: 'Seconds', exact: true });
    const save = settings.page.getByRole('button', { name: 'Save' });
    await seconds.fill('31');
    await save.click();
    await settings.page.getByText('At most 30 seconds').waitFor();
    expect(await settings.problems()).toEqual([]);
    await seconds.fill('25');
    // The other tab was open all the time, and hears of it.
    const heard = agent.page.waitForResponse('**/api/v1/organisation');
    await save.click();
    await settings.page.getByText('Saved').waitFor();
    await heard;
    await settings.goto('/settings/preferences');
    await settings.page.getByText('Default: 25 s').waitFor();
    expect(await settings.problems()).toEqual([]);

    await agent.send();
    await agent.page.getByText(/Sending in 2[0-5] s/).waitFor();
    await agent.page.getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => expect(await agent.field.inputValue()).toBe('Ten seconds by default'));
    // Who calls the API is held only where asked for it.
    const body = { clientId: crypto.randomUUID(), threadId, parts: [{ type: 'text' as const, text: 'At once' }] };
    await hub.admin.call('tickets.reply', { params: { id }, body });
    await eventually(() => expect(line.sentTo(phone)).toEqual(['At once']));
    await hub.admin.call('organisation.update', { body: { undoSeconds: 10 } });
    expect([...agent.complaints, ...settings.complaints]).toEqual([]);
  }, 90_000);

  it('schedules a reply, changes its time, and gives it back when the customer writes first', async () => {
    await undoAfter(10);
    const { agent, phone, id } = await anAgentAt('I will think about it');
    await agent.field.fill('Have you decided?');
    await agent.page.getByRole('button', { name: 'Other ways to send' }).click();
    await agent.page.getByRole('menuitem', { name: /Tomorrow morning/ }).click();
    const held = agent.page.getByRole('list', { name: 'Replies that have not gone out' });
    await held.getByText(/^Scheduled for/).waitFor();
    expect(await agent.field.inputValue()).toBe('');
    await held.getByRole('button', { name: 'Change time' }).click();
    const dialog = agent.page.getByRole('dialog', { name: 'Send later' });
    const nextYear = new Date().getFullYear() + 1;
    await dialog.getByLabel('Date and time').fill(`${nextYear + 1}-01-02T09:00`);
    await dialog.getByRole('button', { name: 'Schedule' }).click();
    await dialog.getByText('Choose a time within a year.').waitFor();
    expect(await agent.problems()).toEqual([]);
    await dialog.getByLabel('Date and time').fill(`${nextYear}-01-02T09:00`);
    await dialog.getByRole('button', { name: 'Schedule' }).click();
    await held.getByText(new RegExp(String(nextYear))).waitFor();
    expect(await agent.problems()).toEqual([]);
    await line.receives(hub.url, phone, 'I have decided');
    await held.getByText(/wrote first, so this reply was not sent/).waitFor();
    await held.getByRole('button', { name: 'Edit' }).click();
    await eventually(async () => expect(await agent.field.inputValue()).toBe('Have you decided?'));
    await held.waitFor({ state: 'detached' });
    const { ticket } = await hub.admin.call('tickets.read', { params: { id } });
    expect(ticket).toMatchObject({ scheduled: 0, needsAttention: false });
    expect(line.sentTo(phone)).toEqual([]);
    expect(agent.complaints).toEqual([]);
  }, 90_000);

  it('keeps what was written without a connection through a reload, and two tabs send it once, in order', async () => {
    await undoAfter(0);
    const { agent, phone, id } = await anAgentAt('Through the tunnel');
    const context = agent.page.context();
    const cut = (page: typeof agent.page) => page.route('**/api/v1/tickets/*/replies', (route) => route.abort());
    await cut(agent.page);
    for (const words of ['first', 'second', 'third']) await agent.replies(words);
    await agent.messages.getByText('Waiting to be sent').first().waitFor();
    await context.setOffline(true);
    await agent.badge('Offline').waitFor();
    await context.setOffline(false);
    await agent.page.reload();
    await agent.says('third').waitFor();
    const other = await context.newPage();
    await cut(other);
    await other.goto(agent.page.url());
    await other.getByRole('region', { name: 'Messages' }).getByText('third', { exact: true }).waitFor();
    expect(line.sentTo(phone)).toEqual([]);
    await Promise.all([agent.page, other].map((page) => page.unroute('**/api/v1/tickets/*/replies')));
    await eventually(() => expect(line.sentTo(phone)).toEqual(['first', 'second', 'third']));
    await agent.messages.getByText('Waiting to be sent').first().waitFor({ state: 'detached' });
    await theMessage(hub.admin, id, 'third', (_, { entries }) =>
      expect(entries.filter((entry) => entry.type === 'message' && entry.direction === 'out')).toHaveLength(3),
    );
    for (const page of [agent.page, other])
      expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.outbox.')))).toEqual(
        [],
      );
  }, 90_000);
});
