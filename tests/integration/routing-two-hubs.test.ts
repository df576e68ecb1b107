import { afterAll, beforeAll, expect, it } from '@jest/globals';
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
  const agents: Agent[] = [];

  beforeAll(async () => {
    const first = await startHub({ env: centre.env });
    hubs = [first, await startHub({ env: centre.env })];
    line = await SmsLine.of(first);
    const { id: queue } = await first.admin.call('queues.create', { body: { name: 'Texts' } });
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
});
