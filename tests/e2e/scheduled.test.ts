import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Agent } from '../support/agent.ts';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { replyBody } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

const HOUR = 3_600_000;

describeWith({ Chromium: chromiumPath() })('the list of replies that wait', () => {
  let hub: TestHub;
  let browser: Browser;
  let line: SmsLine;
  let grace: Agent;
  let phones = 0;
  const open: ConsolePage[] = [];

  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    line = await SmsLine.of(hub);
    const queues = await hub.admin.call('queues.list', { query: {} });
    grace = await Agent.invited(hub.admin, 'Grace', { queueIds: queues.items.map(({ id }) => id) });
  }, 120_000);
  afterEach(async () => {
    for (const page of open.splice(0)) await page.close();
  });
  afterAll(async () => {
    grace.disconnect();
    await browser.close();
    await hub.stop();
    await line.provider.close();
  });

  async function aTicket(words: string) {
    const phone = `+1555770${String(++phones).padStart(4, '0')}`;
    expect(await line.receives(hub.url, phone, words)).toBe(200);
    return { phone, ...(await theTicketWith(hub.admin, words)).detail };
  }
  async function schedules(
    api: Agent['api'],
    detail: Awaited<ReturnType<typeof aTicket>>,
    text: string,
    hours: number,
  ) {
    const until = new Date(Date.now() + hours * HOUR).toISOString();
    const body = { ...replyBody(detail, text), hold: { kind: 'later' as const, until } };
    return api.call('held.create', { params: { id: detail.ticket.id }, body });
  }
  async function atTheList() {
    const agent = await ConsolePage.signedIn(browser, hub);
    open.push(agent);
    await agent.page.getByRole('link', { name: /^Scheduled/ }).click();
    return { agent, list: agent.page.getByRole('list', { name: 'Replies that wait' }) };
  }

  it('says when there is nothing, then fills, changes and empties by itself', async () => {
    const ticket = await aTicket('Call me back');
    const { agent, list } = await atTheList();
    await agent.page.getByText('Nothing waits to be sent').waitFor();
    expect(await agent.problems()).toEqual([]);

    const first = await schedules(hub.admin, ticket, 'I will call you', 30);
    await list.getByText('I will call you').waitFor();
    await schedules(hub.admin, ticket, 'Sooner than that', 3);
    await list.getByText('Sooner than that').waitFor();
    await eventually(async () => expect(await list.getByRole('link').allInnerTexts()).toHaveLength(2));
    expect((await list.getByRole('link').allInnerTexts())[0]).toContain('Sooner than that');
    await agent.page.getByRole('link', { name: /^Scheduled 2/ }).waitFor();
    expect(await agent.problems()).toEqual([]);

    await hub.admin.call('held.release', { params: { id: ticket.ticket.id, entryId: first.id } });
    await list.getByText('I will call you').waitFor({ state: 'detached' });
    await agent.page.getByRole('link', { name: /^Scheduled 1/ }).waitFor();
    expect(agent.complaints).toEqual([]);
  }, 90_000);

  it('opens, sends now, moves and cancels by keys alone', async () => {
    const ticket = await aTicket('Keys only');
    await schedules(hub.admin, ticket, 'Send me now', 1);
    await schedules(hub.admin, ticket, 'Move me', 2);
    await schedules(hub.admin, ticket, 'Cancel me', 4);
    const { agent, list } = await atTheList();
    const { keyboard } = agent.page;
    const row = (words: string) => list.getByRole('listitem').filter({ hasText: words });
    /** Walks to a row, opens its menu, chooses. */
    const choose = async (words: string, item: string, key = 'j') => {
      await agent.page.getByRole('button', { name: 'Rows' }).focus();
      await row(words).waitFor();
      await eventually(async () => {
        await keyboard.press(key);
        const onIt = row(words).getByRole('link');
        expect(await onIt.evaluate((link) => link === document.activeElement)).toBe(true);
      });
      await keyboard.press('Tab');
      await keyboard.press('Enter');
      const menu = agent.page.getByRole('menu');
      await menu.getByRole('menuitem', { name: item }).press('Enter');
    };

    await choose('Send me now', 'Send now');
    await eventually(() => expect(line.sentTo(ticket.phone)).toEqual(['Send me now']));
    // The focus is still inside: the row stays, and says what became of it.
    await row('Send me now').getByText('Sent').waitFor();
    expect(await agent.problems()).toEqual([]);

    await choose('Move me', 'Change time');
    const dialog = agent.page.getByRole('dialog', { name: 'Send later' });
    const soon = new Date(Date.now() + 50 * 24 * HOUR).toISOString().slice(0, 11);
    await dialog.getByLabel('Date and time').fill(`${soon}09:07`);
    await dialog.getByRole('button', { name: 'Schedule' }).click();
    await row('Move me').getByText(/9:07/).waitFor();

    await choose('Cancel me', 'Cancel', 'k');
    await row('Cancel me').getByText('Not sent').waitFor();
    await agent.page.getByText('It was not sent. Its words are kept in the ticket.').waitFor();
    await agent.page.getByRole('button', { name: 'Open the ticket' }).click();
    const kept = agent.page.getByRole('list', { name: 'Replies that have not gone out' });
    await kept.getByText('Cancel me').waitFor();
    await kept.getByText('Move me').waitFor();
    expect(agent.complaints).toEqual([]);
  }, 90_000);

  it('shows a supervisor everyone’s, also those that can be undone', async () => {
    const ticket = await aTicket('Who answers me');
    await schedules(grace.api, ticket, 'Grace will', 5);
    const { agent, list } = await atTheList();
    await agent.page.getByText('Everyone’s').click();
    await list.getByText('Grace will').waitFor();
    const hold = { kind: 'undo' as const, seconds: 60 };
    const body = { ...replyBody(ticket, 'Grace is about to'), hold };
    const undoable = await grace.api.call('held.create', { params: { id: ticket.ticket.id }, body });
    // The pointer rests on the list: what is new gathers above it.
    await agent.page.mouse.move(1000, 400);
    const row = list.getByRole('listitem').filter({ hasText: 'Grace is about to' });
    await row.getByText(/Sending in \d+ s/).waitFor();
    expect(await agent.problems()).toEqual([]);
    await row.getByRole('link').click();
    await agent.says('Who answers me').waitFor();
    await agent.page.mouse.move(1000, 400);
    await grace.api.call('held.return', { params: { id: ticket.ticket.id, entryId: undoable.id } });
    await row.getByText('Not sent').waitFor();
    expect(agent.complaints).toEqual([]);
  }, 90_000);
});
