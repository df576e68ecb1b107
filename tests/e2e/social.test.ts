import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { FakeTelegram } from '../../connectors/simulator/telegram/fake-telegram.ts';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { MetaLine } from '../support/meta.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { TelegramBot } from '../support/telegram.ts';
import { theTicketWith } from '../support/tickets.ts';

/** What social channels look like to an agent: customers by Telegram's and Meta's webhooks, the answers at their APIs. */
describeWith({ Chromium: chromiumPath() })('social channels in the console', () => {
  const template = {
    ...{ name: 'parcel_left', language: 'en', status: 'APPROVED', category: 'UTILITY' },
    components: [
      {
        type: 'BODY',
        text: 'Hello {{1}}, your parcel {{2}} has left us.',
        example: { body_text: [['Pablo', 'FF-1']] },
      },
    ],
  };
  const other = {
    ...template,
    name: 'account_news',
    components: [{ type: 'BODY', text: 'We have changed our terms.' }],
  };
  let hub: TestHub;
  let browser: Browser;
  let bot: TelegramBot;
  let telegram: FakeTelegram;
  let whatsApp: MetaLine;
  const open: ConsolePage[] = [];

  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub({ clockMs: 0 }), launchBrowser()]);
    await hub.admin.call('me.update', { body: { preferences: { undoSeconds: 0 } } });
    bot = await TelegramBot.of(hub);
    ({ telegram } = bot);
    const numbers = { phoneNumberId: '106540352242922', businessAccountId: '102290129340398' };
    whatsApp = await MetaLine.of(hub, 'meta-whatsapp', numbers, { templates: [other, template] });
  }, 120_000);
  afterEach(async () => {
    for (const page of open.splice(0)) await page.close();
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await Promise.all([telegram.close(), whatsApp.graph.close()]);
  });

  const update = async (more: object) => expect(await bot.posts(more)).toBe(200);
  const ada = {
    from: { id: 23, is_bot: false, first_name: 'Ada', last_name: 'Reed' },
    chat: { id: 23, type: 'private' },
  };
  const date = () => Math.floor(Date.now() / 1000);

  async function agentAt(words: string, options: BrowserContextOptions = {}): Promise<ConsolePage> {
    const agent = await ConsolePage.signedIn(browser, hub, options);
    open.push(agent);
    await agent.opens(words);
    return agent;
  }

  it('carries a talk over Telegram: words, a card, a place, a reaction under the answer', async () => {
    await update({ message: { ...ada, message_id: 1, date: date(), text: 'Do you deliver to Leeds?' } });
    await theTicketWith(hub.admin, 'Do you deliver');
    const agent = await agentAt('Do you deliver to Leeds?');
    await agent.replies('We do, on Fridays.');
    await eventually(() => expect(telegram.calls.at(-1)?.fields).toEqual({ chat_id: 23, text: 'We do, on Fridays.' }));
    const number = 5001;
    await update({
      message_reaction: {
        ...{ chat: ada.chat, user: ada.from, message_id: number, date: date() },
        ...{ old_reaction: [], new_reaction: [{ type: 'emoji', emoji: '👍' }] },
      },
    });
    await agent.page.getByText('Ada Reed reacted with 👍').waitFor({ state: 'attached' });
    const contact = { phone_number: '+447700900124', first_name: 'Tom', last_name: 'Whitfield' };
    await update({ message: { ...ada, message_id: 2, date: date(), contact } });
    await update({
      message: { ...ada, message_id: 3, date: date(), location: { latitude: 53.8, longitude: -1.55 } },
    });
    await update({
      message: {
        ...ada,
        message_id: 4,
        date: date(),
        text: 'At the gate',
        forward_origin: { sender_user_name: 'Tom' },
      },
    });
    await agent.says('Tom Whitfield').waitFor();
    await agent.page.getByText('53.80000, -1.55000').waitFor();
    await agent.page.getByText('Forwarded').waitFor();
    expect(await agent.problems()).toEqual([]);
    expect(agent.complaints).toEqual([]);
  }, 90_000);

  it('offers the nearest template once the day of WhatsApp is over, and sends it with its gaps filled', async () => {
    const from = '447700900123';
    const says = (id: string, body: string) =>
      whatsApp.whatsApp({
        contacts: [{ profile: { name: 'Grace Okafor' }, wa_id: from }],
        messages: [{ from, id, timestamp: String(date()), type: 'text', text: { body } }],
      });
    await says('wamid.1', 'Has my parcel left?');
    const { detail } = await theTicketWith(hub.admin, 'Has my parcel left?');
    const agent = await agentAt('Has my parcel left?');
    await agent.field.fill('Your parcel has left us today');
    // Until the draft is kept on this device.
    await eventually(async () =>
      expect(await agent.page.evaluate(() => JSON.stringify(localStorage))).toContain('has left us today'),
    );
    const day = 25 * 3_600_000;
    hub.putClock(day);
    try {
      await agent.page.clock.install({ time: Date.now() + day });
      await agent.page.reload();
      await agent.page.getByText(/only a template that the provider has approved/).waitFor();
      expect(await agent.composer.getByLabel('Template', { exact: true }).inputValue()).toBe('parcel_left:en');
      expect(await agent.composer.getByLabel('Value 1').inputValue()).toBe('Grace');
      await agent.composer.getByLabel('Value 2').fill('FF-20410');
      await agent.composer.getByText('Hello Grace, your parcel FF-20410 has left us.').waitFor();
      expect(await agent.problems()).toEqual([]);
      await agent.composer.getByRole('button', { name: 'Send the template' }).click();
      await agent.says('Hello Grace, your parcel FF-20410 has left us.').waitFor();
      await eventually(() =>
        expect(whatsApp.graph.posts.at(-1)?.body).toMatchObject({
          to: from,
          type: 'template',
          template: { name: 'parcel_left' },
        }),
      );
      expect(agent.complaints).toEqual([]);
      await says('wamid.2', 'Thank you');
      await agent.says('Thank you').waitFor();
      await eventually(async () => expect(await agent.field.inputValue()).toBe('Your parcel has left us today'));
    } finally {
      hub.putClock(0);
    }
    expect(detail.ticket.channel).toBe('whatsapp');
  }, 90_000);

  it('writes first by a template, and goes on freely once the customer has answered', async () => {
    const body = { clientId: crypto.randomUUID(), channelAccountId: whatsApp.accountId, recipient: '+447700900555' };
    const refusal = await hub.admin.refused('tickets.start', {
      body: { ...body, parts: [{ type: 'text', text: 'Hello' }] },
    });
    expect(refusal.message).toMatch(/only an approved template/);

    const agent = await ConsolePage.signedIn(browser, hub);
    open.push(agent);
    const { page } = agent;
    // Until it knows what channels there are.
    const start = page.getByRole('button', { name: 'New conversation' });
    await eventually(async () => expect(await start.isEnabled()).toBe(true));
    await page.keyboard.press('c');
    const dialog = page.getByRole('dialog', { name: 'New conversation' });
    await dialog.getByLabel('Phone number').fill('+44 7700 900555');
    await dialog.getByLabel(/^Name/).fill('Joan Park');
    await dialog.getByLabel('Template', { exact: true }).selectOption('parcel_left:en');
    expect(await dialog.getByLabel('Value 1').inputValue()).toBe('Joan');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog.getByText('Please choose a template and fill in its values.').waitFor();
    await dialog.getByLabel('Value 2').fill('FF-7');
    expect(await agent.problems()).toEqual([]);
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await agent.says('Hello Joan, your parcel FF-7 has left us.').waitFor();
    const sent = { to: '+447700900555', type: 'template', template: { name: 'parcel_left' } };
    await eventually(() => expect(whatsApp.graph.posts.at(-1)?.body).toMatchObject(sent));
    await page.getByText(/only a template that the provider has approved/).waitFor();

    // Meta knows them by another id than the number that was typed.
    const from = '447700900555';
    const said = { timestamp: String(date()), type: 'text', text: { body: 'At nine, please' } };
    await whatsApp.whatsApp({
      contacts: [{ profile: { name: 'Joan Park' }, wa_id: from, user_id: 'GB.77' }],
      messages: [{ from, from_user_id: 'GB.77', id: 'wamid.first-answer', ...said }],
    });
    await agent.says('At nine, please').waitFor();
    await agent.replies('Nine it is.');
    const answer = { recipient: 'GB.77', type: 'text' };
    await eventually(() => expect(whatsApp.graph.posts.at(-1)?.body).toMatchObject(answer));

    // The same person again, at their address in the panel.
    await page.getByRole('button', { name: 'Write to +447700900555' }).click();
    await page.getByRole('dialog', { name: 'New conversation with Joan Park' }).waitFor();
    expect(await agent.problems()).toEqual([]);
    expect(agent.complaints).toEqual([]);
  }, 90_000);
});
