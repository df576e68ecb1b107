import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEFAULT_QUEUE_ROUTING } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import { aCentre } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { describeWith, rabbitUrl, redisUrl } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';

/** Texts weigh a half: two of capacity are four texts. */
const CAPACITY = 2;
const EACH = 4;
const TEXTS = 24;

describeWith({ RabbitMQ: rabbitUrl(), Redis: redisUrl() })('the routing of two hub processes', () => {
  const centre = aCentre();
  let hubs: [TestHub, TestHub];
  let line: SmsLine;
  let queue: string;
  const agents: Agent[] = [];

  beforeAll(async () => {
    const first = await startHub({ env: centre.env });
    hubs = [first, await startHub({ env: centre.env })];
    line = await SmsLine.of(first);
    queue = (await first.admin.call('queues.create', { body: { name: 'Texts' } })).id;
    await first.admin.call('channelAccounts.update', { params: { id: line.accountId }, body: { queueId: queue } });
    for (const [index, name] of ['Grace', 'Hedy', 'Iris', 'Joan'].entries()) {
      const agent = await Agent.invited(first.admin, name, { url: hubs[index % 2]?.url ?? '', queueIds: [queue] });
      const { id } = await agent.api.call('session.read');
      await first.admin.call('agents.update', { params: { id }, body: { capacity: CAPACITY } });
      agents.push(agent);
    }
  }, 120_000);

  afterAll(async () => {
    for (const agent of agents) agent.disconnect();
    await Promise.all(hubs.map((hub) => hub.stop()));
    await line.provider.close();
    await centre.remove();
  }, 60_000);

  const tickets = async () => (await hubs[1].admin.call('tickets.list', { query: { view: 'all', limit: 100 } })).items;
  const held = async () => {
    const counts = new Map<string, number>();
    for (const { assignee, status } of await tickets())
      if (assignee !== null && status !== 'resolved') counts.set(assignee.name, (counts.get(assignee.name) ?? 0) + 1);
    return counts;
  };
  const everyoneIsFull = async () => {
    const counts = await held();
    expect([...counts.values()]).toEqual(agents.map(() => EACH));
  };

  it('gives nobody more than there is room for and nothing twice, whatever comes at once', async () => {
    const sends = Array.from({ length: TEXTS }, (_, index) =>
      line.receives(hubs[index % 2]?.url ?? '', `+155544400${String(index).padStart(2, '0')}`, `text ${index}`),
    );
    const moves = agents.map(async ({ api }) => {
      for (const state of ['busy', 'ready', 'away', 'ready'] as const)
        await api.call('me.setState', { body: { state } });
    });
    expect(new Set(await Promise.all(sends))).toEqual(new Set([200]));
    await Promise.all(moves);
    await eventually(everyoneIsFull);

    // Places that come free over both at once are filled once.
    const done = (await tickets()).filter(({ assignee }) => assignee !== null).slice(0, TEXTS - agents.length * EACH);
    await Promise.all(
      done.map(({ id }, index) =>
        hubs[index % 2]?.admin.call('tickets.update', { params: { id }, body: { status: 'resolved' } }),
      ),
    );
    await eventually(async () => {
      expect((await tickets()).filter(({ assignee }) => assignee === null)).toEqual([]);
      await everyoneIsFull();
    });
    for (const { id } of await tickets()) {
      const { entries } = await hubs[0].admin.call('tickets.read', { params: { id } });
      expect(entries.filter((entry) => entry.type === 'event' && entry.event === 'assignee.changed')).toHaveLength(1);
    }
  }, 60_000);

  it('offers each to one at a time, and loses none, while some say no and some say nothing', async () => {
    const { admin } = hubs[0];
    const routing = { ...DEFAULT_QUEUE_ROUTING, offers: { sms: { seconds: 5, missed: 'stay' as const } } };
    await admin.call('queues.update', { params: { id: queue }, body: { routing } });
    for (const { id } of await tickets())
      await admin.call('tickets.update', { params: { id }, body: { status: 'resolved' } });
    await eventually(async () => expect((await tickets()).every(({ status }) => status === 'resolved')).toBe(true));

    const texts = 12;
    await Promise.all(
      Array.from({ length: texts }, (_, index) =>
        line.receives(hubs[index % 2]?.url ?? '', `+155577700${String(index).padStart(2, '0')}`, `offer ${index}`),
      ),
    );
    const seen = new Map<string, number>();
    const answered = new Set<string>();
    const answer = async ({ api }: Agent) => {
      for (const { id, ticketId } of (await api.call('offers.list')).items) {
        if (answered.has(id)) continue;
        const times = (seen.get(ticketId) ?? 0) + 1;
        seen.set(ticketId, times);
        answered.add(id);
        // The first offer of every third is let pass, of every other third declined.
        const third = times === 1 ? seen.size % 3 : 2;
        if (third === 0) continue;
        const ask = third === 1 ? ('offers.decline' as const) : ('offers.accept' as const);
        await api.call(ask, { params: { id } });
      }
    };
    const open = async () => (await tickets()).filter(({ status }) => status !== 'resolved');
    await eventually(async () => {
      await Promise.all(agents.map(answer));
      const all = await open();
      expect(all).toHaveLength(texts);
      expect(all.filter(({ assignee }) => assignee === null)).toEqual([]);
    }, 60_000);
    for (const count of (await held()).values()) expect(count).toBeLessThanOrEqual(EACH);
    for (const { id } of await open()) {
      const { offers } = await hubs[1].admin.call('tickets.routing', { params: { id } });
      expect(offers.filter(({ how }) => how === 'accepted')).toHaveLength(1);
      // The next begins when the one before has ended.
      for (const [index, { at }] of offers.entries())
        if (index > 0) expect(at >= (offers[index - 1]?.endedAt ?? '')).toBe(true);
      const { entries } = await hubs[0].admin.call('tickets.read', { params: { id } });
      expect(entries.filter((entry) => entry.type === 'event' && entry.event === 'assignee.changed')).toHaveLength(1);
    }
  }, 120_000);
});
