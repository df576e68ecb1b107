import type { Browser, Page } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../../support/console-page.ts';
import { find, services } from '../../support/services/find-services.mjs';
import { SmsLine } from '../../support/sms.ts';
import { theTicketWith } from '../../support/tickets.ts';
import { startHub, type TestHub } from '../../support/hub.ts';
import { median, summarise } from '../drivers/summary.ts';
import { within, type Row } from '../report/row.ts';
import type { Scale } from './part.ts';

const FIRST_LOAD_KB = 200;
const READY_MS = 1_000;
const OPEN_MS = 100;
const LIVE_MS = 50;
const TICKETS = 20;

/** What an agent's browser needs until it shows something. Times are the page's own, up to the frame that is painted. */
export async function measureConsole({ small }: Scale): Promise<Row[]> {
  const browser = await aBrowser();
  if (browser === null) return [{ what: 'needs Chromium', measured: 'not to be had here' }];
  const hub = await startHub({ env: { LOG_LEVEL: 'warn' } });
  const line = await SmsLine.of(hub);
  try {
    for (let number = 0; number < TICKETS; number += 1)
      await line.receives(hub.url, `+1555990${1000 + number}`, words(number));
    await theTicketWith(hub.admin, words(TICKETS - 1));
    const loads = [];
    for (let time = 0; time < (small ? 2 : 5); time += 1) loads.push(await load(browser, hub));
    const { opened, told } = await work(browser, hub, line, small ? 6 : TICKETS - 1);
    return [
      within('scripts of the first load, compressed', Math.max(...loads.map(({ kb }) => kb)), FIRST_LOAD_KB, kilobytes),
      within('console ready, from the address', median(loads.map(({ readyMs }) => readyMs)), READY_MS),
      within('a ticket is opened by a key, p50', summarise(opened).p50, OPEN_MS),
      within('a ticket is opened by a key, longest', summarise(opened).max, OPEN_MS),
      within('a live message is painted, p50', summarise(told).p50, LIVE_MS),
    ];
  } finally {
    await browser.close();
    await hub.stop();
    await line.provider.close();
  }
}

const words = (number: number): string => `Parcel ${100 + number} has not come`;
const kilobytes = (value: number): string => `${value.toFixed(0)} KB`;

async function aBrowser(): Promise<Browser | null> {
  const chromium = services.find(({ name }) => name === 'Chromium');
  const found = chromium && (await find(chromium));
  if (!found) return null;
  process.env.CHROMIUM_PATH = found.value;
  return launchBrowser();
}

/** One first visit, with nothing kept from another. */
async function load(browser: Browser, hub: TestHub): Promise<{ kb: number; readyMs: number }> {
  const console = await ConsolePage.fresh(browser, hub);
  const { page } = console;
  const scripts: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await console.bringSession();
  await console.goto('/inbox/open');
  const readyMs = await painted(page, words(TICKETS - 1));
  const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
  await console.close();
  return { kb: bytes / 1024, readyMs };
}

/** Tickets opened one after the other by keyboard, and messages that come while one is open. */
async function work(browser: Browser, hub: TestHub, line: SmsLine, count: number) {
  const console = await ConsolePage.fresh(browser, hub);
  const { page } = console;
  await page.addInitScript(watchTheWire);
  await console.bringSession();
  await console.goto('/inbox/open');
  await console.badge('Live').waitFor();
  const { items } = await hub.admin.call('tickets.list', { query: { view: 'open', limit: count + 1 } });
  const [first = '', ...next] = items.map(({ preview }) => preview?.text ?? '');
  await console.opens(first);
  const opened: number[] = [];
  for (const text of next) {
    await page.evaluate(() => {
      addEventListener('keydown', () => (window.bench.from = performance.now()), { capture: true, once: true });
    });
    await page.keyboard.press('>');
    opened.push(await since(page, text));
  }
  const told: number[] = [];
  const phone = items[count]?.customer.name ?? '';
  for (let number = 0; number < count; number += 1) {
    const text = `One more thing, number ${number}`;
    await page.evaluate((wanted) => (window.bench = { wanted, from: 0 }), text);
    await line.receives(hub.url, phone, text);
    told.push(await since(page, text));
  }
  await console.close();
  return { opened, told };
}

declare global {
  interface Window {
    bench: { wanted: string; from: number };
  }
}

/** Notes when the line brings the words that are waited for. */
function watchTheWire(): void {
  window.bench = { wanted: '', from: 0 };
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => {
        const { bench } = window;
        if (bench.wanted !== '' && bench.from === 0 && String(data).includes(bench.wanted))
          bench.from = performance.now();
      });
    }
  };
}

/** When the words are on the screen: milliseconds after the page was asked for. */
const painted = (page: Page, text: string, where = 'body'): Promise<number> =>
  page
    .waitForFunction(
      ([wanted, selector]) =>
        document.querySelector(selector ?? '')?.textContent?.includes(wanted ?? '') && performance.now(),
      [text, where],
      { polling: 'raf' },
    )
    .then((handle) => handle.jsonValue() as Promise<number>);

async function since(page: Page, text: string): Promise<number> {
  const at = await painted(page, text, '[role="region"][aria-label="Messages"], section[aria-label="Messages"]');
  return at - (await page.evaluate(() => window.bench.from));
}
