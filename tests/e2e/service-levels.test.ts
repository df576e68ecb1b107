import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

const holidays = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'BEGIN:VEVENT',
  'UID:1',
  'DTSTART;VALUE=DATE:20201225',
  'RRULE:FREQ=YEARLY',
  'SUMMARY:Christmas Day',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:2',
  'DTSTART:20260105T120000Z',
  'SUMMARY:Lunch',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

describeWith({ Chromium: chromiumPath() })('service levels', () => {
  let hub: TestHub;
  let browser: Browser;
  let line: SmsLine;
  const open: ConsolePage[] = [];

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

  async function aSupervisor(options: BrowserContextOptions = {}): Promise<ConsolePage> {
    const console = await ConsolePage.signedIn(browser, hub, options);
    open.push(console);
    return console;
  }

  it('are set up in the settings: a calendar with holidays from a file, and a policy that counts in it', async () => {
    const supervisor = await aSupervisor();
    const { page } = supervisor;
    await supervisor.goto('/settings/service-levels');
    await page.getByRole('button', { name: 'Add a calendar' }).click();
    const calendar = page.getByRole('dialog', { name: 'Add a calendar' });
    await calendar.getByLabel('Name', { exact: true }).fill('Office');
    await calendar.getByLabel('Monday, to').fill('12');
    await calendar.getByLabel('Monday, to').press('Tab');
    await calendar.getByRole('button', { name: 'Add hours on Monday' }).press('Enter');
    await expect(calendar.getByLabel('Monday, from').nth(1).inputValue()).resolves.toBe('13:00');
    const file = { name: 'holidays.ics', mimeType: 'text/calendar', buffer: Buffer.from(holidays) };
    await calendar.locator('input[type=file]').setInputFiles(file);
    await calendar.getByText('1 holiday was added. 1 appointment in the file is no holiday.').waitFor();
    expect(await supervisor.problems()).toEqual([]);
    await calendar.getByRole('button', { name: 'Add a calendar' }).press('Enter');
    const calendars = page.getByRole('list', { name: 'Calendars' });
    await calendars.getByText('39 h a week').waitFor();
    await calendars.getByText('1 holiday').waitFor();

    await page.getByRole('button', { name: 'Add a policy' }).click();
    const policy = page.getByRole('dialog', { name: 'Add a policy' });
    await policy.getByLabel('Name', { exact: true }).fill('Urgent');
    await policy.getByRole('group', { name: 'Priorities' }).getByLabel('Urgent').press('Space');
    await policy.getByLabel('First response').fill('soon');
    await policy.getByText('A length of time such as').waitFor();
    await policy.getByLabel('First response').fill('1h 30m');
    await policy.getByLabel('Counts in').selectOption('Office');
    expect(await supervisor.problems()).toEqual([]);
    await policy.getByRole('button', { name: 'Add a policy' }).press('Enter');
    const policies = page.getByRole('list', { name: 'Policies' });
    await policies.getByText('priority Urgent').waitFor();
    const order = async () => (await hub.admin.call('policies.list')).items.map(({ name }) => name);
    expect(await order()).toEqual(['Urgent', 'Standard']);
    await page.getByRole('button', { name: 'Ask Urgent later' }).press('Enter');
    await eventually(async () => expect(await order()).toEqual(['Standard', 'Urgent']));
    // The focus went with it, to what can still be pressed.
    const focused = page.locator(':focus');
    expect(await focused.getAttribute('aria-label')).toBe('Ask Urgent earlier');
    expect(supervisor.complaints).toEqual([]);
  });

  it('show in the list and the conversation, pause when it is pending, and follow what is changed under them', async () => {
    const { items } = await hub.admin.call('policies.list');
    const standard = items.find(({ name }) => name === 'Standard')?.id ?? '';
    const targets = { firstResponse: 3, nextResponse: 60, resolution: 480 };
    await hub.admin.call('policies.update', { params: { id: standard }, body: { targets } });
    await line.receives(hub.url, '+15551237777', 'How long will it take?');
    const { detail } = await theTicketWith(hub.admin, 'How long will it take?');
    const agent = await aSupervisor();
    // Below five minutes every second counts.
    await agent.page
      .getByText(/^First response: due in 2:\d\d$/)
      .first()
      .waitFor({ state: 'attached' });
    await agent.opens('How long will it take?');
    // In a row the clock has its name before it; the head of the conversation has room for the words alone.
    const head = (words: RegExp) => agent.page.getByText(words).first().waitFor();
    await head(/^\s*due in 2:\d\d\s*$/);
    await hub.admin.call('policies.update', {
      params: { id: standard },
      body: { targets: { ...targets, firstResponse: null, nextResponse: null } },
    });
    await agent.page.getByText('Targets are now those of Standard').waitFor();
    await head(/^\s*due in 7h 5\dm\s*$/);
    await hub.admin.call('tickets.update', { params: { id: detail.ticket.id }, body: { status: 'pending' } });
    await head(/^\s*paused, 7h 5\dm left\s*$/);
    expect(await agent.problems()).toEqual([]);
    expect(agent.complaints).toEqual([]);
  });
});
