import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CallView } from '@switchboard/contract';
import { identityOf } from '../../connectors/twilio/voice/identity.ts';
import { Agent } from '../support/agent.ts';
import { aCentre } from '../support/cluster.ts';
import { FloorWatcher } from '../support/floor-watcher.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { describeWith, rabbitUrl, redisUrl } from '../support/services/index.ts';
import { SlackLine } from '../support/slack.ts';
import { SmsLine } from '../support/sms.ts';
import { eventually, found } from '../support/eventually.ts';
import { Visitor } from '../support/visitor.ts';
import { VoiceLine } from '../support/voice.ts';

/** The cluster profile: real RabbitMQ and Redis, both processes on one database server. */
describeWith({ RabbitMQ: rabbitUrl(), Redis: redisUrl() })('two hub processes of one centre', () => {
  const centre = aCentre();
  let first: TestHub;
  let second: TestHub;
  let account: string;

  beforeAll(async () => {
    const { env } = centre;
    first = await startHub({ env });
    second = await startHub({ env });
    const { id } = await first.admin.call('channelAccounts.create', {
      body: { connectorId: 'webchat', name: 'Site', settings: {} },
    });
    account = id;
  }, 120_000);

  afterAll(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await centre.remove();
  }, 60_000);

  it('shows an agent on one what enters by the other, and answers back across them', async () => {
    const agent = await Agent.invited(first.admin, 'Grace', { url: first.url });
    const customer = await Visitor.on(second.url, account);
    await customer.says('Over the second hub');
    const ticket = await agent.sees('Over the second hub');
    await agent.watch(ticket.id);
    await agent.replies(ticket.id, 'Answered on the first');
    await customer.gets('Answered on the first');
    await customer.says('Thanks');
    await eventually(() =>
      expect(agent.texts(ticket.id)).toEqual(['Over the second hub', 'Answered on the first', 'Thanks']),
    );
    agent.disconnect();
    customer.leaves();
  });

  it('shows on the floor of one who is at a console of the other, and what they have before them', async () => {
    const wall = new FloorWatcher(first.admin);
    await wall.watch();
    const agent = await Agent.invited(second.admin, 'Linus', { url: second.url });
    const { id } = await agent.api.call('session.read');
    await eventually(() => expect(wall.agent(id)).toMatchObject({ state: 'ready', onScreen: null }));
    const customer = await Visitor.on(second.url, account);
    await customer.says('Seen from afar');
    const ticket = await agent.sees('Seen from afar');
    await first.admin.call('tickets.update', { params: { id: ticket.id }, body: { assigneeId: id } });
    agent.says('active', true);
    agent.says('handling', ticket.id);
    await eventually(() => expect(wall.agent(id).onScreen).toMatchObject({ id: ticket.id, number: ticket.number }));
    await second.admin.call('agents.setState', { params: { id }, body: { state: 'busy' } });
    await eventually(() => expect(wall.agent(id).state).toBe('busy'));
    agent.disconnect();
    await eventually(() => expect(wall.agent(id).state).toBe('offline'), 30_000);
    wall.close();
    customer.leaves();
  });

  it('keeps one customer’s messages in order and once, whichever process takes them', async () => {
    const line = await SmsLine.of(first);
    const texts = Array.from({ length: 40 }, (_, index) => `part ${String(index).padStart(2, '0')}`);
    for (const [index, text] of texts.entries()) {
      const sid = SmsLine.newSid();
      const hub = index % 2 === 0 ? first : second;
      // The provider signs the address that it calls: each process has its own here.
      expect(await line.receives(hub.url, '+15553330001', text, sid)).toBe(200);
    }
    const agent = await Agent.at(second.admin);
    const ticket = await eventually(async () => {
      const { items } = await second.admin.call('tickets.list', { query: { view: 'all' } });
      return found(
        'the ticket with all of them',
        items.find(({ inboundCount }) => inboundCount === 40),
      );
    });
    await agent.watch(ticket.id);
    expect(agent.texts(ticket.id)).toEqual(texts);
    await agent.replies(ticket.id, 'Got all of it');
    await eventually(() => expect(line.provider.messages).toHaveLength(1));
    agent.disconnect();
    await line.provider.close();
  });

  it('shows a desk each ticket and each word once, and does each act once, whichever process hears of it', async () => {
    const line = await SlackLine.of(first);
    line.workspace.users.set('U0ADA0000', { name: 'Ada in Slack', email: 'ada@example.com' });
    const { id: queueId } = await first.admin.call('queues.create', { body: { name: 'Desk' } });
    const site = { connectorId: 'webchat', name: 'Shop', settings: {}, queueId };
    const { id } = await first.admin.call('channelAccounts.create', { body: site });
    const mirrors = [{ queueId, place: 'C0DESK0001' }];
    await second.admin.call('desks.update', { params: { id: line.accountId }, body: { mirrors } });
    const customer = await Visitor.on(first.url, id);
    for (const words of ['It hums', 'It hums louder', 'It is gone']) await customer.says(words);
    const { messages } = line.workspace;
    await eventually(() => {
      const [post, ...others] = messages.filter(({ thread_ts }) => thread_ts === undefined);
      expect([post?.blocks, others]).toEqual([expect.stringContaining('It hums'), []]);
      const lines = messages.filter(({ thread_ts }) => thread_ts === post?.ts).map(({ text }) => text);
      expect(lines.map((text) => text.split('> ')[1])).toEqual(['It hums', 'It hums louder', 'It is gone']);
    });
    const ts = `${Math.max(...messages.map((one) => Math.floor(Number(one.ts))))}.900001`;
    const where = { ts, event_ts: ts, thread_ts: messages[0]?.ts, channel: 'C0DESK0001' };
    const statuses = [line, line.at(second)].map((one) => one.says('U0ADA0000', 'Look behind it', where));
    expect(await Promise.all(statuses)).toEqual([200, 200]);
    await customer.gets('Look behind it');
    await customer.says('There it is');
    await eventually(() => expect(messages.at(-1)?.text).toMatch('There it is'));
    expect([...customer.messages.values()].filter(({ from }) => from === 'agent')).toHaveLength(1);
    customer.leaves();
    await line.workspace.close();
  });

  it('opens a new ticket where the other process has just closed the old one for good', async () => {
    const { reopenWithinHours } = await first.admin.call('organisation.read');
    await first.admin.call('organisation.update', { body: { reopenWithinHours: 0 } });
    const line = await SmsLine.of(first);
    const phones = ['1', '2', '3', '4', '5', '6'].map((digit) => `+1555333100${digit}`);
    for (const phone of phones) await line.receives(first.url, phone, 'Where is it?');
    const ticketsOf = async (phone: string) =>
      (await second.admin.call('tickets.list', { query: { view: 'all' } })).items.filter(
        ({ customer }) => customer.name === phone,
      );
    // Whichever process receives for a number, for some the ticket changes in the other.
    for (const phone of phones) {
      const [ticket] = await eventually(async () => {
        const tickets = await ticketsOf(phone);
        expect(tickets).toHaveLength(1);
        return tickets;
      });
      await second.admin.call('tickets.update', { params: { id: ticket?.id ?? '' }, body: { status: 'resolved' } });
      await line.receives(first.url, phone, 'Another thing');
    }
    for (const phone of phones)
      await eventually(async () =>
        expect((await ticketsOf(phone)).map(({ status, inboundCount }) => [status, inboundCount]).sort()).toEqual([
          ['new', 1],
          ['resolved', 1],
        ]),
      );
    await first.admin.call('organisation.update', { body: { reopenWithinHours } });
    await line.provider.close();
  });

  it('tells at a console of one what arrives for a new account at the other, refused or taken', async () => {
    const { id, webhookUrl } = await first.admin.call('channelAccounts.address');
    expect(webhookUrl).toBe(`${first.url}/webhooks/${id}`);
    expect(await first.admin.refused('channelAccounts.read', { params: { id } })).toMatchObject({ status: 404 });
    const line = await SmsLine.of(first, id);
    const again = { id, connectorId: 'webchat', name: 'Again', settings: {} };
    expect(await first.admin.refused('channelAccounts.create', { body: again })).toMatchObject({ status: 409 });
    const read = () => second.admin.call('channelAccounts.read', { params: { id } });
    expect(await read()).toMatchObject({ way: 'signed', health: { lastInboundAt: null, refused: null } });

    const console = await Agent.at(first.admin);
    const told = () =>
      console.passing.flatMap((event) =>
        event.type === 'account-arrival' && event.accountId === id ? [event.arrival] : [],
      );
    expect(await line.forges(second.url, '+15557770201', 'Let me in')).toBe(403);
    const reason = 'The signature is wrong: check the auth token and the public URL';
    await eventually(() => expect(told()).toMatchObject([{ lastInboundAt: null, refused: { status: 403, reason } }]));
    expect((await read()).health.refused).toMatchObject({ status: 403, reason });

    expect(await line.receives(second.url, '+15557770202', 'Hello from the phone')).toBe(200);
    await eventually(() => expect(told()).toHaveLength(2));
    const { lastInboundAt, refused } = told()[1] ?? {};
    expect(Date.parse(lastInboundAt ?? '')).toBeGreaterThan(Date.parse(refused?.at ?? ''));
    expect((await read()).health).toMatchObject({ lastInboundAt, refused: { status: 403 } });
    expect(JSON.stringify([told(), await read()])).not.toContain(line.credentials.authToken);
    console.disconnect();
    await line.provider.close();
  });

  it('goes on when one of them is killed', async () => {
    const customer = await Visitor.on(first.url, account);
    await second.kill('SIGKILL');
    await customer.says('Still there?');
    const agent = await Agent.at(first.admin);
    const ticket = await eventually(async () => {
      const { items } = await first.admin.call('tickets.list', { query: { view: 'all' } });
      return found(
        'the message',
        items.find(({ preview }) => preview?.text === 'Still there?'),
      );
    }, 40_000);
    await agent.replies(ticket.id, 'Yes');
    await eventually(() => expect([...customer.messages.values()].map(({ from }) => from)).toContain('agent'), 40_000);
    agent.disconnect();
    customer.leaves();
  }, 120_000);

  it('keeps a call whose webhooks land on one and whose agent is on the other, though the one is killed in the middle', async () => {
    const other = await startHub({ env: centre.env });
    const line = await VoiceLine.of({ admin: first.admin, url: other.url });
    // A queue of its own: with what the stories before left in the other one she would have no room for a call.
    const { id: queueId } = await first.admin.call('queues.create', { body: { name: 'Calls' } });
    await first.admin.call('channelAccounts.update', { params: { id: line.accountId }, body: { queueId } });
    const hedy = await Agent.invited(first.admin, 'Hedy', { url: first.url, queueIds: [queueId] });
    const linus = await Agent.invited(first.admin, 'Linus', { url: first.url });
    await linus.api.call('me.setState', { body: { state: 'busy' } });
    const joins = async (who: Agent, ticketId: string) => {
      const { id } = await who.api.call('session.read');
      return line.twilio.exchange.dialIn(`client:${identityOf(id)}`, { ticketId, role: 'agent' }, 'agent');
    };
    const callOf = (ticketId: string, wanted: (call: CallView) => boolean) =>
      eventually(async () => {
        const { entries } = await first.admin.call('tickets.read', { params: { id: ticketId } });
        return found('the call', entries.flatMap((entry) => (entry.type === 'call' ? [entry.call] : [])).find(wanted));
      }, 60_000);
    const caller = line.twilio.exchange.dialIn('+14155550199');
    const offer = await eventually(async () => {
      const { items } = await hedy.api.call('offers.list', {});
      return found(
        'the offer of the call',
        items.find(({ channel }) => channel === 'voice'),
      );
    });
    await hedy.api.call('offers.accept', { params: { id: offer.id } });
    const { ticketId } = offer;
    const browser = await joins(hedy, ticketId);
    const { id } = await callOf(ticketId, ({ phase }) => phase === 'talking');
    const { id: agentId } = await linus.api.call('session.read');
    const body = { clientId: crypto.randomUUID(), to: { agentId }, note: '' };
    await hedy.api.call('calls.consult', { params: { id }, body });
    await linus.api.call('calls.joinAside', { params: { id } });
    await joins(linus, ticketId);
    await callOf(ticketId, ({ aside, held }) => aside?.state === 'private' && held);
    await line.twilio.exchange.settled();
    await other.kill('SIGKILL');
    await hedy.api.call('calls.endAside', { params: { id }, body: { how: 'complete' } });
    await callOf(ticketId, ({ agent, held }) => agent?.id === agentId && !held);
    await eventually(() => expect(browser.isOver).toBe(true));
    const again = await other.again();
    await line.twilio.exchange.hangUp(caller);
    const ended = await callOf(ticketId, ({ endedAt }) => endedAt !== null);
    expect(ended).toMatchObject({ outcome: 'answered', phase: 'wrap-up', agent: { id: agentId } });
    hedy.disconnect();
    linus.disconnect();
    await line.twilio.close();
    await again.stop();
  }, 180_000);
});
