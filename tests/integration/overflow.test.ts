import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_QUEUE_ROUTING, type QueueRouting, type TicketDetail } from '@switchboard/contract';
import { Desk } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';

describe('a queue that nobody works in', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
  }, 120_000);
  afterAll(async () => {
    const scans = await desk.scans();
    await desk.close();
    expect(scans).toMatchObject({ scans: 0, last: [] });
  });

  const set = (id: string, routing: Partial<QueueRouting>) =>
    desk.hub.admin.call('queues.update', {
      params: { id },
      body: { routing: { ...DEFAULT_QUEUE_ROUTING, ...routing } },
    });
  const whyOf = ({ ticket: { id } }: TicketDetail) => desk.hub.admin.call('tickets.routing', { params: { id } });
  const isWith = (ticket: TicketDetail, name: string) =>
    eventually(async () => expect((await desk.read(ticket.ticket.id)).ticket.assignee?.name).toBe(name));
  /** Open for one minute, on a day that is not this week’s today. */
  const neverNow = async (name: string) => {
    const weekday = ((new Date().getUTCDay() + 2) % 7) + 1;
    const hours = [{ weekday, from: '12:00', to: '12:01' }];
    return (await desk.hub.admin.call('calendars.create', { body: { name, timeZone: 'UTC', hours, holidays: [] } })).id;
  };

  it('is helped out after a time: the ticket stays in its queue, and says through whom it went', async () => {
    const [sales, support] = [await desk.aQueue('Sales'), await desk.aQueue('Support two')];
    await set(sales, { overflow: [{ afterSeconds: 4, does: 'offer', queueIds: [support] }] });
    const grace = await desk.invited('Grace', [support]);
    const ticket = await desk.aTicket('A price, please', desk.aPhone(), await desk.aLineTo(sales));
    expect((await whyOf(ticket)).routing?.candidates).toEqual([]);
    await isWith(ticket, 'Grace');
    const { routing } = await whyOf(ticket);
    expect(routing).toMatchObject({
      winner: { name: 'Grace' },
      candidates: [{ agent: { name: 'Grace' }, removedBy: null, via: 'Support two' }],
      overflow: [{ queue: 'Support two', afterSeconds: 4 }],
    });
    expect((await desk.read(ticket.ticket.id)).ticket.queue.name).toBe('Sales');
    grace.disconnect();
  });

  it('gives what waits to another queue, once, from its place by age', async () => {
    const [first, second] = [await desk.aQueue('First'), await desk.aQueue('Second')];
    await set(first, { overflow: [{ afterSeconds: 1, does: 'move', queueIds: [second] }] });
    await set(second, { overflow: [{ afterSeconds: 1, does: 'move', queueIds: [first] }] });
    const line = await desk.aLineTo(first);
    const older = await desk.aTicket('The older one', desk.aPhone(), line);
    const younger = await desk.aTicket('The younger one', desk.aPhone(), await desk.aLineTo(second));
    const movesOf = async ({ ticket: { id } }: TicketDetail) =>
      (await desk.read(id)).entries.filter((entry) => entry.type === 'event' && entry.event === 'queue.overflowed');
    await eventually(async () =>
      expect(await movesOf(older)).toMatchObject([{ from: 'First', to: 'Second', did: ['1'] }]),
    );
    await eventually(async () => expect(await movesOf(younger)).toMatchObject([{ from: 'Second', to: 'First' }]));
    expect((await whyOf(older)).ahead).toBe(0);
    const hedy = await desk.invited('Hedy', [second]);
    await isWith(older, 'Hedy');
    expect(await movesOf(older)).toHaveLength(1);
    hedy.disconnect();
  });

  it('gives out nothing while it is closed, unless it says so', async () => {
    const { admin } = desk.hub;
    const queue = await desk.aQueue('By day');
    const calendarId = await neverNow('Some day');
    await set(queue, { hours: { calendarId, whenClosed: 'wait' } });
    const iris = await desk.invited('Iris', [queue]);
    const ticket = await desk.aTicket('Is anybody there?', desk.aPhone(), await desk.aLineTo(queue));
    const { routing } = await whyOf(ticket);
    expect(routing).toMatchObject({ winner: null, candidates: [] });
    expect(Date.parse(routing?.closed?.until ?? '')).toBeGreaterThan(Date.now());
    const refused = await admin.refused('calendars.delete', { params: { id: calendarId } });
    expect(refused.error.message).toContain('By day');
    await set(queue, { hours: { calendarId, whenClosed: 'route' } });
    await isWith(ticket, 'Iris');
    iris.disconnect();
  });

  it('refuses queues and calendars that are not there', async () => {
    const id = await desk.aQueue('Careless');
    const routing = {
      ...DEFAULT_QUEUE_ROUTING,
      overflow: [{ afterSeconds: 1, does: 'move' as const, queueIds: [randomUUID()] }],
    };
    const { status, error } = await desk.hub.admin.refused('queues.update', { params: { id }, body: { routing } });
    expect([status, error.fields?.[0]?.path]).toEqual([400, 'routing.overflow']);
    const hours = { calendarId: 'none', whenClosed: 'wait' as const };
    const other = await desk.hub.admin.refused('queues.update', {
      params: { id },
      body: { routing: { ...DEFAULT_QUEUE_ROUTING, hours } },
    });
    expect(other.error.fields?.[0]?.path).toBe('routing.hours.calendarId');
  });
});
