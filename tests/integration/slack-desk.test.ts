import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TicketDetail } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import { eventually, found } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';
import { newTs, SlackLine } from '../support/slack.ts';
import { messagesOf, textOf, theTicketWith } from '../support/tickets.ts';
import { Visitor } from '../support/visitor.ts';

/** An agent who lives in Slack answers customers of the website's chat from there. */
const DESK = 'C0DESK0001';
let database: TestDatabase;
let hub: TestHub;
let line: SlackLine;
let grace: Agent;
let site: string;
let queueId: string;

beforeAll(async () => {
  database = await openTestDatabase();
  hub = await startHub({ env: database.hubEnv, clockMs: 0 });
  line = await SlackLine.of(hub);
  const queue = await hub.admin.call('queues.create', { body: { name: 'Shop' } });
  queueId = queue.id;
  const body = { connectorId: 'webchat', name: 'Site', settings: {}, queueId };
  site = (await hub.admin.call('channelAccounts.create', { body })).id;
  grace = await Agent.invited(hub.admin, 'Grace', { queueIds: [queueId] });
  const { email } = await grace.api.call('session.read');
  // She takes nothing by herself: what is here she takes at the desk.
  await grace.api.call('me.setState', { body: { state: 'busy' } });
  line.workspace.users.set('U0GRACE00', { name: 'Grace in Slack', email });
  line.workspace.users.set('U0MALLORY', { name: 'Mallory', email: 'mallory@other.example' });
}, 120_000);
afterAll(async () => {
  grace.disconnect();
  await hub.stop();
  await database.drop();
  expect(line.workspace.problems).toEqual([]);
  await line.workspace.close();
});

const mirror = (place: string) =>
  hub.admin.call('desks.update', { params: { id: line.accountId }, body: { mirrors: [{ queueId, place }] } });
const read = (id: string): Promise<TicketDetail> => hub.admin.call('tickets.read', { params: { id } });
const inThread = (ts: string): string[] =>
  line.workspace.messages.filter(({ thread_ts }) => thread_ts === ts).map(({ text }) => text);
const thePost = (words: string) =>
  eventually(() =>
    found(
      `a post with ${words}`,
      line.workspace.messages.find(
        ({ channel, thread_ts, blocks }) => channel === DESK && !thread_ts && blocks.includes(words),
      ),
    ),
  );
const sees = (ts: string, words: string | RegExp) =>
  eventually(() => expect(inThread(ts).join('\n')).toMatch(typeof words === 'string' ? new RegExp(words) : words));
/** The workspace's clock goes on with each post. */
let written = 0;
const afterAllPosts = (): string => {
  const last = Math.max(...line.workspace.messages.map(({ ts }) => Math.floor(Number(ts))));
  return `${last}.9${String((written += 1)).padStart(5, '0')}`;
};
const writes = async (user: string, thread_ts: string, text: string, more: Record<string, unknown> = {}) => {
  const ts = afterAllPosts();
  const event = { ts, event_ts: ts, thread_ts, channel: DESK, ...more };
  expect(await line.says(user, text, event)).toBe(200);
  return { ts, again: () => line.says(user, text, event) };
};
const presses = async (user: string, ts: string, action_id: string, action_ts = newTs()): Promise<void> => {
  const payload = {
    ...{ type: 'block_actions', user: { id: user, name: 'x' }, channel: { id: DESK }, message: { ts } },
    actions: [{ action_id, action_ts, type: 'button', text: { type: 'plain_text', text: 'x' } }],
  };
  const form = `payload=${encodeURIComponent(JSON.stringify(payload))}`;
  expect(await line.post(form, 'application/x-www-form-urlencoded')).toBe(200);
};
const told = (user: string): string[] =>
  line.workspace.calls
    .filter(({ method, args }) => method === 'chat.postEphemeral' && args['user'] === user)
    .map(({ args }) => args['text'] ?? '');

it('mirrors a queue only to where the app may write', async () => {
  line.workspace.closed.add('C0CLOSED0');
  await expect(mirror('C0CLOSED0')).rejects.toThrow(/no member of #room-c0closed0: invite it there/);
  await expect(mirror('#desk')).rejects.toThrow(/is no Slack channel: give its id/);
  expect((await mirror(DESK)).mirrors).toEqual([{ queueId, place: DESK, name: '#room-c0desk0001' }]);
});

it('lets an agent take, answer, note and resolve there, each once', async () => {
  const customer = await Visitor.on(hub.url, site);
  await customer.says('My lamp <b>hums</b>');
  const { detail } = await theTicketWith(hub.admin, 'My lamp');
  const { id, number } = detail.ticket;
  const { ts } = await thePost(`#${number} `);
  await sees(ts, '&lt;b&gt;hums');

  // A stranger in the channel is told so alone, and nothing is done.
  await presses('U0MALLORY', ts, 'desk-take');
  await writes('U0MALLORY', ts, 'We give you a new house');
  await eventually(() => expect(told('U0MALLORY')).toHaveLength(2));
  expect(told('U0MALLORY')[0]).toMatch(/not known here as an agent.*\/desk-link\//s);

  const pressedAt = newTs();
  await presses('U0GRACE00', ts, 'desk-take', pressedAt);
  await presses('U0GRACE00', ts, 'desk-take', pressedAt);
  await eventually(async () => expect((await read(id)).ticket.assignee?.name).toBe('Grace'));
  await sees(ts, 'Grace took it');
  await thePost('With \\*Grace\\*'.replaceAll('\\', ''));

  const answer = await writes('U0GRACE00', ts, 'Turn it off &amp; on');
  await answer.again();
  await customer.gets('Turn it off & on');
  await writes('U0GRACE00', ts, '// a known fault');
  await eventually(async () => {
    const notes = (await read(id)).entries.filter(({ type }) => type === 'note');
    expect(notes).toEqual([
      expect.objectContaining({ text: 'a known fault', author: expect.objectContaining({ name: 'Grace' }) }),
    ]);
  });
  // Who edits or deletes what the customer has got is told that it stays.
  const said = { type: 'message', user: 'U0GRACE00', text: 'Turn it off &amp; on', ts: answer.ts, thread_ts: ts };
  const edit = { type: 'message', subtype: 'message_changed', channel: DESK, ts: newTs(), previous_message: said };
  await line.event({ ...edit, message: { ...said, text: 'Turn it on', edited: { user: 'U0GRACE00', ts: newTs() } } });
  await eventually(() => expect(told('U0GRACE00').join()).toMatch(/What the customer got stays as it was/));

  await presses('U0GRACE00', ts, 'desk-resolve');
  await eventually(async () => expect((await read(id)).ticket.status).toBe('resolved'));
  await thePost(':white_check_mark: Resolved');
  const now = await read(id);
  expect(messagesOf(now).map(textOf)).toEqual(['My lamp <b>hums</b>', 'Turn it off & on']);
  expect([...customer.messages.values()].filter(({ from }) => from === 'agent')).toHaveLength(1);
  // What was written there is not shown there a second time.
  expect(inThread(ts).filter((text) => /Turn it off|known fault/.test(text))).toEqual([]);
  customer.leaves();
});

it('tells in the thread that an answer did not go, and why', async () => {
  const customer = await Visitor.on(hub.url, site);
  await customer.says('Where is my parcel?');
  const { detail } = await theTicketWith(hub.admin, 'my parcel');
  const { ts } = await thePost(`#${detail.ticket.number} `);
  await sees(ts, 'my parcel');
  // Written before the customer's next words stood there.
  const early = `${Math.floor(Date.now() / 1000) - 1000}.000900`;
  await writes('U0GRACE00', ts, 'It is on its way', { ts: early, event_ts: early });
  await sees(ts, /wrote while you were typing.*Nothing was sent.*send your answer again/s);
  expect(messagesOf(await read(detail.ticket.id))).toHaveLength(1);
  // What Slack refuses to show keeps back nothing.
  line.workspace.unpostable.add('Far too long');
  await customer.says('Far too long a word');
  await sees(ts, /can’t be shown here: The message is too long for Slack/);
  await customer.says('And a short one');
  await sees(ts, 'And a short one');
  customer.leaves();
});

it('posts nothing twice when Slack’s answer is lost and the hub is killed, and loses nothing that is written there', async () => {
  const customer = await Visitor.on(hub.url, site);
  line.workspace.next('chat.postMessage', 'lose-answer');
  await customer.says('The bulb is broken');
  const { detail } = await theTicketWith(hub.admin, 'The bulb');
  const { ts } = await thePost(`#${detail.ticket.number} `);
  hub = await hub.again();
  // Here she is faster than the hub, which does not know yet whether its post stands.
  await writes('U0GRACE00', ts, '// We have none left');
  await eventually(async () => {
    const notes = (await read(detail.ticket.id)).entries.filter(({ type }) => type === 'note');
    expect(notes).toEqual([expect.objectContaining({ text: 'We have none left' })]);
  }, 60_000);
  await sees(ts, 'The bulb');
  const posts = line.workspace.messages.filter(({ blocks }) => blocks.includes(`#${detail.ticket.number} `));
  expect(posts).toHaveLength(1);
  customer.leaves();
}, 120_000);

it('tells what happened while the account was paused', async () => {
  const customer = await Visitor.on(hub.url, site);
  await customer.says('First words');
  const { detail } = await theTicketWith(hub.admin, 'First words');
  const { ts } = await thePost(`#${detail.ticket.number} `);
  await sees(ts, 'First words');
  const { tokens } = line.workspace.oauth;
  const taken = [...tokens];
  tokens.clear();
  await customer.says('Words in the pause');
  const params = { id: line.accountId };
  await eventually(async () => expect((await hub.admin.call('channelAccounts.read', { params })).state).toBe('paused'));
  for (const token of taken) tokens.add(token);
  expect((await hub.admin.call('channelAccounts.resume', { params })).ok).toBe(true);
  await eventually(() => expect(inThread(ts).join()).toMatch('Words in the pause'), 60_000);
  customer.leaves();
}, 90_000);

it('knows who has said in the console that it is them', async () => {
  const token = /\/desk-link\/(\S+)/.exec(told('U0MALLORY')[0] ?? '')?.[1] ?? '';
  const ask = { body: { token } };
  const id = `${line.accountId}:U0MALLORY`;
  expect(await grace.api.call('desks.invitation', ask)).toEqual({
    id,
    person: 'Mallory',
    account: 'Acme Slack',
    linked: false,
  });
  await expect(grace.api.call('desks.link', { body: { token: `${token}x` } })).rejects.toThrow(/not whole/);
  expect((await grace.api.call('desks.link', ask)).linked).toBe(true);
  const customer = await Visitor.on(hub.url, site);
  await customer.says('Is anybody there?');
  const { detail } = await theTicketWith(hub.admin, 'anybody there');
  const { ts } = await thePost(`#${detail.ticket.number} `);
  await sees(ts, 'anybody there');
  await writes('U0MALLORY', ts, 'I am');
  await customer.gets('I am');
  const mine = { id, person: 'Mallory', account: 'Acme Slack', since: expect.any(String) };
  expect((await grace.api.call('desks.links', { query: {} })).items).toEqual([mine]);
  // It is nobody else's to see, or to end.
  expect((await hub.admin.call('desks.links', { query: {} })).items).toEqual([]);
  await hub.admin.call('desks.unlink', { body: { id } });
  expect((await grace.api.call('desks.links', { query: {} })).items).toEqual([mine]);
  await grace.api.call('desks.unlink', { body: { id } });
  expect((await grace.api.call('desks.links', { query: {} })).items).toEqual([]);
  await writes('U0MALLORY', ts, 'And I am not');
  await eventually(() => expect(told('U0MALLORY')).toHaveLength(3));
  customer.leaves();
});

it('is installed by OAuth, once for each question, and in one workspace', async () => {
  const { oauth } = line.workspace;
  oauth.rotates = true;
  const settings = {
    ...{ signingSecret: 'a-secret', clientId: oauth.client.id, clientSecret: oauth.client.secret },
    apiBaseUrl: line.workspace.url,
  };
  const { id } = await hub.admin.call('channelAccounts.create', {
    body: { connectorId: 'slack', name: 'By OAuth', settings },
  });
  const begin = async () => new URL((await hub.admin.call('channelAccounts.install', { params: { id } })).url);
  const answerOf = async (url: URL, which: 'Allow' | 'Cancel') => {
    const page = await (await fetch(url)).text();
    const href = new RegExp(`href="([^"]*)">${which}`).exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(href).toContain(`${hub.url}/settings/channels/installed`);
    return Object.fromEntries(new URL(href).searchParams) as { state: string; code?: string; error?: string };
  };
  const end = (body: { state: string; code?: string; error?: string }) =>
    hub.admin.call('channelAccounts.installed', { body });

  expect(await end(await answerOf(await begin(), 'Cancel'))).toMatchObject({
    ok: false,
    message: expect.stringMatching(/denied/),
  });
  const old = await answerOf(await begin(), 'Allow');
  const good = await answerOf(await begin(), 'Allow');
  await expect(end(old)).rejects.toThrow(/another session, or is finished/);
  await expect(end({ ...good, state: `${good.state}x` })).rejects.toThrow(/no question of ours/);
  const { api: other } = await Agent.invited(hub.admin, 'Root', { role: 'administrator' });
  await expect(other.call('channelAccounts.installed', { body: good })).rejects.toThrow(/another session/);
  expect(await end(good)).toEqual({ ok: true, message: 'Workspace “Acme”, as switchboard', accountId: id });
  await expect(end(good)).rejects.toThrow(/finished already/);
  const account = await hub.admin.call('channelAccounts.read', { params: { id } });
  expect(account.installed).toMatchObject({ holder: 'Acme', expiresAt: expect.any(String) });
  expect(JSON.stringify(account)).not.toContain('xoxe');

  oauth.team = { id: 'T0OTHER00', name: 'Others' };
  expect(await end(await answerOf(await begin(), 'Allow'))).toMatchObject({
    ok: false,
    message: expect.stringMatching(/belongs to “Acme”, and you chose “Others”/),
  });
});

it('renews tokens that rotate before they end, whatever is wrong with another account', async () => {
  const { items } = await hub.admin.call('channelAccounts.list');
  const { id, installed } = found(
    'By OAuth',
    items.find(({ name }) => name === 'By OAuth'),
  );
  const ends = new Date(installed?.expiresAt ?? 0);
  const accounts = database.connection.collection<{ _id: string }>('channelaccounts');
  const broken = { sealed: 'nothing that opens', holderId: 'T0AAAAAAA', holder: 'Acme', expiresAt: new Date(1) };
  await accounts.updateOne({ _id: line.accountId }, { $set: { grant: broken } });
  await hub.kill('SIGKILL');
  const periods = database.connection.collection<{ _id: string }>('job_periods');
  const both = { _id: { $in: ['renew-grants', 'check-channel-accounts'] } };
  expect((await periods.updateMany(both, { $set: { nextAt: new Date(0) } })).modifiedCount).toBe(2);
  hub = await hub.again(11 * 3_600_000);
  await eventually(async () => {
    const account = await hub.admin.call('channelAccounts.read', { params: { id } });
    expect(new Date(account.installed?.expiresAt ?? 0).getTime()).toBeGreaterThan(ends.getTime());
  });
  // Of the other it is said what is wrong, and what comes for it is to come again.
  await eventually(async () => {
    const { health } = await hub.admin.call('channelAccounts.read', { params: { id: line.accountId } });
    expect(health).toMatchObject({ ok: false, message: expect.stringMatching(/Acme Slack can’t be used any more/) });
  });
  expect(await line.says('U0GRACE00', 'Is it open?')).toBe(503);
});
