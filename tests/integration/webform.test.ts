import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startHub, type TestHub } from '../support/hub.ts';
import { messagesOf, theTicketWith } from '../support/tickets.ts';
import { eventually } from '../support/eventually.ts';

let hub: TestHub;
let address: string;
const origin = 'https://shop.example';
beforeAll(async () => {
  hub = await startHub();
  const settings = { allowedOrigins: [origin], questions: ['Order number*'], consent: 'I agree.' };
  const body = { connectorId: 'webform', name: 'Contact form', settings };
  const { id } = await hub.admin.call('channelAccounts.create', { body });
  address = `${hub.url}/webhooks/${id}`;
}, 120_000);
afterAll(() => hub.stop());

/** Two seconds at least lie between being shown a form and sending it. */
const aToken = async (): Promise<string> => {
  const script = await fetch(`${address}/form.js`);
  expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  return /"token":"([^"]+)"/.exec(await script.text())?.[1] ?? '';
};
const aged = (token: string) =>
  eventually(() => expect(Date.now() - Number(token.split('.')[0])).toBeGreaterThan(2_100));
const sends = (token: string, differences: object = {}, from = origin) =>
  fetch(`${address}/submit`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', origin: from },
    body: JSON.stringify({
      ...{ token, name: 'Ada', email: 'ada@example.org', subject: 'My chair', message: 'Where is my chair?' },
      ...{ answers: { 'Order number': '1042' }, consent: true, website: '', page: 'https://shop.example/contact' },
      ...differences,
    }),
  });

it('makes one ticket of a form, however often it is sent, and says where its answer can go', async () => {
  const token = await aToken();
  const fast = await sends(token);
  expect([fast.status, await fast.text()]).toEqual([403, expect.stringContaining('wait a moment')]);
  await aged(token);
  const sent = await sends(token);
  expect(sent.status).toBe(200);
  expect(sent.headers.get('access-control-allow-origin')).toBe(origin);
  expect(await sent.json()).toEqual({ ok: true, token: expect.not.stringMatching(token) });
  expect((await sends(token)).status).toBe(200);

  const { detail } = await theTicketWith(hub.admin, 'Where is my chair?');
  expect(detail.ticket).toMatchObject({ channel: 'form', subject: 'My chair', customer: { name: 'Ada' } });
  await eventually(async () => {
    const now = await hub.admin.call('tickets.read', { params: { id: detail.ticket.id } });
    const [message, ...others] = messagesOf(now);
    expect(others).toEqual([]);
    expect(message?.parts[1]).toEqual({ type: 'text', text: 'Order number: 1042\nPage: https://shop.example/contact' });
    // The form itself takes no answer, and this centre has no e-mail account to write to the address with.
    expect(now.targets).toEqual([]);
    expect(now.entries).toContainEqual(expect.objectContaining({ event: 'consent.changed', to: 'granted (I agree.)' }));
  });
});

it('lets no other website, no program and no form with gaps in', async () => {
  const token = await aToken();
  expect((await sends(token, {}, 'https://evil.example')).status).toBe(403);
  expect((await sends('1.2.3')).status).toBe(403);
  const gaps: [object, string][] = [
    [{ email: 'ada' }, 'Please look at this again: Your e-mail address'],
    [{ email: '' }, 'Please fill this in: Your e-mail address'],
    [{ answers: {} }, 'Please fill this in: Order number'],
    [{ consent: false }, 'Please agree before you send it'],
  ];
  for (const [gap, words] of gaps) {
    const answer = await sends(token, gap);
    expect([answer.status, await answer.text()]).toEqual([400, words]);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  }
  await aged(token);
  expect((await sends(token, { website: 'x', message: 'Buy this' })).status).toBe(200);
  const { items } = await hub.admin.call('tickets.list', { query: {} });
  expect(items.map(({ subject }) => subject)).toEqual(['My chair']);
  const statuses = await Promise.all(Array.from({ length: 25 }, async () => (await sends('1.2.3')).status));
  expect(statuses).toContain(429);
});
