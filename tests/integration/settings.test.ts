import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DEFAULT_FEEDBACK, DEFAULT_QUEUE_ROUTING } from '@switchboard/contract';
import { AgentsModule } from '../../server/src/modules/agents/index.ts';
import { AuditModule } from '../../server/src/modules/audit/index.ts';
import { CannedRepliesModule } from '../../server/src/modules/canned-replies/index.ts';
import { OrganisationModule, Organisations } from '../../server/src/modules/organisation/index.ts';
import { Queues, QueuesModule } from '../../server/src/modules/queues/index.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

jest.setTimeout(60_000);
let hub: Modules;
let admin: ApiClient;
beforeAll(async () => {
  hub = await startModules([AgentsModule, AuditModule, CannedRepliesModule, OrganisationModule, QueuesModule]);
  admin = await hub.administrator();
});
afterAll(() => hub.stop());

describe('the organisation', () => {
  it('is always open until hours are set, then as they say', async () => {
    const organisations = hub.app.get(Organisations);
    const sunday = new Date('2026-03-01T12:00:00Z');
    expect(await organisations.isOpen(sunday)).toBe(true);
    const hours = [
      { weekday: 1, from: '09:00', to: '12:00' },
      { weekday: 1, from: '13:00', to: '17:00' },
    ];
    const changed = await admin.call('organisation.update', { body: { timeZone: 'Europe/Berlin', hours } });
    expect(changed).toMatchObject({ name: 'Acme', timeZone: 'Europe/Berlin', hours });
    expect(await organisations.isOpen(sunday)).toBe(false);
    expect(await organisations.isOpen(new Date('2026-03-02T08:30:00Z'))).toBe(true);
    expect(await admin.call('organisation.read')).toEqual(changed);
  });

  it.each([
    ['a zone that is none', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['hours without length', { hours: [{ weekday: 5, from: '09:00', to: '09:00' }] }, 'hours.0'],
    ['no time of day', { hours: [{ weekday: 5, from: '09:00', to: '25:00' }] }, 'hours.0'],
  ])('refuses %s', async (_, body, path) => {
    const refused = await admin.refused('organisation.update', { body });
    expect(refused).toMatchObject({ status: 400, error: { fields: [{ path }] } });
  });
});

describe('queues', () => {
  it('are made with their agents, found by name and changed', async () => {
    const { id: me } = await admin.call('session.read');
    const made = await admin.call('queues.create', { body: { name: 'Billing', agentIds: [me] } });
    const usual = { routing: DEFAULT_QUEUE_ROUTING, feedback: DEFAULT_FEEDBACK, wrapUp: null };
    expect(made).toEqual({ id: made.id, name: 'Billing', agentIds: [me], ...usual });
    expect((await admin.call('session.read')).queueIds).toContain(made.id);
    const params = { id: made.id };
    const changed = await admin.call('queues.update', { params, body: { name: 'Bills', agentIds: [] } });
    expect(changed).toEqual({ ...made, name: 'Bills', agentIds: [] });
    expect((await admin.call('session.read')).queueIds).not.toContain(made.id);
    const queues = hub.app.get(Queues);
    expect((await queues.names([made.id, randomUUID()])).get(made.id)).toBe('Bills');
    expect((await queues.default()).name).toBe('Support');
    const second = await admin.call('queues.list', { query: { limit: 1, cursor: (await queues.default()).id } });
    expect(second.items.map(({ name }) => name)).toEqual(['Bills']);
  });

  it('can not be mixed up, nor filled with nobody', async () => {
    expect(await admin.refused('queues.create', { body: { name: 'SUPPORT' } })).toMatchObject({ status: 409 });
    const nobody = { name: 'Ghosts', agentIds: [randomUUID()] };
    expect(await admin.refused('queues.create', { body: nobody })).toMatchObject({ status: 400 });
    const gone = { params: { id: randomUUID() }, body: { name: 'X' } };
    expect(await admin.refused('queues.update', gone)).toMatchObject({ status: 404 });
  });

  it('start with one, however many processes start at once', async () => {
    const queues = [1, 2, 3].map(() => hub.app.get(Queues));
    await hub.platform.connection.collection('queues').deleteMany({});
    await Promise.all([hub.platform.bus.broadcast('queues', {}), ...queues.map((each) => each.default())]);
    expect(await hub.platform.connection.collection('queues').countDocuments({})).toBe(1);
  });
});

describe('canned replies', () => {
  it('are listed by shortcut, page by page', async () => {
    for (const shortcut of ['thanks', 'Hello', 'bye'])
      await admin.call('cannedReplies.create', { body: { shortcut, title: shortcut, text: `${shortcut}!` } });
    const first = await admin.call('cannedReplies.list', { query: { limit: 2 } });
    expect(first.items.map(({ shortcut }) => shortcut)).toEqual(['bye', 'Hello']);
    const rest = await admin.call('cannedReplies.list', { query: { limit: 2, cursor: first.next as string } });
    expect(rest.items.map(({ shortcut }) => shortcut)).toEqual(['thanks']);
    expect(rest.next).toBeNull();
  });

  it('have shortcuts that differ in more than case, are changed and go', async () => {
    const body = { shortcut: 'refund', title: 'Refund', text: 'Done.' };
    const { id } = await admin.call('cannedReplies.create', { body });
    expect(await admin.refused('cannedReplies.create', { body: { ...body, shortcut: 'REFUND' } })).toMatchObject({
      status: 409,
      error: { fields: [{ path: 'shortcut' }] },
    });
    const params = { id };
    const changed = await admin.call('cannedReplies.update', {
      params,
      body: { shortcut: 'money', text: 'It is on its way.' },
    });
    expect(changed).toEqual({ id, shortcut: 'money', title: 'Refund', text: 'It is on its way.' });
    await admin.call('cannedReplies.delete', { params });
    expect(await admin.refused('cannedReplies.delete', { params })).toMatchObject({ status: 404 });
  });
});

it('writes down who changed what, newest first', async () => {
  const { items, next } = await admin.call('audit.list', { query: { limit: 1 } });
  expect(items).toHaveLength(1);
  const all = await admin.call('audit.list', { query: { limit: 200, cursor: next as string } });
  const actions = [...items, ...all.items].map(({ action }) => action);
  expect(actions).toContain('organisation.updated');
  expect(actions.at(-1)).toBe('setup.done');
  expect(all.items[0]?.actor.name).toBe('Ada');
});
