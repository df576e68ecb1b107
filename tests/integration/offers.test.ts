import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_QUEUE_ROUTING, type OfferSettings, type OfferView, type TicketDetail } from '@switchboard/contract';
import type { Agent } from '../support/agent.ts';
import { Desk } from '../support/desk.ts';
import { eventually, found } from '../support/eventually.ts';

describe('a conversation that is offered', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
  }, 120_000);
  afterAll(async () => {
    const scans = await desk.scans();
    await desk.close();
    expect(scans).toMatchObject({ scans: 0, last: [] });
  });

  const aQueueThatOffers = async (name: string, sms: OfferSettings) => {
    const id = await desk.aQueue(name);
    const routing = { ...DEFAULT_QUEUE_ROUTING, method: 'round-robin' as const, offers: { sms } };
    await desk.hub.admin.call('queues.update', { params: { id }, body: { routing } });
    return id;
  };
  const offersOf = ({ api }: Agent) => api.call('offers.list').then(({ items }) => items);
  const isOffered = (agent: Agent, ticket: TicketDetail): Promise<OfferView> =>
    eventually(async () =>
      found(
        'an offer',
        (await offersOf(agent)).find(({ ticketId }) => ticketId === ticket.ticket.id),
      ),
    );
  const assigneeOf = async ({ ticket: { id } }: TicketDetail) => (await desk.read(id)).ticket.assignee?.name ?? null;
  const historyOf = async ({ ticket: { id } }: TicketDetail) =>
    (await desk.hub.admin.call('tickets.routing', { params: { id } })).offers.map(({ agent, how }) => [
      agent.name,
      how,
    ]);
  const capacity = async ({ api }: Agent, capacity: number) => {
    const { id } = await api.call('session.read');
    await desk.hub.admin.call('agents.update', { params: { id }, body: { capacity } });
  };

  it('goes from who says no to the next, and is with who says yes', async () => {
    const queue = await aQueueThatOffers('Offers', { seconds: 120, missed: 'stay' });
    const line = await desk.aLineTo(queue);
    const grace = await desk.invited('Grace', [queue]);
    const hedy = await desk.invited('Hedy', [queue]);
    const ticket = await desk.aTicket('Who takes me?', desk.aPhone(), line);
    const asked = await eventually(async () =>
      found('who is asked', (await offersOf(grace)).length > 0 ? grace : (await offersOf(hedy)).length > 0 && hedy),
    );
    const [first, second] = asked === grace ? [grace, hedy] : [hedy, grace];
    const offer = await isOffered(first, ticket);
    expect(offer).toMatchObject({ customer: ticket.ticket.customer.name, queue: 'Offers', preview: 'Who takes me?' });
    expect(first.passing).toContainEqual({ type: 'offer', offer: expect.objectContaining({ id: offer.id }) });
    expect(await assigneeOf(ticket)).toBeNull();
    // Nobody answers for somebody else.
    expect((await second.api.refused('offers.accept', { params: { id: offer.id } })).status).toBe(409);
    await first.api.call('offers.decline', { params: { id: offer.id } });
    const next = await isOffered(second, ticket);
    expect((await first.api.refused('offers.accept', { params: { id: offer.id } })).status).toBe(409);
    await second.api.call('offers.accept', { params: { id: next.id } });
    const { name } = await second.api.call('session.read');
    expect(await assigneeOf(ticket)).toBe(name);
    expect((await historyOf(ticket)).map(([, how]) => how)).toEqual(['declined', 'accepted']);
    const { routing } = await desk.hub.admin.call('tickets.routing', { params: { id: ticket.ticket.id } });
    expect(routing).toMatchObject({ winner: { name } });
    expect(routing?.candidates.find(({ agent }) => agent.name !== name)?.removedBy).toBe('declined');
    await second.api.call('tickets.update', { params: { id: ticket.ticket.id }, body: { status: 'resolved' } });
    grace.disconnect();
    hedy.disconnect();
  });

  it('goes on by itself where nobody answers in time, and the one who did not is away', async () => {
    const queue = await aQueueThatOffers('Short offers', { seconds: 5, missed: 'away' });
    const line = await desk.aLineTo(queue);
    const iris = await desk.invited('Iris', [queue]);
    const ticket = await desk.aTicket('Nobody looks', desk.aPhone(), line);
    await isOffered(iris, ticket);
    const joan = await desk.invited('Joan', [queue]);
    const offer = await isOffered(joan, ticket);
    await eventually(async () => expect((await iris.api.call('session.read')).state).toBe('away'));
    await joan.api.call('offers.accept', { params: { id: offer.id } });
    expect(await historyOf(ticket)).toEqual([
      ['Iris', 'missed'],
      ['Joan', 'accepted'],
    ]);
    iris.disconnect();
    joan.disconnect();
  });

  it('takes the room of a ticket while it stands, and is withdrawn when somebody takes the ticket', async () => {
    const queue = await aQueueThatOffers('One place', { seconds: 120, missed: 'stay' });
    const line = await desk.aLineTo(queue);
    const kay = await desk.invited('Kay', [queue]);
    await capacity(kay, 0.5);
    const first = await desk.aTicket('The first', desk.aPhone(), line);
    const offer = await isOffered(kay, first);
    const second = await desk.aTicket('The second', desk.aPhone(), line);
    await eventually(async () => {
      const { routing } = await desk.hub.admin.call('tickets.routing', { params: { id: second.ticket.id } });
      expect(routing?.candidates[0]?.removedBy).toBe('full');
    });
    expect(await offersOf(kay)).toHaveLength(1);
    const { id: me } = await desk.hub.admin.call('session.read');
    await desk.update(first.ticket.id, { assigneeId: me });
    await isOffered(kay, second);
    expect(await historyOf(first)).toEqual([['Kay', 'withdrawn']]);
    expect((await kay.api.refused('offers.accept', { params: { id: offer.id } })).status).toBe(409);
    kay.disconnect();
  });
});
