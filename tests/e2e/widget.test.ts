import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { ChatHub, startHostPage } from '../support/chat-hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';

declare global {
  interface Window {
    Switchboard?: { identify(identity: object): void; shutdown(): void };
  }
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC',
  'base64',
);

jest.setTimeout(90_000);
let browser: Browser;
const undo: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const executablePath = chromiumPath();
  if (executablePath) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(() => browser?.close());
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

interface World {
  readonly hub: ChatHub;
  readonly context: BrowserContext;
  /** Somebody else's page, with a policy that allows the hub and nothing more. */
  readonly page: Page;
  readonly url: string;
  readonly requests: string[];
  readonly complaints: string[];
}

const visit = async (
  settings: Parameters<typeof ChatHub.start>[0] = {},
  prepare?: (hub: ChatHub) => void,
): Promise<World> => {
  const hub = await ChatHub.start(settings);
  undo.push(() => hub.stop());
  prepare?.(hub);
  const host = await startHostPage(hub);
  undo.push(() => host.stop());
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  undo.push(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const [requests, complaints]: [string[], string[]] = [[], []];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (line) => {
    if (/Content Security Policy|TypeError/.test(line.text())) complaints.push(line.text());
  });
  await page.goto(host.url);
  await page.locator('.launcher').waitFor();
  return { hub, context, page, url: host.url, requests, complaints };
};

const field = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });
const open = async (page: Page) => {
  await page.getByRole('button', { name: 'Chat with us' }).click();
  await page.getByRole('dialog').waitFor();
};
const say = async (page: Page, text: string) => {
  await field(page).fill(text);
  await field(page).press('Enter');
};
const sees = (page: Page, text: string) => page.getByRole('log').getByText(text, { exact: true }).waitFor();
const messageFrames = (hub: ChatHub) => hub.frames.flatMap((frame) => (frame.type === 'message' ? frame : []));

describeWith({ Chromium: chromiumPath() })('the chat on somebody’s website', () => {
  it('loads one script and nothing else before it is opened', async () => {
    const { hub, page, url, requests } = await visit();
    await page.waitForLoadState('networkidle');
    const favicon = `${hub.url}/icon.png`;
    expect(requests.filter((request) => request !== favicon)).toEqual([url, `${hub.url}/widget.js`]);
  });

  it('carries a conversation both ways, behind a strict policy and without a trace', async () => {
    const { hub, page, complaints } = await visit();
    await open(page);
    await page.getByText('Answers in 2–5 min').waitFor();
    await say(page, 'Is the blue one in stock?');
    await page.getByText('Sent', { exact: true }).waitFor();
    expect(messageFrames(hub)).toMatchObject([{ parts: [{ type: 'text', text: 'Is the blue one in stock?' }] }]);

    await hub.push({ type: 'typing', typing: true, agent: 'Ada' });
    await page.getByText('Ada is writing').waitFor();
    expect(await hub.replies('Yes, it is: https://shop.example/blue')).toBe(true);
    const link = page.getByRole('link', { name: 'https://shop.example/blue' });
    expect(await link.getAttribute('rel')).toContain('noopener');
    await page.getByText('Ada is writing').waitFor({ state: 'detached' });

    await hub.push({ type: 'read', messageId: messageFrames(hub)[0]?.id ?? '' });
    await page.getByText('Read', { exact: true }).waitFor();
    await eventually(() =>
      expect(hub.frames).toContainEqual(expect.objectContaining({ type: 'receipt', state: 'read' })),
    );
    expect(complaints).toEqual([]);

    const globals = await page.evaluate(() =>
      Object.keys(window).filter((key) => /switch|svelte|socket|\bio$/i.test(key)),
    );
    expect(globals).toEqual(['Switchboard']);
    expect(await page.title()).toBe('A shop');
  });

  it('shows each message once when it comes back after a reload', async () => {
    const { hub, page } = await visit();
    await open(page);
    await say(page, 'Hello');
    await page.getByText('Sent', { exact: true }).waitFor();
    await hub.replies('Good morning');
    await sees(page, 'Good morning');
    await page.reload();
    await open(page);
    await sees(page, 'Good morning');
    expect(await page.getByRole('log').getByText('Hello', { exact: true }).count()).toBe(1);
    expect(new Set(hub.frames.map(({ type }) => type))).toContain('message');
    expect(hub.visitors.size).toBe(1);
  });

  it('counts what is unread on its button, also after a reload, and clears it when it is read', async () => {
    const { hub, page } = await visit();
    await open(page);
    await say(page, 'Hello');
    await page.getByText('Sent', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await hub.replies('Good morning');
    await page.getByRole('button', { name: 'Chat with us, 1 unread message' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Chat with us, 1 unread message' }).waitFor();
    await hub.replies('Are you there?');
    await page.getByRole('button', { name: 'Chat with us, 2 unread messages' }).click();
    await sees(page, 'Are you there?');
    await page.locator('.badge').waitFor({ state: 'hidden' });
    await eventually(() =>
      expect(hub.messages.filter(({ from }) => from === 'agent').map(({ state }) => state)).toEqual(['read', 'read']),
    );
  });

  it('sends once what was written while the line was broken and the page reloaded', async () => {
    const { hub, page } = await visit();
    await open(page);
    await page.getByText('Answers in 2–5 min').waitFor();
    hub.breakLine();
    await say(page, 'Written in a tunnel');
    await page.getByText('Reconnecting — your message will be sent').waitFor();
    await page.reload();
    await open(page);
    await sees(page, 'Written in a tunnel');
    expect(messageFrames(hub)).toEqual([]);
    hub.mendLine();
    await page.getByText('Sent', { exact: true }).waitFor({ timeout: 20_000 });
    expect(messageFrames(hub)).toHaveLength(1);
  });

  it('sends in one tab, once and in order, what two tabs have', async () => {
    const { hub, page, context } = await visit();
    await open(page);
    await page.getByText('Answers in 2–5 min').waitFor();
    hub.breakLine();
    for (const words of ['one', 'two', 'three']) await say(page, words);
    await sees(page, 'three');
    const second = await context.newPage();
    await second.goto(page.url());
    await open(second);
    await sees(second, 'three');
    await say(second, 'four');
    const sent: string[] = [];
    hub.answer = (frame) => {
      if (frame.type === 'message')
        sent.push(...frame.parts.flatMap((part) => (part.type === 'text' ? part.text : [])));
      return { ok: true };
    };
    hub.mendLine();
    await eventually(() => expect(sent).toHaveLength(4), 20_000);
    for (const tab of [page, second])
      await tab.getByText('Sending', { exact: true }).first().waitFor({ state: 'detached' });
    expect(sent).toEqual(['one', 'two', 'three', 'four']);
  }, 60_000);

  it('sends again with the same id what got no answer', async () => {
    const { hub, page } = await visit();
    await open(page);
    hub.answer = () => ({ ok: false, reason: 'busy', retryable: true });
    await say(page, 'Hello');
    await page.getByText('Sending', { exact: true }).waitFor();
    hub.answer = () => ({ ok: true });
    await page.getByText('Sent', { exact: true }).waitFor();
    expect(messageFrames(hub)).toHaveLength(1);
  });

  it('says why a message was refused, keeps it, and sends it again when asked', async () => {
    const { hub, page } = await visit();
    await open(page);
    hub.answer = () => ({ ok: false, reason: 'the chat is closed', retryable: false });
    await say(page, 'Hello');
    await page.getByText('Not sent: the chat is closed').waitFor();
    await page.reload();
    await open(page);
    await page.getByText('Not sent: the chat is closed').waitFor();
    hub.answer = () => ({ ok: true });
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Sent', { exact: true }).waitFor();
  });

  it('uploads files and shows pictures, own and others’', async () => {
    const { hub, page, complaints } = await visit();
    await open(page);
    await page.getByRole('button', { name: 'Attach files' }).waitFor();
    await page.locator('input[type=file]').setInputFiles([
      { name: 'photo.png', mimeType: 'image/png', buffer: png },
      { name: 'tool.exe', mimeType: 'application/x-msdownload', buffer: png },
    ]);
    await page.getByText('tool.exe: this kind of file cannot be sent.').waitFor();
    await page.getByRole('button', { name: 'Remove photo.png' }).waitFor();
    await eventually(() => expect(hub.uploads.size).toBe(1));
    await page.locator('.send[aria-disabled="false"]').click();
    await page.getByRole('img', { name: 'photo.png' }).waitFor();
    await page.getByText('Sent', { exact: true }).waitFor();
    const [mediaId = ''] = hub.uploads.keys();
    expect(messageFrames(hub)).toMatchObject([{ parts: [{ type: 'media', media: { source: `media:${mediaId}` } }] }]);
    const source = `${hub.url}/media/${mediaId}`;
    await hub.replies('', [
      { type: 'media', media: { source, fileName: 'plan.png', mimeType: 'image/png' } },
      { type: 'media', media: { source, fileName: 'offer.pdf', mimeType: 'application/pdf', bytes: 2048 } },
    ]);
    const picture = page.getByRole('img', { name: 'plan.png' });
    await eventually(async () => expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(10));
    expect(await page.getByRole('link', { name: /offer\.pdf/ }).getAttribute('href')).toBe(source);
    expect(complaints).toEqual([]);
  });

  it('tries an upload again that failed', async () => {
    const { hub, page } = await visit();
    await open(page);
    await page.getByRole('button', { name: 'Attach files' }).waitFor();
    hub.uploadStatus = 503;
    await page.locator('input[type=file]').setInputFiles([{ name: 'a.png', mimeType: 'image/png', buffer: png }]);
    await page.getByText('a.png was not uploaded. Check your connection.').waitFor();
    hub.uploadStatus = 201;
    await page.getByRole('button', { name: 'Upload a.png again' }).click();
    await page.locator('.send[aria-disabled="false"]').waitFor();
  });

  it('takes e-mail address and message while the centre is closed', async () => {
    const { hub, page } = await visit({}, (it) => (it.online = false));
    await open(page);
    await page.getByRole('button', { name: 'Send message' }).click();
    await page.getByText('Enter an e-mail address such as name@example.com.').waitFor();
    expect(messageFrames(hub)).toEqual([]);
    await page.getByRole('textbox', { name: 'Your e-mail address' }).fill('ada@example.org');
    await field(page).fill('Please write back');
    await page.getByRole('button', { name: 'Send message' }).click();
    await page.getByText('We will answer by e-mail to ada@example.org.').waitFor();
    await eventually(() => expect(messageFrames(hub)).toMatchObject([{ contact: { email: 'ada@example.org' } }]));
  });

  it('loads older messages on the way up, without a jump', async () => {
    const { page } = await visit({}, (hub) => {
      for (let number = 1; number <= 75; number += 1) {
        const at = new Date(Date.now() - 3_600_000 + number * 1000);
        hub.says(number % 2 ? 'visitor' : 'agent', [{ type: 'text', text: `Message ${number}` }], at);
      }
    });
    await open(page);
    await sees(page, 'Message 75');
    const log = page.getByRole('log');
    expect(await log.getByText('Message 40', { exact: true }).count()).toBe(0);
    await log.evaluate((node) => node.scrollTo({ top: 0 }));
    await log.getByText('Message 40', { exact: true }).waitFor();
    expect(await log.evaluate((node) => node.scrollTop)).toBeGreaterThan(500);
    await log.evaluate((node) => node.scrollTo({ top: 0 }));
    await log.getByText('Message 1', { exact: true }).waitFor();
    await page.getByText('Hello. How can we help you?').waitFor();
    const shown = await log.locator('.bubble').allTextContents();
    expect(shown.map((text) => text.trim())).toEqual(Array.from({ length: 75 }, (_, index) => `Message ${index + 1}`));
  });

  it('is worked by keyboard, and gives the focus back', async () => {
    const { hub, page } = await visit();
    await page.locator('#buy').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await eventually(async () => expect(await field(page).evaluate((node) => node.matches(':focus'))).toBe(true));
    await page.keyboard.type('First line');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('second line');
    await page.keyboard.press('Enter');
    await page.getByText('Sent', { exact: true }).waitFor();
    expect(messageFrames(hub)).toMatchObject([{ parts: [{ text: 'First line\nsecond line' }] }]);
    await eventually(() => expect(hub.frames).toContainEqual({ type: 'typing', typing: true }));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.getByRole('button', { name: 'Chat with us' }).evaluate((node) => node.matches(':focus'))).toBe(
      true,
    );
  });

  it('works where no WebSocket comes through', async () => {
    const { hub, page } = await visit({}, (it) => it.refuseWebSockets());
    await open(page);
    await say(page, 'Hello');
    await page.getByText('Sent', { exact: true }).waitFor();
    await hub.replies('Good morning');
    await sees(page, 'Good morning');
  });

  it('keeps a draft over a reload', async () => {
    const { page } = await visit();
    await open(page);
    await field(page).fill('Half a thought');
    await page.reload();
    await open(page);
    await eventually(async () => expect(await field(page).inputValue()).toBe('Half a thought'));
  });

  it('follows a signed-in person, keeps people apart, and forgets them at sign-out', async () => {
    const { hub, page } = await visit({ identitySecret: 'a secret of the website' });
    const identify = (userId: string) =>
      page.evaluate((who) => window.Switchboard?.identify(who), { userId, hash: hub.hashOf(userId), name: 'Ada' });
    await identify('ada@example.org');
    await open(page);
    await say(page, 'Ada was here');
    await page.getByText('Sent', { exact: true }).waitFor();
    await field(page).fill('Half a thought of Ada');
    hub.messages.splice(0);
    await identify('ben');
    await page.getByText('Ada was here').waitFor({ state: 'detached' });
    await eventually(() => expect(hub.visitors.size).toBe(2));
    await eventually(async () => expect(await field(page).inputValue()).toBe(''));
    await eventually(async () => expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Ada'));
    await page.evaluate(() => window.Switchboard?.shutdown());
    expect(await page.locator('switchboard-chat').count()).toBe(0);
    expect(await page.evaluate(() => [Object.keys(localStorage), 'Switchboard' in window])).toEqual([[], false]);
  });

  it('says that it is not available where the website is not allowed', async () => {
    const { page } = await visit({ allowedOrigins: ['https://other.example'] });
    await open(page);
    await page.getByText('The chat is not available on this page.').waitFor();
    expect(await field(page).count()).toBe(0);
  });

  it('starts afresh with a token that the hub does not know', async () => {
    const { hub, page } = await visit();
    await page.evaluate(
      (key) => localStorage.setItem(key, JSON.stringify({ token: 'forged.token' })),
      `switchboard:${hub.account}`,
    );
    await page.reload();
    await open(page);
    await page.getByText('Answers in 2–5 min').waitFor();
    expect(hub.visitors.size).toBe(1);
  });

  it.each(['light', 'dark'] as const)('has nothing that axe finds, in %s', async (colorScheme) => {
    const { hub, page } = await visit({}, (it) => {
      it.says('visitor', [{ type: 'text', text: 'Is the blue one in stock?' }]);
      it.says('agent', [{ type: 'choices', prompt: 'https://a.example', choices: [{ id: '5', label: 'good' }] }]);
    });
    await page.emulateMedia({ colorScheme });
    const problems = async () => {
      await page.evaluate(
        `(() => { const module = undefined; const define = undefined; ${await readFile(axe, 'utf8')} })()`,
      );
      const found = await page.evaluate(async () => {
        const { axe: tool } = window as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await tool.run()).violations;
      });
      return found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    };
    expect(await problems()).toEqual([]);
    await open(page);
    await sees(page, 'Is the blue one in stock?');
    hub.answer = () => ({ ok: false, reason: 'the chat is closed', retryable: false });
    await say(page, 'Hello');
    await page.getByText('Not sent: the chat is closed').waitFor();
    expect(await problems()).toEqual([]);
    hub.online = false;
    await page.reload();
    await open(page);
    await page.getByRole('button', { name: 'Send message' }).click();
    expect(await problems()).toEqual([]);
  });
});
