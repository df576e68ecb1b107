import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY, type TicketDetail } from '@switchboard/contract';
import type { Agent } from '../support/agent.ts';
import { Desk } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';

describe('the routing', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
  }, 120_000);
  afterAll(() => desk.close());

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
      await desk.update(first.ticket.id, { status: 'resolved' });
      await isWith(third, 'Grace');
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
});
