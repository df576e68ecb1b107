import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChangeState } from '../../server/src/modules/agent-states/change-state.ts';
import { AgentStatesModule, HandlingSpells, StateSpells } from '../../server/src/modules/agent-states/index.ts';
import type { ApiClient } from '../support/api-client.ts';
import { Agent } from '../support/agent.ts';
import { aCentre } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { describeWith, rabbitUrl, redisUrl } from '../support/services/index.ts';
import { startModules } from '../support/start-modules.ts';
import { history, inShort, isWithoutGaps, me } from '../support/state-spells.ts';

describe('a hub that is killed', () => {
  it('leaves nobody ready for ever, nor a time of handling without an end', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hub-states-'));
    const hub = await startHub({ dataDir });
    const before = await Agent.invited(hub.admin, 'Grace');
    const { id } = await eventually(async () => {
      const now = await me(before);
      expect((await history(before))[0]?.state).toBe('ready');
      return now;
    });
    const killedAt = Date.now();
    const gone = before.cutOff();
    await hub.kill('SIGKILL');
    await gone;
    // An hour later, and nobody comes back.
    const later = await startHub({ dataDir, clockMs: 3_600_000 });
    const spells = await eventually(async () => {
      const { items } = await later.admin.call('agents.states', { params: { id }, query: { limit: 10 } });
      expect(inShort(items)).toEqual([
        ['offline', null, 'connection'],
        ['ready', null, 'connection'],
      ]);
      return items;
    });
    // The last beat, and the time after which a silent process is taken to be dead.
    expect(Math.abs(Date.parse(spells[0]?.from ?? '') - killedAt)).toBeLessThan(60_000);
    await later.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
});

describe('what the metric engine reads', () => {
  it('is every spell that overlaps the time, once, also those that go on', async () => {
    let now = new Date('2026-03-02T10:00:00Z');
    const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 10, minute));
    const modules = await startModules([AgentStatesModule], { clock: { now: () => now } });
    const ada = await (await modules.administrator()).call('session.read');
    await modules.platform.presence.enter('consoles', ada.id, 'tab', 60_000);
    const change = modules.app.get(ChangeState, { strict: false });
    const chosen = (state: 'ready' | 'busy' | 'away') => ({ kind: 'chosen' as const, at: now, state, reason: null });
    await change.run({ agentId: ada.id, event: null, cause: 'connection' });
    for (const [minute, state] of [
      [10, 'busy'],
      [20, 'away'],
      [30, 'ready'],
    ] as const) {
      now = at(minute);
      await change.run({ agentId: ada.id, event: chosen(state), cause: 'self' });
    }
    const states = modules.app.get(StateSpells, { strict: false });
    const between = async (from: number, to: number) => {
      const found = [];
      for await (const { state, to: end, unavailable } of states.between(at(from), at(to)))
        found.push([state, unavailable, end === null ? null : end.getUTCMinutes()]);
      return found;
    };
    expect(await between(0, 60)).toEqual([
      ['ready', false, 10],
      ['busy', false, 20],
      ['away', true, 30],
      ['ready', false, null],
    ]);
    expect(await between(10, 20)).toEqual([['busy', false, 20]]);
    expect(await between(40, 50)).toEqual([['ready', false, null]]);
    expect(await between(-30, 0)).toEqual([]);

    const handling = modules.app.get(HandlingSpells, { strict: false });
    const ticket = { _id: randomUUID(), channel: 'sms' as const, queueId: randomUUID() };
    now = at(5);
    const first = await handling.begin(ada.id, ticket, at(4));
    now = at(6);
    await handling.goOn([first ?? '']);
    // Its process was killed: the next begins long after.
    now = at(20);
    await handling.begin(ada.id, ticket, at(19));
    const handled = async (from: number, to: number) => {
      const found = [];
      for await (const spell of handling.between(at(from), at(to)))
        found.push([spell.from.getUTCMinutes(), spell.to.getUTCMinutes()]);
      return found;
    };
    expect(await handled(0, 60)).toEqual([
      [4, 6],
      [19, 20],
    ]);
    expect(await handled(7, 19)).toEqual([]);
    await modules.stop();
  }, 60_000);
});

describeWith({ RabbitMQ: rabbitUrl(), Redis: redisUrl() })('two hub processes', () => {
  const centre = aCentre();
  let hubs: [TestHub, TestHub];
  beforeAll(async () => {
    const first = await startHub({ env: centre.env });
    hubs = [first, await startHub({ env: centre.env })];
  }, 120_000);
  afterAll(async () => {
    await Promise.all(hubs.map((hub) => hub.stop()));
    await centre.remove();
  }, 60_000);

  it('keep one open spell and no gap, whatever is chosen on both at once, and agree on who is inactive', async () => {
    const grace = await Agent.invited(hubs[0].admin, 'Grace');
    const other: ApiClient = Object.assign(Object.create(grace.api) as ApiClient, { url: hubs[1].url });
    const second = await Agent.at(other);
    const choices = Array.from({ length: 24 }, (_, index) => {
      const state = (['ready', 'busy', 'away'] as const)[index % 3] ?? 'ready';
      return (index % 2 === 0 ? grace.api : other).ask('me.setState', { body: { state } });
    });
    expect(new Set((await Promise.all(choices)).map(({ status }) => status))).toEqual(new Set([200]));
    isWithoutGaps(await history(grace));
    await grace.api.call('me.setState', { body: { state: 'ready' } });
    grace.says('active', false);
    await grace.settled();
    expect((await me(grace)).state).toBe('ready');
    second.says('active', false);
    await eventually(async () => expect((await me(grace)).reason?.id).toBe('inactivity'));
    second.says('active', true);
    await eventually(async () => expect((await me(grace)).state).toBe('ready'));
    isWithoutGaps(await history(grace));
    // Of one that goes, the other still has the console.
    second.disconnect();
    await grace.settled();
    expect((await history(grace))[0]?.state).toBe('ready');
    grace.disconnect();
  });
});
