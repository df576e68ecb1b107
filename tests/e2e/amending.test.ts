import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { FakeTelegram } from '../../connectors/simulator/telegram/fake-telegram.ts';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { TelegramBot } from '../support/telegram.ts';
import { theTicketWith } from '../support/tickets.ts';

/** What agents edit, delete and react to in the console, as the other side has it: in the chat, and at Telegram's API. */
describeWith({ Chromium: chromiumPath() })('a message that its agent changes', () => {
  let hub: TestHub;
  let browser: Browser;
  let bot: TelegramBot;
  let telegram: FakeTelegram;
  const open: ConsolePage[] = [];

  beforeAll(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    await hub.admin.call('me.update', { body: { preferences: { undoSeconds: 0 } } });
    bot = await TelegramBot.of(hub);
    ({ telegram } = bot);
  }, 120_000);
  afterEach(async () => {
    for (const page of open.splice(0)) await page.close();
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await telegram.close();
  });

  const update = async (more: object) => expect(await bot.posts(more)).toBe(200);
  const person = (id: number) => ({
    from: { id, is_bot: false, first_name: 'Jane', last_name: `of ${id}` },
    chat: { id, type: 'private' },
  });
  const date = () => Math.floor(Date.now() / 1000);

  async function agentAt(words: string, options: BrowserContextOptions = {}): Promise<ConsolePage> {
    const agent = await ConsolePage.signedIn(browser, hub, options);
    open.push(agent);
    await agent.opens(words);
    return agent;
  }

  it('edits, reacts and deletes by keys alone in the chat, and both sides see the same', async () => {
    const settings = { allowedOrigins: [] };
    const site = { connectorId: 'webchat', name: 'Site', settings };
    const { id: account } = await hub.admin.call('channelAccounts.create', { body: site });
    const agent = await ConsolePage.signedIn(browser, hub);
    open.push(agent);
    const visitor = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    visitor.setDefaultTimeout(20_000);
    await visitor.goto(`${hub.url}/widget-test?account=${account}`);
    await visitor.getByRole('button', { name: 'Chat with us' }).click();
    const field = visitor.getByRole('textbox', { name: 'Message', exact: true });
    await field.fill('Is the spade sharp?');
    await field.press('Enter');
    await agent.opens('Is the spade sharp?');
    const { keyboard } = agent.page;
    const log = visitor.getByRole('log');
    await agent.replies('It is blunt');
    await log.getByText('It is blunt').waitFor();

    // From the empty reply: the arrow takes the last message of mine.
    await agent.field.press('ArrowUp');
    const words = agent.messages.getByRole('textbox', { name: 'Edit the message' });
    await words.fill('It is sharp');
    await words.press('Control+Enter');
    await log.getByText('It is sharp').waitFor();
    await log.getByText('Edited').waitFor();
    await agent.messages.getByRole('button', { name: /^Edited/ }).waitFor();
    // From nowhere: what the customer said last.
    await agent.field.press('Escape');
    await keyboard.press('+');
    await agent.page.getByRole('toolbar', { name: 'React with' }).waitFor();
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowLeft');
    await keyboard.press('Enter');
    await log.getByText('👍').waitFor();
    await agent.page.getByText('Ada Lovelace reacted with 👍').waitFor({ state: 'attached' });
    await keyboard.press('Shift+ArrowUp');
    await keyboard.press('d');
    await agent.page.getByRole('dialog', { name: 'Delete this message?' }).waitFor();
    for (const key of ['Tab', 'Tab', 'Tab', 'Enter']) await keyboard.press(key);
    await log.getByText('Deleted', { exact: true }).waitFor();
    await agent.messages.getByText('Ada Lovelace deleted this message.').waitFor();
    expect(await log.getByText('It is sharp').count()).toBe(0);
    await agent.messages.getByRole('button', { name: 'Show what it said' }).click();
    const before = agent.page.getByRole('dialog', { name: 'What it said before' });
    for (const said of ['It is blunt', 'It is sharp']) await before.getByText(said).waitFor();
    expect(await agent.problems()).toEqual([]);
    await keyboard.press('Escape');
    await visitor.context().close();
    expect(agent.complaints).toEqual([]);
  }, 120_000);

  /** What the bot was told to change, from here on. */
  const changesFrom = (start: number) =>
    telegram.calls
      .slice(start)
      .filter(({ method }) => /^(edit|delete|set)Message/.test(method))
      .map(({ method, fields: { reaction, message_id, text } }) => {
        const emoji = (reaction as { emoji: string }[] | undefined)?.map((one) => one.emoji).join('');
        return [method, message_id, text ?? emoji].filter((each) => each !== undefined);
      });
  const numberOf = (words: string) =>
    5001 +
    telegram.calls.filter(({ method }) => method === 'sendMessage').findIndex(({ fields }) => fields['text'] === words);

  it('edits, reacts and deletes over Telegram by the menu and by keys, at the very messages', async () => {
    await update({ message: { ...person(23), message_id: 40, date: date(), text: 'Is the rake steel?' } });
    await theTicketWith(hub.admin, 'Is the rake steel?');
    const agent = await agentAt('Is the rake steel?');
    const { page, messages } = agent;
    const actions = (words: string) =>
      messages
        .getByRole('article')
        .filter({ hasText: words })
        .getByRole('button', { name: 'What to do with this message' });
    const picks = async (words: string, name: RegExp) => {
      await actions(words).click();
      await page.getByRole('menuitem', { name }).click();
    };
    const field = messages.getByRole('textbox', { name: 'Edit the message' });
    const start = telegram.calls.length;
    const told = (...expected: (string | number)[][]) => eventually(() => expect(changesFrom(start)).toEqual(expected));
    await agent.replies('It is iron');
    await eventually(() => expect(telegram.calls.at(-1)?.fields).toMatchObject({ text: 'It is iron' }));
    const ours = numberOf('It is iron');
    await agent.replies('Ask again');
    await eventually(() => expect(telegram.calls.at(-1)?.fields).toMatchObject({ text: 'Ask again' }));
    const last = numberOf('Ask again');

    // By the menu, of a message that is not the last.
    await picks('It is iron', /^Edit/);
    await field.fill('It is steel');
    await messages.getByRole('button', { name: /^Save/ }).click();
    await agent.says('It is steel').waitFor();
    const edited = ['editMessageText', ours, 'It is steel'];
    await told(edited);
    await picks('Is the rake steel?', /^React/);
    await page.getByRole('toolbar', { name: 'React with' }).getByRole('button', { name: '👍', exact: true }).click();
    const liked = ['setMessageReaction', 40, '👍'];
    await told(edited, liked);

    // By keys: the reaction is taken back, the last message edited and deleted.
    await page.getByText('Ada Lovelace reacted with 👍').waitFor({ state: 'attached' });
    await agent.field.press('Escape');
    await page.keyboard.press('+');
    await page.getByRole('toolbar', { name: 'React with' }).waitFor();
    await page.keyboard.press('Enter');
    const back = ['setMessageReaction', 40, ''];
    await told(edited, liked, back);
    await page.keyboard.press('t');
    await field.fill('Ask me again');
    await field.press('Control+Enter');
    const again = ['editMessageText', last, 'Ask me again'];
    await told(edited, liked, back, again);
    await agent.says('Ask me again').waitFor();
    await page.keyboard.press('d');
    await page.getByRole('dialog', { name: 'Delete this message?' }).getByRole('button', { name: 'Delete' }).click();
    await told(edited, liked, back, again, ['deleteMessage', last]);
    await messages.getByText('Ada Lovelace deleted this message.').waitFor();
    expect(telegram.problems).toEqual([]);
    expect(agent.complaints).toEqual([]);
  }, 120_000);

  it.each([
    ['light', { width: 1440, height: 900 }],
    ['dark', { width: 390, height: 844 }],
  ] as const)(
    'says plainly what Telegram did not change, and tries it again, in %s',
    async (colorScheme, viewport) => {
      const asked = `Is the hoe sharp, ${colorScheme}?`;
      await update({ message: { ...person(viewport.width), message_id: 1, date: date(), text: asked } });
      await theTicketWith(hub.admin, asked);
      const agent = await agentAt(asked, { colorScheme, viewport, hasTouch: viewport.width < 400 });
      const { page, messages } = agent;
      const answer = `Very, ${colorScheme}`;
      await agent.replies(answer);
      await eventually(() => expect(telegram.calls.at(-1)?.fields).toMatchObject({ text: answer }));
      const ours = numberOf(answer);
      const start = telegram.calls.length;
      const edits = async (words: string) => {
        await agent.field.press('ArrowUp');
        await messages.getByRole('textbox', { name: 'Edit the message' }).fill(words);
        await messages.getByRole('button', { name: /^Save/ }).click();
      };
      const refuses = (description: string) =>
        telegram.next({ status: 400, body: { ok: false, error_code: 400, description } });

      refuses("Bad Request: message can't be edited");
      await edits('Very sharp');
      const failed = messages
        .getByRole('alert')
        .filter({ hasText: 'It was not edited: Telegram no longer lets this message be edited' });
      await failed.waitFor();
      await agent.says(answer).waitFor();
      expect(await agent.problems()).toEqual([]);
      await messages.getByRole('button', { name: 'Try again' }).click();
      await eventually(() => expect(changesFrom(start)).toEqual([['editMessageText', ours, 'Very sharp']]));
      await failed.waitFor({ state: 'detached' });
      await agent.says('Very sharp').waitFor();

      // Nobody knows: left as it is, nothing more is sent.
      telegram.next('hang-up');
      await edits('Not at all');
      await messages
        .getByRole('alert')
        .filter({ hasText: 'It is not known whether it was edited: Telegram: the connection broke' })
        .waitFor();
      await messages.getByRole('button', { name: 'Leave it as it is' }).click();
      await messages.getByRole('alert').waitFor({ state: 'detached' });
      await agent.says('Very sharp').waitFor();

      refuses("Bad Request: message can't be deleted for everyone");
      await messages
        .getByRole('article')
        .filter({ hasText: 'Very sharp' })
        .getByRole('button', { name: 'What to do with this message' })
        .click();
      await page.getByRole('menuitem', { name: /^Delete/ }).click();
      await page.getByRole('dialog', { name: 'Delete this message?' }).getByRole('button', { name: 'Delete' }).click();
      await messages.getByRole('alert').filter({ hasText: 'It was not deleted: ' }).waitFor();
      await messages.getByRole('button', { name: 'Try again' }).click();
      await messages.getByText('Ada Lovelace deleted this message.').waitFor();
      expect(changesFrom(start).slice(1)).toEqual([['deleteMessage', ours]]);
      expect(telegram.problems).toEqual([]);
      expect(agent.complaints).toEqual([]);
    },
    120_000,
  );
});
