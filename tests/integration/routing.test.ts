import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY, DEFAULT_QUEUE_ROUTING, type TicketDetail } from '@switchboard/contract';
import type { Agent } from '../support/agent.ts';
import { Desk, replyBody } from '../support/desk.ts';
import { eventually, found } from '../support/eventually.ts';

describe('the routing', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
  }, 120_000);
  afterAll(async () => {
    const scans = await desk.scans();
    await desk.close();
    expect(scans).toMatchObject({ scans: 0, last: [] });
  });

  const idOf = ({ api }: Agent) => api.call('session.read').then(({ id }) => id);
  const assigneeOf = async ({ ticket: { id } }: TicketDetail) => (await desk.read(id)).ticket.assignee?.name ?? null;
  const isWith = (ticket: TicketDetail, name: string) =>
    eventually(async () => expect(await assigneeOf(ticket)).toBe(name));
  /** What the routing said when it last looked at the ticket. */
  const saidOf = async ({ ticket: { id }, entries }: TicketDetail) => {
    const entryId = entries.find(({ type }) => type === 'message')?.id ?? '';
    return (await desk.hub.admin.call('messages.passport', { params: { id, entryId } })).routing;
  };

  describe('by capacity', () => {
    it('gives as much as there is room for, and the next when something is resolved', async () => {
      const queue = await desk.aQueue('Two texts');
      const line = await desk.aLineTo(queue);
      const grace = await desk.invited('Grace', [queue]);
      await desk.hub.admin.call('agents.update', { params: { id: await idOf(grace) }, body: { capacity: 1 } });
      const texts = [];
      for (const words of ['First of three', 'Second of three', 'Third of three'])
        texts.push(await desk.aTicket(words, desk.aPhone(), line));
      const [first, second, third] = texts as [TicketDetail, TicketDetail, TicketDetail];
      await isWith(first, 'Grace');
      await isWith(second, 'Grace');
      await eventually(async () =>
        expect((await saidOf(third))?.candidates).toEqual([
          {
            agent: { id: await idOf(grace), name: 'Grace' },
            removedBy: 'full',
            score: 1,
            load: { used: 1, capacity: 1 },
          },
        ]),
      );
      expect(await assigneeOf(third)).toBeNull();
      const why = () => grace.api.call('tickets.routing', { params: { id: third.ticket.id } });
      expect(await why()).toMatchObject({
        assignment: null,
        routing: { winner: null, method: 'least-loaded', candidates: [{ removedBy: 'full' }] },
        ahead: 0,
      });
      const fourth = await desk.aTicket('Fourth of three', desk.aPhone(), line);
      const behind = await desk.hub.admin.call('tickets.routing', { params: { id: fourth.ticket.id } });
      expect(behind.ahead).toBe(1);
      await desk.update(first.ticket.id, { status: 'resolved' });
      await isWith(third, 'Grace');
      expect(await why()).toMatchObject({
        assignment: { how: 'routing', agent: { name: 'Grace' } },
        routing: { winner: { name: 'Grace' } },
        ahead: null,
      });
    });

    it('says what is wrong with a capacity, and weighs by the organisation’s table', async () => {
      const { admin } = desk.hub;
      const before = await admin.call('organisation.read');
      expect(before.capacity).toEqual(DEFAULT_CAPACITY);
      const { sms } = DEFAULT_CAPACITY.channels;
      const withSms = (weight: number) => ({
        capacity: { ...before.capacity, channels: { ...before.capacity.channels, sms: { ...sms, weight } } },
      });
      const { status, error } = await admin.refused('organisation.update', { body: withSms(101) });
      expect([status, error.fields]).toEqual([400, [{ path: 'capacity.channels.sms.weight', message: 'At most 100' }]]);
      await admin.call('organisation.update', { body: withSms(5) });
      const queue = await desk.aQueue('One heavy text');
      const line = await desk.aLineTo(queue);
      const hedy = await desk.invited('Hedy', [queue]);
      await isWith(await desk.aTicket('Heavy one', desk.aPhone(), line), 'Hedy');
      const waits = await desk.aTicket('Heavy two', desk.aPhone(), line);
      await eventually(async () => expect((await saidOf(waits))?.candidates[0]?.removedBy).toBe('full'));
      await admin.call('organisation.update', { body: { capacity: before.capacity } });
      await isWith(waits, 'Hedy');
      hedy.disconnect();
    });
  });

  describe('by skill', () => {
    it('waits for who is able, says what is lacking, and asks for less in time', async () => {
      const { admin } = desk.hub;
      const spanish = (level: number) => [{ name: 'Spanish', level }];
      const queue = await desk.aQueue('Spanish');
      const routing = { ...DEFAULT_QUEUE_ROUTING, required: spanish(4), relax: [{ afterSeconds: 6, lowerBy: 1 }] };
      await admin.call('queues.update', { params: { id: queue }, body: { routing } });
      const line = await desk.aLineTo(queue);
      const iris = await desk.invited('Iris', [queue]);
      await admin.call('agents.update', { params: { id: await idOf(iris) }, body: { skills: spanish(3) } });
      const ticket = await desk.aTicket('Hola', desk.aPhone(), line);
      await eventually(async () =>
        expect((await saidOf(ticket))?.candidates[0]).toMatchObject({
          removedBy: 'skill',
          missing: { name: 'Spanish', level: 4, has: 3 },
        }),
      );
      await isWith(ticket, 'Iris');
      const after = await saidOf(ticket);
      expect([after?.needs?.required, after?.winner?.name]).toEqual([spanish(3), 'Iris']);
      iris.disconnect();
    });

    it('takes each skill once', async () => {
      const skills = [
        { name: 'French', level: 1 },
        { name: 'french', level: 2 },
      ];
      const params = { id: (await desk.hub.admin.call('session.read')).id };
      const { status, error } = await desk.hub.admin.refused('agents.update', { params, body: { skills } });
      expect([status, error.fields]).toEqual([400, [{ path: 'skills', message: 'Each skill once' }]]);
    });
  });

  describe('in its turn', () => {
    it('gives the most pressing first, and the next as soon as an answer resolves it', async () => {
      const queue = await desk.aQueue('One at a time');
      const line = await desk.aLineTo(queue);
      const joan = await desk.invited('Joan', [queue]);
      await desk.hub.admin.call('agents.update', { params: { id: await idOf(joan) }, body: { capacity: 0.5 } });
      await joan.api.call('me.setState', { body: { state: 'busy' } });
      const older = await desk.aTicket('Can wait', desk.aPhone(), line);
      const urgent = await desk.aTicket('Can not wait', desk.aPhone(), line);
      await desk.update(urgent.ticket.id, { priority: 'urgent' });
      await joan.api.call('me.setState', { body: { state: 'ready' } });
      await isWith(urgent, 'Joan');
      expect(await assigneeOf(older)).toBeNull();
      const body = { ...replyBody(await desk.read(urgent.ticket.id), 'Done'), thenStatus: 'resolved' as const };
      await joan.api.call('tickets.reply', { params: { id: urgent.ticket.id }, body });
      await isWith(older, 'Joan');
      joan.disconnect();
    });

    it('brings a customer back to who had them last, where the queue wants it', async () => {
      const queue = await desk.aQueue('Regulars');
      const routing = { ...DEFAULT_QUEUE_ROUTING, method: 'last-agent' as const };
      await desk.hub.admin.call('queues.update', { params: { id: queue }, body: { routing } });
      const [line, other] = [await desk.aLineTo(queue), await desk.aLineTo(queue)];
      const team = [await desk.invited('Kay', [queue]), await desk.invited('Lise', [queue])];
      const phone = desk.aPhone();
      const first = await desk.aTicket('The first time', phone, line);
      const name = await eventually(async () => found('an agent', (await assigneeOf(first)) ?? undefined));
      // Who has more in work would not be chosen otherwise.
      const again = await desk.aTicket('The second time', phone, other);
      await isWith(again, name);
      expect((await saidOf(again))?.method).toBe('last-agent');
      for (const agent of team) agent.disconnect();
    });
  });

  describe('what changes hands', () => {
    it('is transferred with a note in one act, and its receiver is told by whom', async () => {
      const queue = await desk.aQueue('Transfers');
      const line = await desk.aLineTo(queue);
      const kim = await desk.invited('Kim', [queue]);
      const lou = await desk.invited('Lou', []);
      const ticket = await desk.aTicket('Pass me on', desk.aPhone(), line);
      await isWith(ticket, 'Kim');
      const id = ticket.ticket.id;
      const body = { clientId: crypto.randomUUID(), to: { agentId: await idOf(lou) }, note: 'She wants a refund.' };
      await kim.api.call('tickets.transfer', { params: { id }, body });
      const { entries } = await lou.api.call('tickets.read', { params: { id } });
      expect(entries.slice(-2)).toMatchObject([
        { type: 'note', text: 'She wants a refund.', author: { name: 'Kim' } },
        { type: 'event', event: 'assignee.changed', from: 'Kim', to: 'Lou', author: { name: 'Kim' } },
      ]);
      await eventually(() =>
        expect(lou.passing).toContainEqual(expect.objectContaining({ type: 'assigned', ticketId: id, by: 'Kim' })),
      );
      const nowhere = { ...body, clientId: crypto.randomUUID(), to: { queueId: crypto.randomUUID() } };
      expect((await lou.api.refused('tickets.transfer', { params: { id }, body: nowhere })).status).toBe(400);
      expect((await desk.read(id)).entries.filter(({ type }) => type === 'note')).toHaveLength(1);
      kim.disconnect();
      lou.disconnect();
    });

    it('keeps its place by age when it is given back', async () => {
      const queue = await desk.aQueue('Given back');
      const line = await desk.aLineTo(queue);
      const max = await desk.invited('Max', [queue]);
      const { api } = max;
      await desk.hub.admin.call('agents.update', { params: { id: await idOf(max) }, body: { capacity: 0.5 } });
      const oldest = await desk.aTicket('The oldest', desk.aPhone(), line);
      await isWith(oldest, 'Max');
      const younger = await desk.aTicket('A younger one', desk.aPhone(), line);
      await api.call('me.setState', { body: { state: 'away' } });
      await desk.update(oldest.ticket.id, { assigneeId: null });
      const aheadOf = async ({ ticket: { id } }: TicketDetail) =>
        (await desk.hub.admin.call('tickets.routing', { params: { id } })).ahead;
      expect([await aheadOf(oldest), await aheadOf(younger)]).toEqual([0, 1]);
      await api.call('me.setState', { body: { state: 'ready' } });
      await isWith(oldest, 'Max');
      expect(await assigneeOf(younger)).toBeNull();
      max.disconnect();
    });
  });
});
