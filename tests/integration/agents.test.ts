import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { Agents, AgentsModule } from '../../server/src/modules/agents/index.ts';
import { Sessions } from '../../server/src/modules/agents/sessions/sessions.ts';
import { AuditModule } from '../../server/src/modules/audit/index.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

// Passwords are slow to check, on purpose.
jest.setTimeout(60_000);

const DAY_MS = 86_400_000;
const ada = { name: 'Ada', email: 'Ada@Example.com', password: 'correct horse battery' };
let hub: Modules;
let admin: ApiClient;
// The database drops what has expired by its own clock: the tests start at the true time.
const start = new Date();
let now = start;
let sockets: Socket[] = [];

beforeAll(async () => {
  hub = await startModules([AgentsModule, AuditModule], { clock: { now: () => now } });
  const first = hub.browser();
  expect(await first.call('setup.state')).toEqual({ needed: true, organisation: 'Switchboard' });
  // Four at once: one is made.
  const browsers = Array.from({ length: 4 }, (_, index) => ({
    browser: hub.browser(),
    email: `a${index}@example.com`,
  }));
  const answers = await Promise.all(
    browsers.map(({ browser, email }) =>
      browser.ask('setup.create', { body: { ...ada, email, organisation: 'Acme', timeZone: 'Europe/Berlin' } }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(3).fill(409)]);
  admin = browsers[answers.findIndex(({ ok }) => ok)]?.browser as ApiClient;
});
afterAll(() => hub.stop());
beforeEach(() => {
  now = start;
});
afterEach(() => {
  for (const socket of sockets) socket.disconnect();
  sockets = [];
});

/** As if invited and accepted, without the slow hashing: the password is the administrator's. */
async function anAgent(role: 'agent' | 'supervisor' | 'administrator' = 'agent') {
  const email = `${randomUUID()}@example.com`;
  const { agent } = await admin.call('invitations.create', { body: { email, name: 'Grace', role } });
  const agents = hub.platform.connection.collection<{ _id: string; passwordHash: string }>('agents');
  const { passwordHash } = (await agents.findOne({ first: true })) ?? {};
  await agents.updateOne({ _id: agent.id }, { $set: { passwordHash, invitation: null } });
  const browser = hub.browser();
  browser.keep(await hub.app.get(Sessions, { strict: false }).start(agent.id));
  return { id: agent.id, email, browser };
}

/** A console's socket as far as these modules know it: in the rooms of its agent and session. */
async function console_(browser: ApiClient): Promise<{ events: string[]; ended: Promise<string> }> {
  const { id } = await browser.call('session.read');
  const socket = io(`${hub.url}/console`, { transports: ['websocket'], reconnection: false });
  sockets.push(socket);
  const events: string[] = [];
  socket.onAny((event: string) => events.push(event));
  const ended = new Promise<string>((resolve) => socket.on('disconnect', resolve));
  await new Promise((resolve) => socket.on('connect', () => resolve(undefined)));
  await hub.join(socket.id as string, ['agents', `agent:${id}`, ...(await hub.sessionRooms(browser))]);
  return { events, ended };
}

describe('set-up', () => {
  it('is done once, names the organisation and puts the administrator into the first queue', async () => {
    expect(await admin.call('setup.state')).toEqual({ needed: false, organisation: 'Acme' });
    const me = await admin.call('session.read');
    expect(me).toMatchObject({ name: 'Ada', role: 'administrator', state: 'ready', active: true, invited: false });
    const { items } = await admin.call('queues.list');
    expect(items).toMatchObject([{ name: 'Support', agentIds: [me.id] }]);
    expect(await admin.call('organisation.read')).toMatchObject({ timeZone: 'Europe/Berlin', reopenWithinHours: 72 });
    expect((await admin.call('organisation.read')).hours).toHaveLength(7);
  });

  it('makes the administrator of the settings before anybody comes', async () => {
    const own = await startModules(
      [AgentsModule],
      {},
      { ADMIN_EMAIL: 'Root@Example.com', ADMIN_PASSWORD: 'from the settings' },
    );
    try {
      const browser = own.browser();
      expect(await browser.call('setup.state')).toMatchObject({ needed: false });
      const body = { email: 'root@example.com', password: 'from the settings' };
      expect(await browser.call('session.signIn', { body })).toMatchObject({ role: 'administrator' });
    } finally {
      await own.stop();
    }
  });
});

describe('a session', () => {
  it('begins with the password, in a cookie that scripts can not read', async () => {
    const { email } = await anAgent();
    const browser = hub.browser();
    const response = await browser.ask('session.signIn', {
      body: { email: email.toUpperCase(), password: ada.password },
    });
    expect(response.headers.get('set-cookie')).toMatch(
      /^switchboard_session=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(await browser.call('session.read')).toMatchObject({ email });
  });

  it('ends with signing out, and its sockets with it', async () => {
    const { browser } = await anAgent();
    const socket = await console_(browser);
    const cookie = browser.cookieHeader;
    await browser.call('session.signOut');
    await socket.ended;
    expect(socket.events).toContain('signedOut');
    expect(browser.cookies.size).toBe(0);
    const thief = await browser.fetch('/api/v1/session', { headers: { cookie } });
    expect(thief.status).toBe(401);
  });

  it('lasts 14 days from the last visit', async () => {
    const { browser } = await anAgent();
    now = new Date(now.getTime() + 13 * DAY_MS);
    const renewed = await browser.ask('session.read', {});
    expect(renewed.headers.get('set-cookie')).toContain('Max-Age=1209600');
    now = new Date(now.getTime() + 13 * DAY_MS);
    await browser.call('session.read');
    now = new Date(now.getTime() + 14 * DAY_MS);
    expect(await browser.refused('session.read')).toMatchObject({ status: 401 });
  });

  it('is refused in the same words and time whether the address or the password is wrong', async () => {
    const { email } = await anAgent();
    const timed = async (body: { email: string; password: string }) => {
      const began = performance.now();
      const { message, status } = await hub.browser().refused('session.signIn', { body });
      return { message, status, ms: performance.now() - began };
    };
    const known = await timed({ email, password: 'wrong' });
    const unknown = await timed({ email: `${randomUUID()}@example.com`, password: 'wrong' });
    expect([known.message, known.status]).toEqual([unknown.message, unknown.status]);
    expect(unknown.ms).toBeGreaterThan(known.ms / 3);
  });

  it('can not be guessed: after ten tries one has to wait', async () => {
    const { email } = await anAgent();
    const guesses = Array.from({ length: 10 }, () =>
      hub.browser().refused('session.signIn', { body: { email, password: 'guess' } }),
    );
    expect((await Promise.all(guesses)).map(({ status }) => status)).toEqual(Array<number>(10).fill(401));
    const refused = await hub.browser().refused('session.signIn', { body: { email, password: ada.password } });
    expect(refused).toMatchObject({
      status: 429,
      code: 'rate-limited',
      message: expect.stringMatching(/^Too many attempts. Wait \d+ minutes/),
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(200);
  });

  it('is not opened by a page of another origin', async () => {
    const response = await admin.fetch('/api/v1/me', {
      method: 'PATCH',
      body: JSON.stringify({ name: 'Mallory' }),
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    });
    expect(response.status).toBe(403);
  });

  it('is only good for what its role may do', async () => {
    const { browser } = await anAgent('supervisor');
    expect(await browser.refused('audit.list')).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await hub.browser().refused('agents.list')).toMatchObject({ status: 401, code: 'unauthenticated' });
  });
});

describe('a password', () => {
  it('is changed by who knows it; others who are signed in with it are signed out', async () => {
    const { browser, email } = await anAgent();
    const elsewhere = hub.browser();
    await elsewhere.call('session.signIn', { body: { email, password: ada.password } });
    const socket = await console_(elsewhere);
    const wrong = await browser.refused('me.changePassword', {
      body: { current: 'nonsense', next: 'a better password' },
    });
    expect(wrong.error.fields).toEqual([expect.objectContaining({ path: 'current' })]);
    await browser.call('me.changePassword', { body: { current: ada.password, next: 'a better password' } });
    await socket.ended;
    expect(socket.events).toContain('signedOut');
    expect(await elsewhere.refused('session.read')).toMatchObject({ status: 401 });
    expect(await browser.call('session.read')).toMatchObject({ email });
    await elsewhere.call('session.signIn', { body: { email, password: 'a better password' } });
  });

  it('is never shown, logged in the audit or kept as it is', async () => {
    const { id } = await anAgent();
    const stored = await hub.platform.connection.collection('agents').findOne({ _id: id as never });
    expect(JSON.stringify(stored)).not.toContain(ada.password);
    const shown = JSON.stringify([
      await admin.call('agents.list', { query: { limit: 200 } }),
      await admin.call('audit.list'),
    ]);
    expect(shown).not.toMatch(/passwordHash|tokenHash|scrypt/);
  });
});

describe('an invitation', () => {
  it('tells whom it invites, and can be used once', async () => {
    const body = { email: `${randomUUID()}@example.com`, name: 'Lin' };
    const { agent, link } = await admin.call('invitations.create', { body });
    expect(agent).toMatchObject({ role: 'agent', invited: true, state: 'offline' });
    expect(link).toMatch(/^http:\/\/localhost:\d+\/invitation\/[\w-]{43}$/);
    const params = { token: link.split('/').at(-1) as string };
    expect(await hub.browser().call('invitations.read', { params })).toEqual({ ...body, organisation: 'Acme' });
    const clicks = await Promise.all(
      [1, 2, 3].map(() =>
        hub.browser().ask('invitations.accept', { params, body: { name: 'Lin', password: 'long enough' } }),
      ),
    );
    expect(clicks.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    expect(await hub.browser().refused('invitations.read', { params })).toMatchObject({ status: 404 });
    expect((await admin.call('queues.list')).items[0]?.agentIds).toContain(agent.id);
  });

  it('is replaced by a newer one, and ends after seven days', async () => {
    const body = { email: `${randomUUID()}@example.com`, name: 'Lin', role: 'supervisor' as const };
    const first = await admin.call('invitations.create', { body });
    const second = await admin.call('invitations.create', { body });
    expect(second.agent.id).toBe(first.agent.id);
    const read = (link: string) =>
      hub.browser().ask('invitations.read', { params: { token: link.split('/').at(-1) as string } });
    expect((await read(first.link)).status).toBe(404);
    expect((await read(second.link)).status).toBe(200);
    now = new Date(now.getTime() + 7 * DAY_MS);
    expect((await read(second.link)).status).toBe(404);
  });

  it('is not made for somebody who is here already, nor into a queue that is not there', async () => {
    const { email } = await anAgent();
    expect(await admin.refused('invitations.create', { body: { email, name: 'Again' } })).toMatchObject({
      status: 409,
    });
    const nowhere = { email: `${randomUUID()}@example.com`, name: 'Lin', queueIds: [randomUUID()] };
    expect(await admin.refused('invitations.create', { body: nowhere })).toMatchObject({ status: 400 });
  });
});

describe('an administrator', () => {
  it('deactivates an agent, who is out at once and can not come back until activated', async () => {
    const { browser, id, email } = await anAgent();
    const socket = await console_(browser);
    await admin.call('agents.update', { params: { id }, body: { active: false } });
    await socket.ended;
    expect(socket.events).toContain('signedOut');
    expect(await browser.refused('session.read')).toMatchObject({ status: 401 });
    const body = { email, password: ada.password };
    expect(await browser.refused('session.signIn', { body })).toMatchObject({ status: 403 });
    await admin.call('agents.update', { params: { id }, body: { active: true } });
    await browser.call('session.signIn', { body });
  });

  it('changes role and queues, and the agent’s console connects anew with them', async () => {
    const { browser, id } = await anAgent();
    const socket = await console_(browser);
    const [queue] = (await admin.call('queues.list')).items;
    await admin.call('agents.update', { params: { id }, body: { role: 'supervisor', queueIds: [] } });
    await socket.ended;
    expect(socket.events).not.toContain('signedOut');
    expect(await browser.call('session.read')).toMatchObject({ role: 'supervisor', queueIds: [] });
    expect((await admin.call('queues.list')).items[0]?.agentIds).not.toContain(id);
    expect(queue?.agentIds).toContain(id);
  });

  it('stays: the last one can be neither demoted nor deactivated, by however many at once', async () => {
    const { id: me } = await admin.call('session.read');
    for (const body of [{ role: 'agent' as const }, { active: false }])
      expect(await admin.refused('agents.update', { params: { id: me }, body })).toMatchObject({ status: 409 });
    const other = await anAgent('administrator');
    const demote = (id: string) => admin.ask('agents.update', { params: { id }, body: { role: 'supervisor' } });
    const answers = await Promise.all([demote(other.id), demote(me)]);
    // Whichever came first: one stays. (The second may also find that its caller is no administrator any more.)
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const promoter = answers[0]?.ok ? admin : other.browser;
    await promoter.call('agents.update', { params: { id: me }, body: { role: 'administrator' } });
  });

  it('is named in the audit with what changed', async () => {
    const { id } = await anAgent();
    await admin.call('agents.update', { params: { id }, body: { role: 'supervisor' } });
    const { items } = await admin.call('audit.list', { query: { limit: 3 } });
    expect(items[0]).toMatchObject({
      actor: { name: 'Ada' },
      action: 'agent.updated',
      subject: id,
      detail: { role: { from: 'agent', to: 'supervisor' } },
    });
    expect(items[1]).toMatchObject({ action: 'agent.invited', subject: id });
  });
});

describe('the directory', () => {
  it('knows who is ready for a queue: a member, active, ready and connected', async () => {
    const agents = hub.app.get(Agents);
    const [connected, absent, away] = [await anAgent(), await anAgent(), await anAgent()];
    const { queueIds } = await connected.browser.call('session.read');
    const queueId = queueIds[0] as string;
    for (const { id } of [connected, away]) await hub.platform.presence.enter('consoles', id, `c-${id}`, 60_000);
    const agent = hub.platform.connection.collection<{ _id: string }>('agents');
    await agent.updateOne({ _id: away.id }, { $set: { state: 'away' } });
    const ready = (await agents.readyFor(queueId)).map(({ id }) => id);
    expect(ready).toContain(connected.id);
    expect(ready).not.toContain(absent.id);
    expect(ready).not.toContain(away.id);
    expect(await agents.readyFor(randomUUID())).toEqual([]);
    expect((await agents.onlineNames(5)).map(({ id }) => id)).toEqual([connected.id]);
    expect((await agents.names([away.id, 'nobody'])).get(away.id)).toEqual({ id: away.id, name: 'Grace' });
    const shown = await admin.call('agents.list', { query: { limit: 200 } });
    const states = new Map(shown.items.map(({ id, state }) => [id, state]));
    expect([connected, absent, away].map(({ id }) => states.get(id))).toEqual(['ready', 'offline', 'away']);
  });

  it('tells the consoles when a state changes', async () => {
    const { id } = await anAgent();
    const socket = await console_(admin);
    await hub.platform.presence.enter('consoles', id, 'c', 60_000);
    await hub.app.get(Agents).announceState(id);
    expect(socket.events).toContain('passing');
  });

  it('is paged', async () => {
    await anAgent();
    const first = await admin.call('agents.list', { query: { limit: 1 } });
    expect(first.items).toHaveLength(1);
    const second = await admin.call('agents.list', { query: { limit: 200, cursor: first.next as string } });
    expect(second.items.map(({ id }) => id)).not.toContain(first.items[0]?.id);
    expect(second.next).toBeNull();
  });
});

describe('one’s own profile', () => {
  it('keeps each preference that is not changed', async () => {
    const { browser } = await anAgent();
    await browser.call('me.update', { body: { preferences: { theme: 'dark' } } });
    const me = await browser.call('me.update', {
      body: { name: 'G. Hopper', preferences: { sound: false } },
    });
    expect(me).toMatchObject({
      name: 'G. Hopper',
      preferences: { theme: 'dark', sound: false, density: 'comfortable' },
    });
    await browser.call('me.update', { body: {} });
  });
});
