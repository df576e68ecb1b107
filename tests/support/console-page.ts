import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { PASSWORD, type TestHub } from './hub.ts';
import { chromiumPath } from './services/where.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Unless it has none: with a microphone that beeps twice a second, and that pages may use. */
export async function launchBrowser({ microphone = true } = {}): Promise<Browser> {
  const media = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  return chromium.launch({
    executablePath: chromiumPath() ?? '',
    args: ['--no-sandbox', ...(microphone ? media : [])],
  });
}

/** A person at the console, who finds things by what they are called. */
export class ConsolePage {
  /** What the browser complained about. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly hub: TestHub,
  ) {
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (line) => {
      if (/Content Security Policy|TypeError|ReferenceError/.test(line.text())) this.complaints.push(line.text());
    });
  }

  /** In a browser of its own, signed in nowhere. */
  static async fresh(browser: Browser, hub: TestHub, options: BrowserContextOptions = {}): Promise<ConsolePage> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    });
    return new ConsolePage(await context.newPage(), hub);
  }

  /** Signed in as the administrator, in the inbox. */
  static async signedIn(browser: Browser, hub: TestHub, options: BrowserContextOptions = {}): Promise<ConsolePage> {
    const console = await ConsolePage.fresh(browser, hub, options);
    await console.bringSession();
    await console.goto('/inbox/open');
    await console.badge('Live').waitFor();
    return console;
  }

  /** Makes this browser the administrator's, who has signed in elsewhere. */
  async bringSession(): Promise<void> {
    const cookies = [...this.hub.admin.cookies].map(([name, value]) => ({ name, value, url: this.hub.url }));
    await this.page.context().addCookies(cookies);
  }

  /** The same browser and session. */
  inAnotherTab(page: Page): ConsolePage {
    return new ConsolePage(page, this.hub);
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(`${this.hub.url}${path}`);
  }

  async signIn(): Promise<void> {
    await this.page.getByLabel('E-mail').fill('ada@example.com');
    await this.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  badge(words: 'Live' | 'Catching up' | 'Offline'): Locator {
    return this.page.getByRole('status').filter({ hasText: new RegExp(`^\\s*${words}`) });
  }

  row(words: string): Locator {
    return this.page.getByRole('link').filter({ hasText: words });
  }

  /** Opens the ticket whose newest words are these, and sees them in the conversation. */
  async opens(words: string): Promise<void> {
    await this.row(words).click();
    await this.says(words).waitFor();
  }

  get messages(): Locator {
    return this.page.getByRole('region', { name: 'Messages' });
  }

  says(words: string): Locator {
    return this.messages.getByText(words, { exact: true });
  }

  get composer(): Locator {
    return this.page.getByRole('region', { name: 'Write' });
  }

  get field(): Locator {
    return this.composer.getByRole('textbox', { name: /^Write to/ });
  }

  async replies(words: string): Promise<void> {
    await this.field.fill(words);
    await this.send();
    await this.says(words).waitFor();
  }

  async send(): Promise<void> {
    await this.composer.getByRole('button', { name: /^Send/ }).click();
  }

  /** What axe finds, rule by rule. Empty is good. */
  async problems(): Promise<[rule: string, where: string[]][]> {
    const script = await readFile(axe, 'utf8');
    await this.page.evaluate(`(() => { const module = undefined; const define = undefined; ${script} })()`);
    const found = await this.page.evaluate(async () => {
      const { axe: tool } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await tool.run()).violations;
    });
    return found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
