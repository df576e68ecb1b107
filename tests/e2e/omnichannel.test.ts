import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';
import { Visitor } from '../support/visitor.ts';

/** A customer changes the channel, and neither ticket nor agent nor history changes with it. */
describeWith({ Chromium: chromiumPath() })('one ticket over several channels', () => {
  let hub: TestHub;
  let browser: Browser;
  let line: SmsLine;
  let chat: string;

  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    line = await SmsLine.of(hub);
    const account = { connectorId: 'webchat', name: 'Shop', settings: {} };
    chat = (await hub.admin.call('channelAccounts.create', { body: account })).id;
    await hub.admin.call('me.update', { body: { preferences: { undoSeconds: 0, undoSecondsLive: 0 } } });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await line.provider.close();
  });

  it('follows a visitor from the chat to the phone that they told, by keys alone', async () => {
    const visitor = await Visitor.on(hub.url, chat);
    await visitor.says('I must go. Text me at +1 555 440 0077');
    const { detail } = await theTicketWith(hub.admin, 'I must go');
    const agent = await ConsolePage.signedIn(browser, hub);
    await agent.opens('I must go. Text me at +1 555 440 0077');
    visitor.leaves();

    const over = agent.composer.getByRole('button', { name: /over Shop/ });
    await over.focus();
    await agent.page.keyboard.press('Enter');
    const other = agent.page.getByRole('menuitem', { name: 'Another address…' });
    await other.waitFor();
    await agent.page.keyboard.press('End');
    await agent.page.keyboard.press('Enter');
    const dialog = agent.page.getByRole('dialog', { name: 'Go on over another channel' });
    await dialog.getByLabel('Phone number').fill('nonsense');
    await agent.page.keyboard.press('Enter');
    await dialog.getByText('Must be a phone number with its country code').waitFor();
    expect(await agent.problems()).toEqual([]);
    await dialog.getByLabel('Phone number').fill('+1 555 440 0077');
    await agent.page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });

    await agent.composer.getByRole('button', { name: /\+15554400077/ }).waitFor();
    await agent.replies('Here we are');
    await eventually(() => expect(line.sentTo('+15554400077')).toEqual(['Here we are']));
    await line.receives(hub.url, '+15554400077', 'Great, thank you');
    await agent.says('Great, thank you').waitFor();
    expect(await agent.problems()).toEqual([]);
    const now = await hub.admin.call('tickets.read', { params: { id: detail.ticket.id } });
    expect(now.ticket).toMatchObject({ number: detail.ticket.number, channels: ['webchat', 'sms'] });
    expect(agent.complaints).toEqual([]);
    await agent.close();
  }, 90_000);
});
