import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Agent } from '../support/agent.ts';
import { aCentre } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { removeRedisKeys } from '../support/redis-keys.ts';
import { describeWith, rabbitUrl, redisUrl } from '../support/services/index.ts';
import { Visitor } from '../support/visitor.ts';

/** What processes tell each other's sockets goes by Redis; what it loses on its way is told by nobody again. */
describeWith({ RabbitMQ: rabbitUrl(), Redis: redisUrl() })('a Redis that forgets', () => {
  const centre = aCentre();
  let first: TestHub;
  let second: TestHub;
  beforeAll(async () => {
    first = await startHub({ env: centre.env });
    second = await startHub({ env: centre.env });
  }, 120_000);
  afterAll(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await centre.remove();
  }, 60_000);

  it('makes consoles and widgets of every process come back, and they have all that was said', async () => {
    const { id: account } = await first.admin.call('channelAccounts.create', {
      body: { connectorId: 'webchat', name: 'Site', settings: {} },
    });
    const agent = await Agent.at(first.admin);
    const visitor = await Visitor.on(second.url, account);
    await visitor.says('Before');
    const { id } = await agent.sees('Before');
    await agent.watch(id);
    const cut = [agent.cutOff(), visitor.cutOff()];
    await removeRedisKeys(redisUrl() ?? '', centre.env.NAMESPACE ?? '');
    expect(await Promise.all(cut)).toEqual(['transport close', 'transport close']);
    const again = await Visitor.on(second.url, account, visitor.welcome.token);
    await agent.connect();
    await again.says('After');
    await eventually(() => expect(agent.texts(id)).toEqual(['Before', 'After']));
    await agent.replies(id, 'Welcome back');
    await again.gets('Welcome back');
    agent.disconnect();
    again.leaves();
  });
});
