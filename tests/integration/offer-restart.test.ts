import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_QUEUE_ROUTING, type OfferView, type TicketView } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import { eventually, found } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

/** The hub is killed while somebody is asked: what was asked is answered, or over, once. */
describe('a hub that is killed in the middle of an offer', () => {
  let hub: TestHub;
  let line: SmsLine;
  let queue: string;
  beforeAll(async () => {
    hub = await startHub();
    line = await SmsLine.of(hub);
    queue = (await hub.admin.call('queues.create', { body: { name: 'Offers' } })).id;
    await hub.admin.call('channelAccounts.update', { params: { id: line.accountId }, body: { queueId: queue } });
  }, 120_000);
  afterAll(async () => {
    await hub.stop();
    await line.provider.close();
  });

  const offersFor = async (seconds: number) => {
    const routing = { ...DEFAULT_QUEUE_ROUTING, offers: { sms: { seconds, missed: 'away' as const } } };
    await hub.admin.call('queues.update', { params: { id: queue }, body: { routing } });
  };
  const arrives = async (words: string): Promise<TicketView> => {
    await line.receives(hub.url, `+1555${String(Date.now()).slice(-7)}`, words);
    return (await theTicketWith(hub.admin, words)).detail.ticket;
  };
  const offered = ({ api }: Agent, { id }: TicketView): Promise<OfferView> =>
    eventually(async () =>
      found(
        'an offer',
        (await api.call('offers.list')).items.find(({ ticketId }) => ticketId === id),
      ),
    );
  const killed = async (agents: readonly Agent[]) => {
    const cut = agents.map((agent) => agent.cutOff());
    await hub.kill('SIGKILL');
    await Promise.all(cut);
    hub = await hub.again();
  };
  const history = async ({ id }: TicketView) =>
    (await hub.admin.call('tickets.routing', { params: { id } })).offers.map(({ agent, how }) => [agent.name, how]);
  const assignments = async ({ id }: TicketView) => {
    const { ticket, entries } = await hub.admin.call('tickets.read', { params: { id } });
    const given = entries.filter((entry) => entry.type === 'event' && entry.event === 'assignee.changed');
    return { with: ticket.assignee?.name ?? null, given: given.length };
  };

  it('takes the yes that comes after the restart, once', async () => {
    await offersFor(120);
    const grace = await Agent.invited(hub.admin, 'Grace', { queueIds: [queue] });
    const ticket = await arrives('Asked before the kill');
    const offer = await offered(grace, ticket);
    await killed([grace]);
    await grace.connect();
    // It stands as it stood.
    expect(await offered(grace, ticket)).toMatchObject({ id: offer.id, seconds: 120 });
    const yes = await Promise.all([1, 2].map(() => grace.api.ask('offers.accept', { params: { id: offer.id } })));
    expect(yes.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await assignments(ticket)).toEqual({ with: 'Grace', given: 1 });
    expect(await history(ticket)).toEqual([['Grace', 'accepted']]);
    await hub.admin.call('tickets.update', { params: { id: ticket.id }, body: { status: 'resolved' } });
    grace.disconnect();
  }, 60_000);

  it('ends one that nobody answered in time, once, and asks the next', async () => {
    await offersFor(6);
    const hedy = await Agent.invited(hub.admin, 'Hedy', { queueIds: [queue] });
    const ticket = await arrives('Asked, then nothing');
    await offered(hedy, ticket);
    await killed([hedy]);
    const iris = await Agent.invited(hub.admin, 'Iris', { queueIds: [queue] });
    const next = await offered(iris, ticket);
    expect(await history(ticket)).toEqual([
      ['Hedy', 'missed'],
      ['Iris', null],
    ]);
    await iris.api.call('offers.accept', { params: { id: next.id } });
    expect(await assignments(ticket)).toEqual({ with: 'Iris', given: 1 });
    iris.disconnect();
  }, 60_000);
});
