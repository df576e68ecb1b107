import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Agent } from '../support/agent.ts';
import { ApiClient } from '../support/api-client.ts';
import { aCentre } from '../support/cluster.ts';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { PASSWORD, startHub, type TestHub } from '../support/hub.ts';
import { describeWith, rabbitUrl, redisUrl } from '../support/services/index.ts';
import { Visitor } from '../support/visitor.ts';

/** A load balancer, as far as browsers notice: one address, one process after another behind it. */
describeWith({ RabbitMQ: rabbitUrl(), Redis: redisUrl() })('who is cut off one process and comes to another', () => {
  const centre = aCentre();
  let first: TestHub;
  let second: TestHub;
  let account: string;
  let way: CuttableProxy;
  let address: string;

  beforeAll(async () => {
    first = await startHub({ env: centre.env });
    second = await startHub({ env: centre.env });
    way = new CuttableProxy(new URL(first.url));
    address = (await way.listen()).replace(/\/$/, '');
    const { id } = await first.admin.call('channelAccounts.create', {
      body: { connectorId: 'webchat', name: 'Site', settings: {} },
    });
    account = id;
  }, 120_000);
  afterAll(async () => {
    await way.close();
    await Promise.all([first.stop(), second.stop()]);
    await centre.remove();
  }, 60_000);

  const shown = (visitor: Visitor) =>
    [...visitor.messages.values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ parts, state }) => [parts.map((part) => (part.type === 'text' ? part.text : '')).join(''), state]);

  it('has all of it, in order and once, the console and the widget', async () => {
    const api = new ApiClient(address);
    await api.call('session.signIn', { body: { email: 'ada@example.com', password: PASSWORD } });
    const agent = await Agent.at(api);
    const visitor = await Visitor.on(address, account);
    await visitor.says('before');
    const { id } = await agent.sees('before');
    await agent.watch(id);
    await agent.replies(id, 'answered before');
    await visitor.gets('answered before');

    way.cut();
    way.leadTo(new URL(second.url));
    // On the process that they have left, and on the one that they will come to.
    const others = [await Agent.at(first.admin), await Agent.at(second.admin)];
    for (const [at, other] of others.entries()) {
      await other.watch(id);
      for (const word of ['one', 'two', 'three']) await other.replies(id, `away ${at} ${word}`);
    }
    const { ticket } = await second.admin
      .call('tickets.update', { params: { id }, body: { addTags: ['away'] } })
      .then((row) => ({ ticket: row }));
    await second.admin.call('tickets.seen', { params: { id }, body: { inboundCount: ticket.inboundCount } });

    way.mend();
    await agent.connect();
    const { entries, ticket: stored } = await second.admin.call('tickets.read', { params: { id } });
    await eventually(() => expect(agent.tickets.get(id)?.seq).toBeGreaterThanOrEqual(stored.seq));
    const texts = ['before', 'answered before'];
    for (const at of [0, 1]) for (const word of ['one', 'two', 'three']) texts.push(`away ${at} ${word}`);
    expect(agent.texts(id)).toEqual(texts);
    expect(agent.conversation(id).map((entry) => entry.id)).toEqual(
      expect.arrayContaining(entries.map((entry) => entry.id)),
    );
    expect(agent.tickets.get(id)?.tags).toEqual(['away']);

    const back = await Visitor.on(address, account, visitor.welcome.token);
    await eventually(() => expect(shown(back).map(([text]) => text)).toEqual(texts));
    expect(shown(back)[0]).toEqual(['before', 'read']);
    // And live again, on the new process.
    await back.says('after');
    await eventually(() => expect(agent.texts(id)).toEqual([...texts, 'after']));
    await agent.replies(id, 'answered after');
    await back.gets('answered after');
    for (const one of [agent, ...others]) one.disconnect();
    back.leaves();
    visitor.leaves();
  }, 90_000);
});
