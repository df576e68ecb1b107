import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  DEFAULT_QUEUE_ROUTING,
  NO_CHANGES,
  type LabChanges,
  type LabDraft,
  type LabReplay,
} from '@switchboard/contract';
import { MetricsModule } from '../../server/src/modules/metrics/index.ts';
import { KeepQuarters } from '../../server/src/modules/metrics/rollups/keep-quarters.ts';
import { RoutingLabModule } from '../../server/src/modules/routing/index.ts';
import { ApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { PASSWORD } from '../support/hub.ts';
import { recordWeek, WEEK } from '../support/recorded-week.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

/** Other rules are tried on a week that was, put in force, and taken back. */
let hub: Modules;
let admin: ApiClient;
let sales: string;
let support: string;
let bob: string;

beforeAll(async () => {
  hub = await startModules([MetricsModule, RoutingLabModule]);
  admin = await hub.administrator();
  await admin.call('organisation.update', { body: { timeZone: 'Etc/UTC' } });
  support = (await admin.call('queues.list')).items[0]?.id ?? '';
  sales = (await admin.call('queues.create', { body: { name: 'Sales', agentIds: [] } })).id;
  bob = await invited('Bob', 'agent');
  const team = { busy: support, agents: { busy: [(await me()).id], idle: [bob] } };
  const facts = await recordWeek(hub.platform.connection, team);
  await hub.app.get(KeepQuarters).note(facts);
}, 60_000);
afterAll(() => hub.stop());

const me = () => admin.call('session.read');
async function invited(name: string, role: 'agent' | 'supervisor', client = new ApiClient(hub.url)): Promise<string> {
  const email = `${name.toLowerCase()}@example.com`;
  const { agent, link } = await admin.call('invitations.create', { body: { email, name, role, queueIds: [sales] } });
  const params = { token: link.split('/').at(-1) ?? '' };
  await client.call('invitations.accept', { params, body: { name, password: PASSWORD } });
  return agent.id;
}
const aDraft = (name = 'Help each other') => admin.call('routingLab.create', { body: { name } });
const read = (id: string) => admin.call('routingLab.read', { params: { id } });
const save = ({ id, name, version }: LabDraft, changes: Partial<LabChanges>, more: object = {}) =>
  admin.call('routingLab.update', {
    params: { id },
    body: { name, version, changes: { ...NO_CHANGES, ...changes }, ...more },
  });
const publish = (id: string) => admin.call('routingLab.publish', { params: { id } });
const rollBack = (id: string) => admin.call('routingLab.rollBack', { params: { id } });
const routingOf = async (id: string) =>
  (await admin.call('queues.list')).items.find((queue) => queue.id === id)?.routing;
const help = () => ({
  ...DEFAULT_QUEUE_ROUTING,
  overflow: [{ afterSeconds: 30, does: 'offer' as const, queueIds: [sales] }],
});
const helped = () => ({ queues: [{ queueId: support, routing: help() }] });
async function played(id: string): Promise<LabReplay> {
  await admin.call('routingLab.replay', { params: { id }, body: { from: WEEK } });
  return eventually(async () => {
    const replay = await admin.call('routingLab.replayed', { params: { id } });
    expect(replay.state).not.toBe('running');
    return replay;
  }, 60_000);
}

it('plays the week as it was and by the draft, beside what the metrics say of it', async () => {
  const draft = await save(await aDraft(), helped());
  const { state, problem, result, outdated } = await played(draft.id);
  expect([state, problem, outdated]).toEqual(['done', null, false]);
  if (result === null) throw new Error('There is no result');
  const { total, queues, agents } = result;
  expect(result).toMatchObject({ arrivals: 300, agentsOnRecord: 2, plays: 1 });

  // As the reports have it, to the digit.
  const { from, to } = result;
  const report = await admin.call('metrics.read', { query: { from, to, by: 'queue' } });
  const busy = queues.find(({ key }) => key === support);
  const reported = report.rows.find(({ key }) => key === support)?.figures;
  expect(busy?.real['serviceLevel']?.value).toBe(reported?.serviceLevel?.value);
  expect(busy?.real['asa']?.value).toBe(reported?.asa?.value);

  // Played as it was it comes out as it was; with help nobody waits so long.
  const [was, now, then] = [total.real, total.now, total.draft].map((figures) => figures['asa']?.value ?? NaN) as [
    number,
    number,
    number,
  ];
  expect(Math.abs(now - was) / was).toBeLessThan(0.15);
  expect(then).toBeLessThan(now / 2);
  expect(total.draft['serviceLevel']?.value).toBeGreaterThan((total.now['serviceLevel']?.value ?? 100) + 5);
  expect(busy?.draft['helped']?.value).toBeGreaterThan(10);
  expect(busy?.now['helped']?.value).toBe(0);
  const load = (column: 'real' | 'now' | 'draft') => agents.find(({ key }) => key === bob)?.[column].given.value;
  expect([load('real'), load('now')]).toEqual([0, 0]);
  expect(load('draft')).toBeGreaterThan(10);
  expect(total.days.map(({ key }) => key)[0]).toBe(WEEK);
  expect(total.hours).toHaveLength(24);
  expect(await routingOf(support)).toEqual(DEFAULT_QUEUE_ROUTING);

  const changed = await save(draft, {
    ...helped(),
    staff: [{ does: 'remove', agentId: bob, weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
  });
  expect(changed.replay?.outdated).toBe(true);
  const again = (await played(draft.id)).result;
  expect(again?.total.draft['asa']?.value).toBe(again?.total.now['asa']?.value);
}, 120_000);

it('adds people for some hours', async () => {
  const add = {
    does: 'add' as const,
    agents: 1,
    queueIds: [support],
    skills: [],
    weekdays: [1, 2, 3, 4, 5],
    from: '08:00',
    to: '18:00',
  };
  const draft = await save(await aDraft('One more'), { staff: [add] });
  const { result } = await played(draft.id);
  expect(result?.agents.find(({ key }) => key === 'extra-0-0')?.draft.given.value).toBeGreaterThan(20);
  expect(result?.total.draft['asa']?.value).toBeLessThan(result?.total.now['asa']?.value ?? 0);
  expect(await admin.refused('routingLab.publish', { params: { id: draft.id } })).toMatchObject({ status: 409 });
}, 120_000);

it('says what it can’t play, and stops when it is told so', async () => {
  const draft = await aDraft('Stopped');
  const ask = (from: string) => admin.refused('routingLab.replay', { params: { id: draft.id }, body: { from } });
  expect(await ask('2099-01-01')).toMatchObject({ status: 400, error: { fields: [{ path: 'from' }] } });
  const other = await aDraft('Other');
  await admin.call('routingLab.replay', { params: { id: draft.id }, body: { from: WEEK } });
  const refused = await admin.refused('routingLab.replay', { params: { id: other.id }, body: { from: WEEK } });
  expect(refused).toMatchObject({ status: 409, error: { message: expect.stringContaining('Stopped') } });
  await admin.call('routingLab.cancel', { params: { id: draft.id } });
  await eventually(async () => expect((await read(draft.id)).replay?.state).toMatch(/cancelled|done/), 60_000);
  await admin.call('routingLab.replay', { params: { id: draft.id }, body: { from: '2020-01-06' } });
  await eventually(async () => {
    const { replay } = await read(draft.id);
    expect([replay?.state, replay?.problem]).toEqual(['failed', expect.stringContaining('Nobody is on record')]);
  }, 60_000);
}, 120_000);

it('is put in force through the same doors as by hand, in one act, and taken back', async () => {
  const skills = [{ name: 'German', level: 4 }];
  const agents = [{ agentId: bob, skills, queueIds: [sales, support], capacity: 3 }];
  const capacity = { ...(await admin.call('organisation.read')).capacity, perAgent: 7 };
  const draft = await save(await aDraft('All of it'), { ...helped(), agents, capacity });
  const bobNow = async () => (await admin.call('agents.list', { query: {} })).items.find(({ id }) => id === bob);
  const before = await bobNow();

  expect((await publish(draft.id)).state).toBe('published');
  expect(await routingOf(support)).toEqual(help());
  expect(await bobNow()).toMatchObject({ skills, capacity: 3, queueIds: expect.arrayContaining([sales, support]) });
  expect((await admin.call('organisation.read')).capacity.perAgent).toBe(7);
  const actions = async () => (await admin.call('audit.list', { query: {} })).items.map(({ action }) => action);
  expect((await actions()).slice(0, 4).toSorted()).toEqual([
    'agent.updated',
    'organisation.updated',
    'queue.updated',
    'routing.published',
  ]);
  // Once more is no second time.
  expect((await publish(draft.id)).state).toBe('published');
  expect((await actions()).filter((action) => action === 'routing.published')).toHaveLength(1);
  expect(await admin.refused('routingLab.delete', { params: { id: draft.id } })).toMatchObject({ status: 409 });

  const back = await rollBack(draft.id);
  expect([back.state, back.conflicts]).toEqual(['draft', []]);
  expect(await routingOf(support)).toEqual(DEFAULT_QUEUE_ROUTING);
  expect(await bobNow()).toMatchObject({ skills: before?.skills, capacity: null, queueIds: before?.queueIds });
  expect((await admin.call('organisation.read')).capacity.perAgent).toBe(5);
  expect(await actions()).toContain('routing.rolled-back');
});

it('is finished where it was cut off in the middle', async () => {
  const agents = [{ agentId: bob, skills: [], queueIds: [sales], capacity: 2 }];
  const draft = await save(await aDraft('Cut off'), { ...helped(), agents });
  // As a process leaves it that is killed after the first of two.
  const before = {
    queues: [{ queueId: support, routing: DEFAULT_QUEUE_ROUTING }],
    agents: [{ agentId: bob, skills: [], queueIds: [sales], capacity: null }],
    capacity: null,
  };
  const { queues } = draft.changes;
  const publication = {
    before,
    wanted: { queues, agents, capacity: null },
    by: { id: bob, name: 'Ada' },
    at: new Date(),
  };
  const drafts = hub.platform.connection.collection<{ _id: string }>('labdrafts');
  await drafts.updateOne({ _id: draft.id }, { $set: { state: 'publishing', publication } });
  await admin.call('queues.update', { params: { id: support }, body: { routing: help() } });
  expect((await read(draft.id)).conflicts).toEqual([]);
  expect((await publish(draft.id)).state).toBe('published');
  const capacityOf = async () =>
    (await admin.call('agents.list', { query: {} })).items.find(({ id }) => id === bob)?.capacity;
  expect(await capacityOf()).toBe(2);
  await rollBack(draft.id);
  expect([await capacityOf(), await routingOf(support)]).toEqual([null, DEFAULT_QUEUE_ROUTING]);
});

it('is refused where somebody has changed the same meanwhile, before and after', async () => {
  const draft = await save(await aDraft('Meanwhile'), helped());
  const byHand = { ...DEFAULT_QUEUE_ROUTING, method: 'round-robin' as const };
  await admin.call('queues.update', { params: { id: support }, body: { routing: byHand } });
  expect((await read(draft.id)).conflicts).toEqual([{ what: 'queue', id: support, name: 'Support' }]);
  expect(await admin.refused('routingLab.publish', { params: { id: draft.id } })).toMatchObject({
    status: 409,
    error: { message: 'Somebody has changed Support since this draft was made from it' },
  });
  expect(await routingOf(support)).toEqual(byHand);
  const anew = await save(await read(draft.id), helped(), { rebase: true });
  expect(anew.conflicts).toEqual([]);
  await publish(draft.id);
  await admin.call('queues.update', {
    params: { id: support },
    body: { routing: { ...help(), method: 'best-skill' } },
  });
  expect(await admin.refused('routingLab.rollBack', { params: { id: draft.id } })).toMatchObject({ status: 409 });
  await admin.call('queues.update', { params: { id: support }, body: { routing: help() } });
  await rollBack(draft.id);
  expect(await routingOf(support)).toEqual(byHand);
  await admin.call('queues.update', { params: { id: support }, body: { routing: DEFAULT_QUEUE_ROUTING } });
});

it('is for supervisors to think about, and for administrators to put in force', async () => {
  const lead = new ApiClient(hub.url);
  await invited('Grace', 'supervisor', lead);
  const draft = await lead.call('routingLab.create', { body: { name: 'Hers' } });
  expect(draft.changedBy.name).toBe('Grace');
  expect(await lead.refused('routingLab.publish', { params: { id: draft.id } })).toMatchObject({ status: 403 });
  const stale = await admin.refused('routingLab.update', {
    params: { id: draft.id },
    body: { name: 'His', version: 0, changes: NO_CHANGES },
  });
  expect(stale).toMatchObject({ status: 409 });
  const unknown = '018f0000-0000-7000-8000-000000000001';
  const changes = { ...NO_CHANGES, queues: [{ queueId: unknown, routing: help() }] };
  const wrong = await admin.refused('routingLab.update', {
    params: { id: draft.id },
    body: { name: 'His', version: 1, changes },
  });
  expect(wrong).toMatchObject({ status: 400, error: { fields: [{ path: 'changes.queues.0' }] } });
  const first = await lead.call('routingLab.list', { query: { limit: 1 } });
  expect([first.items.map(({ name }) => name), first.next]).toEqual([['Hers'], draft.id]);
  await lead.call('routingLab.delete', { params: { id: draft.id } });
  expect(await lead.refused('routingLab.read', { params: { id: draft.id } })).toMatchObject({ status: 404 });
  const agent = new ApiClient(hub.url);
  await invited('Alan', 'agent', agent);
  expect(await agent.refused('routingLab.list')).toMatchObject({ status: 403 });
});
