import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY, type TicketView } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import type { ApiClient } from '../support/api-client.ts';
import { aCentre } from '../support/cluster.ts';
import { Desk } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { describeWith, rabbitUrl, redisUrl } from '../support/services/index.ts';
import { idOf, me } from '../support/state-spells.ts';
import { theTicketWith } from '../support/tickets.ts';
import { Visitor } from '../support/visitor.ts';

const GRACE_S = 5;
const shortGrace = (admin: ApiClient) => {
  const { webchat } = DEFAULT_CAPACITY.channels;
  const channels = { ...DEFAULT_CAPACITY.channels, webchat: { ...webchat, returnSeconds: GRACE_S } };
  return admin.call('organisation.update', { body: { capacity: { perAgent: 5, channels } } });
};
const aSite = async (admin: ApiClient, queueId: string) =>
  (
    await admin.call('channelAccounts.create', {
      body: { connectorId: 'webchat', name: 'Site', settings: {}, queueId },
    })
  ).id;
const arrives = async (admin: ApiClient, url: string, site: string, words: string) => {
  const visitor = await Visitor.on(url, site);
  await visitor.says(words);
  return { visitor, ticket: (await theTicketWith(admin, words)).detail.ticket };
};
const assignee = async (admin: ApiClient, { id }: TicketView) =>
  (await admin.call('tickets.read', { params: { id } })).ticket.assignee?.name ?? null;
const isWith = (admin: ApiClient, ticket: TicketView, name: string | null, ms?: number) =>
  eventually(async () => expect(await assignee(admin, ticket)).toBe(name), ms);

describe('what an agent had who is gone', () => {
  let desk: Desk;
  let admin: ApiClient;
  beforeAll(async () => {
    desk = await Desk.open();
    admin = desk.hub.admin;
    await shortGrace(admin);
  }, 120_000);
  afterAll(async () => {
    const scans = await desk.scans();
    await desk.close();
    expect(scans).toMatchObject({ scans: 0, last: [] });
  });

  /** An agent with a chat in a queue of their own. */
  const chatting = async (name: string) => {
    const queue = await desk.aQueue(`Chats of ${name}`);
    const site = await aSite(admin, queue);
    const agent = await desk.invited(name, [queue]);
    const { visitor, ticket } = await arrives(admin, desk.hub.url, site, `${name}, are you there?`);
    await isWith(admin, ticket, name);
    return { queue, site, agent, visitor, ticket };
  };

  it('goes back to the queue after the grace and comes to somebody else; who is back in time keeps it', async () => {
    const grace = await chatting('Grace');
    const kay = await chatting('Kay');
    const answered = await arrives(admin, desk.hub.url, grace.site, 'A question that is answered');
    await isWith(admin, answered.ticket, 'Grace');
    await grace.agent.replies(answered.ticket.id, 'Look at our page');
    const hedy = await desk.invited('Hedy', [grace.queue, kay.queue]);
    const id = await idOf(grace.agent);

    grace.agent.disconnect();
    kay.agent.disconnect();
    await kay.agent.connect();
    await isWith(admin, grace.ticket, 'Hedy', 30_000);
    expect(await assignee(admin, kay.ticket)).toBe('Kay');
    expect(await assignee(admin, answered.ticket)).toBe('Grace');

    const { entries } = await desk.read(grace.ticket.id);
    const event = entries.find((entry) => entry.type === 'event' && entry.event === 'assignee.gone');
    expect(event).toMatchObject({ from: 'Grace', to: 'Chats of Grace', author: { kind: 'system' } });
    expect(Number((event as { did?: string[] }).did?.[0])).toBeGreaterThanOrEqual(GRACE_S);
    const { items } = await admin.call('audit.list', { query: { limit: 5 } });
    expect(items).toContainEqual(
      expect.objectContaining({ action: 'agent.work-returned', subject: id, actor: { id: null, name: 'Switchboard' } }),
    );

    // Who is gone for long has nobody waiting for them.
    await answered.visitor.says('One more thing');
    await isWith(admin, answered.ticket, 'Hedy', 30_000);
    await grace.agent.connect();
    expect((await me(grace.agent)).returned.map(({ number }) => number)).toEqual([
      grace.ticket.number,
      answered.ticket.number,
    ]);
    await grace.agent.api.call('me.heardReturned');
    expect((await me(grace.agent)).returned).toEqual([]);
    hedy.disconnect();
  }, 90_000);

  it('is left at once by who is offline by choice, or signs out, and they are told before how much that is', async () => {
    const iris = await chatting('Iris');
    await iris.agent.replies(iris.ticket.id, 'I have to go');
    expect(await iris.agent.api.call('me.leaving')).toEqual({ conversations: 1 });
    await iris.agent.api.call('me.setState', { body: { state: 'away', reasonId: 'lunch' } });
    expect(await iris.agent.api.call('me.leaving')).toEqual({ conversations: 1 });
    await iris.agent.api.call('me.setState', { body: { state: 'offline' } });
    await isWith(admin, iris.ticket, null, 4_000);
    const { returned } = await admin.call('tickets.routing', { params: { id: iris.ticket.id } });
    expect(returned).toMatchObject({ agent: 'Iris', afterSeconds: null });

    const joan = await chatting('Joan');
    await joan.agent.api.call('session.signOut');
    await isWith(admin, joan.ticket, null, 4_000);
  }, 60_000);

  it('stays where the channel says so', async () => {
    const line = await desk.aLineTo(await desk.aQueue('Texts'));
    const lise = await desk.invited('Lise', []);
    const text = await desk.aTicket('A text for later', desk.aPhone(), line);
    await desk.update(text.ticket.id, { assigneeId: await idOf(lise) });
    expect(await lise.api.call('me.leaving')).toEqual({ conversations: 0 });
    await lise.api.call('me.setState', { body: { state: 'offline' } });
    // Somebody else’s goes back after it.
    const mary = await chatting('Mary');
    await mary.agent.api.call('me.setState', { body: { state: 'offline' } });
    await isWith(admin, mary.ticket, null);
    expect(await assignee(admin, text.ticket)).toBe('Lise');
  }, 60_000);
});

describeWith({ RabbitMQ: rabbitUrl(), Redis: redisUrl() })('two hubs, one of which is killed', () => {
  const centre = aCentre();
  let hubs: [TestHub, TestHub];
  beforeAll(async () => {
    const first = await startHub({ env: centre.env });
    hubs = [first, await startHub({ env: centre.env })];
    await shortGrace(first.admin);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(hubs.map((hub) => hub.stop()));
    await centre.remove();
  }, 60_000);

  it('is nobody’s going for who comes to the other, and what is of who does not goes back once', async () => {
    const [{ admin, url }, second] = hubs;
    const queue = (await admin.call('queues.create', { body: { name: 'Chats' } })).id;
    const site = await aSite(admin, queue);
    const own: Agent[] = [];
    for (const name of ['Grace', 'Iris']) own.push(await Agent.invited(admin, name, { url: second.url }));
    const chats: TicketView[] = [];
    for (const agent of own) {
      const { name, id } = await me(agent);
      const chat = await arrives(admin, url, site, `For ${name}`);
      await admin.call('tickets.update', { params: { id: chat.ticket.id }, body: { assigneeId: id } });
      chats.push(chat.ticket);
    }
    const [ofGrace, ofIris] = chats;
    if (ofGrace === undefined || ofIris === undefined) throw new Error('A chat is missing');
    const cut = own.map((agent) => agent.cutOff());
    await second.kill('SIGKILL');
    await Promise.all(cut);
    const back = await Agent.at(Object.assign(Object.create(own[0]?.api as ApiClient) as ApiClient, { url }));
    await isWith(admin, ofIris, null, 75_000);
    expect(await assignee(admin, ofGrace)).toBe('Grace');
    const { entries } = await admin.call('tickets.read', { params: { id: ofIris.id } });
    expect(entries.filter((entry) => entry.type === 'event' && entry.event === 'assignee.gone')).toHaveLength(1);
    back.disconnect();
  }, 120_000);
});
