import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallView, TicketDetail } from '@switchboard/contract';
import { AgentsModule } from '../../server/src/modules/agents/index.ts';
import { CallsModule } from '../../server/src/modules/calls/index.ts';
import { LiveModule } from '../../server/src/modules/live/index.ts';
import { MetricsModule } from '../../server/src/modules/metrics/index.ts';
import { RoutingModule } from '../../server/src/modules/routing/index.ts';
import { KeepCall, TicketsModule } from '../../server/src/modules/tickets/index.ts';
import type { ApiClient } from '../support/api-client.ts';
import { callsIn, theCall } from '../support/calls.ts';
import { eventually, found } from '../support/eventually.ts';
import { ScriptedCalls } from '../support/scripted-calls.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

let hub: Modules;
let ada: ApiClient;
let me: { id: string; name: string };
let phone: ScriptedCalls;

beforeAll(async () => {
  hub = await startModules([AgentsModule, TicketsModule, RoutingModule, MetricsModule, LiveModule, CallsModule]);
  ada = await hub.administrator();
  const { id, name } = await ada.call('session.read');
  me = { id, name };
  phone = await ScriptedCalls.of(hub);
}, 120_000);
afterAll(() => hub.stop());

const numbers = Array.from({ length: 20 }, (_, index) => `+155520010${String(index).padStart(2, '0')}`);
const aNumber = () => numbers.pop() as string;

const ticketOf = (number: string, text?: string): Promise<TicketDetail> =>
  eventually(async () => {
    const { items } = await ada.call('tickets.list', { query: { view: 'all' } });
    const row = items.find(({ customer, preview }) => customer.name === number && (!text || preview?.text === text));
    return ada.call('tickets.read', { params: { id: found('the ticket', row).id } });
  });
const callOf = (ticketId: string, wanted: (call: CallView) => boolean) => theCall(ada, ticketId, wanted);
/** As who says yes to the offer. */
const takes = ({ ticket }: TicketDetail) => hub.app.get(KeepCall).hand(ticket.id, { agent: me }, null);

/** A caller whom Ada has on the line. */
const talking = (number: string) => phone.talks(ada, me, number);

describe('the menu of a number', () => {
  it('is changed by one at a time, says what is wrong where it is, and lets itself be heard', async () => {
    const params = { id: phone.accountId };
    const { version, changed: _, ...menu } = await ada.call('callMenus.read', { params });
    const nodes = [
      {
        id: 'Main',
        does: 'menu',
        say: { en: 'Boss, one.' },
        choices: [{ key: '1', to: 'Boss', words: [], language: null }],
      },
      { id: 'Boss', does: 'number', say: {}, number: '+44 20 7946 0109', otherwise: 'Message' },
      { id: 'Message', does: 'voicemail', say: {} },
    ] as const;
    const wanted = {
      ...menu,
      start: 'Main',
      closed: 'Message',
      nodes: structuredClone(nodes) as unknown as typeof menu.nodes,
    };
    const gone = { ...wanted, start: 'Gone' };
    expect(await ada.call('callMenus.check', { params, body: gone })).toMatchObject({
      problems: [{ path: 'start', message: 'There is no such step' }, { path: 'nodes.0' }, { path: 'nodes.1' }],
    });
    expect(await ada.refused('callMenus.write', { params, body: { ...gone, version } })).toMatchObject({
      status: 400,
      error: { fields: [{ path: 'start' }, { path: 'nodes.0' }, { path: 'nodes.1' }] },
    });
    const { heard } = await ada.call('callMenus.hear', {
      params,
      body: { menu: wanted, open: true, inputs: ['1', ''] },
    });
    expect(heard.map(({ does, node }) => `${does} ${node}`)).toEqual(['ask Main', 'forward Boss', 'record Message']);
    const saved = await ada.call('callMenus.write', { params, body: { ...wanted, version } });
    expect(saved).toMatchObject({ version: version + 1, changed: { by: me.name } });
    expect(await ada.refused('callMenus.write', { params, body: { ...menu, version } })).toMatchObject({
      code: 'changed',
      message: expect.stringContaining(`${me.name} has changed this menu`),
      error: { current: { version: saved.version } },
    });

    const number = aNumber();
    const { id, step } = await phone.arrives(number);
    const place = step.does === 'ask' ? step.step : '';
    const led = await phone.asks(id, { what: 'answered', step: place, key: '1' });
    expect(led).toMatchObject({ does: 'forward', number: '+442079460109' });
    await phone.tells(id, { leg: { externalId: 'CA9', role: 'number', number: '+442079460109', change: 'joined' } });
    await phone.hangsUp(id);
    const { ticket } = await ticketOf(number, 'Call, led on to another number');
    expect(ticket).toMatchObject({ status: 'resolved', waitingSince: null });
    await ada.call('callMenus.write', { params, body: { ...menu, version: saved.version } });
  });
});

describe('a call', () => {
  it('arrives, waits, is answered, held, hung up and wrapped up, and stands in the conversation', async () => {
    const number = aNumber();
    const { step } = await phone.arrives(number);
    expect(step).toMatchObject({ does: 'wait', keys: ['1', '2'] });
    const detail = await ticketOf(number);
    const { ticket } = detail;
    expect(ticket).toMatchObject({ channel: 'voice', preview: { text: 'Is calling' }, inboundCount: 1 });
    expect(ticket.waitingSince).not.toBeNull();
    await takes(detail);
    const mine = await eventually(async () => found('my call', (await ada.call('calls.mine', {})).items[0]));
    expect(mine).toMatchObject({ phase: 'connecting', agent: me, ticketId: ticket.id });
    expect(await ada.call('calls.line', { params: { id: mine.id } })).toMatchObject({ token: `token of ${me.id}` });
    await phone.joinsAs(me.id, ticket.id);
    await callOf(ticket.id, ({ phase }) => phase === 'talking');
    expect(phone.commands.at(-1)).toMatchObject({
      control: { action: 'steer', step: { does: 'join', room: mine.id } },
    });
    const held = await ada.call('calls.hold', { params: { id: mine.id }, body: { on: true } });
    expect(held.held).toBe(true);
    expect((await ada.call('calls.hold', { params: { id: mine.id }, body: { on: false } })).held).toBe(false);
    expect(await ada.call('calls.hangUp', { params: { id: mine.id } })).toMatchObject({
      phase: 'wrap-up',
      outcome: 'answered',
    });
    await eventually(async () => expect((await ada.call('session.read')).state).toBe('wrap-up'));
    await ada.call('calls.wrapUp', { params: { id: mine.id }, body: { disposition: 'Solved', resolve: true } });
    const call = await callOf(ticket.id, ({ disposition }) => disposition === 'Solved');
    expect(call.moments.map(({ what }) => what)).toEqual([
      ...['arrived', 'queued', 'assigned', 'joined', 'answered', 'held', 'resumed', 'ended'],
    ]);
    const after = await ada.call('tickets.read', { params: { id: ticket.id } });
    expect(after.ticket).toMatchObject({ status: 'resolved', waitingSince: null });
    expect(after.ticket.firstResponse?.doneAt).not.toBeNull();
    expect((await ada.call('calls.mine', {})).items).toEqual([]);
  });

  it('is one effect, however often and in whatever order its reports come', async () => {
    const { id, call, ticketId } = await talking(aNumber());
    await phone.hangsUp(id);
    const ended = await callOf(ticketId, ({ endedAt }) => endedAt !== null);
    const before = new Date(Date.now() - 60_000);
    await phone.tells(id, { state: 'completed', sequence: 9 });
    await phone.tells(id, { state: 'in-progress', sequence: 1 }, before);
    await phone.tells(id, { state: 'failed', sequence: 12, reason: 'late' });
    await phone.tells(id, { room: call.id, leg: { externalId: id, role: 'customer', change: 'joined' } }, before);
    // The last of the lane: what came before it has been taken.
    await phone.tells(id, { recording: { externalId: 'RE1', of: 'call', state: 'completed', transcript: 'Hello' } });
    const now = await callOf(ticketId, ({ recordings }) => recordings.length === 1);
    expect({ ...now, version: 0, recordings: [] }).toEqual({ ...ended, version: 0, recordings: [] });
    await ada.call('calls.wrapUp', { params: { id: call.id }, body: { disposition: null, resolve: true } });
  });

  it('that nobody took is a missed call, which waits; its caller comes back to the same ticket', async () => {
    const number = aNumber();
    const { id } = await phone.arrives(number);
    await phone.hangsUp(id);
    const detail = await ticketOf(number, 'Missed call: hung up while waiting');
    expect(detail.ticket).toMatchObject({ assignee: null, status: 'new' });
    expect(detail.ticket.waitingSince).not.toBeNull();
    expect(callsIn(detail)[0]).toMatchObject({ outcome: 'abandoned', phase: 'over' });
    await phone.arrives(number);
    const again = await callOf(detail.ticket.id, ({ phase }) => phase === 'queue');
    expect(again.ticketId).toBe(detail.ticket.id);
    await eventually(async () => {
      const { items } = await ada.call('metrics.rows', { query: rowsOf('abandonment') });
      expect(items.filter(({ ticket }) => ticket?.id === detail.ticket.id)).toHaveLength(1);
    });
  });

  it('of a second caller from the same number stands in a ticket of its own', async () => {
    const number = aNumber();
    const callers = [await phone.arrives(number), await phone.arrives(number)];
    await eventually(async () => {
      const { items } = await ada.call('tickets.list', { query: { view: 'all' } });
      expect(items.filter(({ customer }) => customer.name === number)).toHaveLength(2);
    });
    for (const { id } of callers) await phone.hangsUp(id);
  });

  it('of who was promised one goes before the promise, and settles it', async () => {
    const number = aNumber();
    const { id } = await phone.arrives(number);
    await phone.asks(id, { what: 'waiting', secondsInQueue: 3, key: '1' });
    await phone.hangsUp(id);
    const detail = await ticketOf(number, 'Wants to be called back');
    const again = await phone.arrives(number);
    await callOf(detail.ticket.id, ({ phase }) => phase === 'queue');
    await takes(detail);
    await callOf(detail.ticket.id, ({ phase }) => phase === 'connecting');
    await eventually(async () => {
      const calls = callsIn(await ada.call('tickets.read', { params: { id: detail.ticket.id } }));
      expect(calls.map(({ direction, phase }) => `${direction} ${phase}`)).toEqual([
        'inbound over',
        'inbound connecting',
      ]);
    });
    await phone.hangsUp(again.id);
  });

  it('that who has it can’t take goes on to the next', async () => {
    const number = aNumber();
    const { id } = await phone.arrives(number);
    const detail = await ticketOf(number);
    await takes(detail);
    const mine = await callOf(detail.ticket.id, ({ phase }) => phase === 'connecting');
    await ada.call('calls.unable', { params: { id: mine.id } });
    await callOf(detail.ticket.id, ({ phase }) => phase === 'queue');
    const { ticket } = await ada.call('tickets.read', { params: { id: detail.ticket.id } });
    expect(ticket.assignee).toBeNull();
    await phone.hangsUp(id);
  });

  it('leaves a message, which is played where it may be read', async () => {
    const number = aNumber();
    const { id } = await phone.arrives(number);
    expect(await phone.asks(id, { what: 'waiting', secondsInQueue: 3, key: '2' })).toMatchObject({ does: 'record' });
    expect(await phone.asks(id, { what: 'left' })).toMatchObject({ does: 'record' });
    expect(await phone.asks(id, { what: 'recorded' })).toMatchObject({ does: 'hang-up' });
    await phone.hangsUp(id);
    const report = { externalId: 'RE2', of: 'voicemail', durationSeconds: 4 } as const;
    await phone.tells(id, { recording: { ...report, state: 'in-progress' } });
    await phone.tells(id, { recording: { ...report, state: 'completed', source: 'https://example.com/RE2' } });
    const detail = await ticketOf(number, 'Voicemail');
    const call = await callOf(detail.ticket.id, ({ recordings }) => recordings[0]?.mediaId != null);
    expect(call).toMatchObject({ outcome: 'voicemail' });
  });

  it('that was promised back keeps its place, and is made when somebody has it', async () => {
    const number = aNumber();
    const { id } = await phone.arrives(number);
    expect(await phone.asks(id, { what: 'waiting', secondsInQueue: 3, key: '1' })).toMatchObject({ does: 'hang-up' });
    await phone.hangsUp(id);
    const detail = await ticketOf(number, 'Wants to be called back');
    await takes(detail);
    const call = await callOf(detail.ticket.id, ({ direction }) => direction === 'outbound');
    expect(call).toMatchObject({ phase: 'connecting', agent: me, customer: { number } });
    await phone.joinsAs(me.id, detail.ticket.id);
    await callOf(detail.ticket.id, ({ direction, phase }) => direction === 'outbound' && phase === 'talking');
    expect(phone.commands.filter(({ control }) => control.action === 'dial')).toHaveLength(1);
    expect((await ada.call('tickets.read', { params: { id: detail.ticket.id } })).ticket.waitingSince).toBeNull();
    await ada.call('calls.hangUp', { params: { id: call.id } });
    await ada.call('calls.wrapUp', { params: { id: call.id }, body: { disposition: 'Solved', resolve: true } });
  });

  it('that was promised and rings in vain is tried again in its place, each time in sight, and then no more', async () => {
    const { version, changed: _, ...menu } = await ada.call('callMenus.read', { params: { id: phone.accountId } });
    const callbackTries = { most: 2, everyMinutes: 30, inHours: false };
    await ada.call('callMenus.write', { params: { id: phone.accountId }, body: { ...menu, callbackTries, version } });
    const number = aNumber();
    const { id } = await phone.arrives(number);
    await phone.asks(id, { what: 'waiting', secondsInQueue: 3, key: '1' });
    await phone.hangsUp(id);
    const detail = await ticketOf(number, 'Wants to be called back');
    const { waitingSince } = detail.ticket;
    phone.picksUp = false;
    const rings = async (tried: number) => {
      await takes(detail);
      const call = await callOf(
        detail.ticket.id,
        (each) => each.direction === 'outbound' && each.phase === 'connecting',
      );
      await phone.joinsAs(me.id, detail.ticket.id);
      await callOf(detail.ticket.id, (each) => each.id === call.id && each.outcome === 'unreached');
      await ada.call('calls.wrapUp', { params: { id: call.id }, body: { disposition: null, resolve: false } });
      return callOf(detail.ticket.id, ({ callback }) => callback?.tried === tried);
    };
    const before = Date.now();
    const { callback } = await rings(1);
    expect(Date.parse(callback?.nextAt ?? '') - before).toBeGreaterThanOrEqual(30 * 60_000);
    await eventually(async () => {
      const { ticket } = await ada.call('tickets.read', { params: { id: detail.ticket.id } });
      expect(ticket).toMatchObject({ status: 'snoozed', assignee: null, waitingSince, snoozedUntil: callback?.nextAt });
    });
    // Who takes it before its time calls at once.
    expect(await rings(2)).toMatchObject({ phase: 'over', outcome: 'unreached' });
    phone.picksUp = true;
    await eventually(async () => {
      const { ticket, entries } = await ada.call('tickets.read', { params: { id: detail.ticket.id } });
      expect(ticket).toMatchObject({ waitingSince, preview: { text: 'Called back 2×: not reached' } });
      expect(entries.filter((entry) => entry.type === 'call' && entry.call.direction === 'outbound')).toHaveLength(2);
      expect(entries.filter((entry) => entry.type === 'event' && entry.event === 'callback.given-up')).toHaveLength(1);
    });
  });

  it('goes along with its ticket, and back to the music when nobody is left with its caller', async () => {
    const { id, leg, call, ticketId } = await talking(aNumber());
    await ada.call('tickets.update', { params: { id: ticketId }, body: { assigneeId: null } });
    await callOf(ticketId, ({ phase, agent }) => phase === 'queue' && agent === null);
    await eventually(() =>
      expect(phone.commands.slice(-2)).toMatchObject([
        { control: { action: 'steer', step: { does: 'wait' } }, callExternalId: id },
        { control: { action: 'remove', legExternalId: leg } },
      ]),
    );
    await takes(await ada.call('tickets.read', { params: { id: ticketId } }));
    await callOf(ticketId, ({ phase }) => phase === 'connecting');
    const again = await phone.joinsAs(me.id, ticketId);
    await callOf(ticketId, ({ phase }) => phase === 'talking');
    const steered = phone.commands.length;
    await phone.parts(again);
    await callOf(ticketId, ({ phase }) => phase === 'connecting');
    await ada.call('calls.unable', { params: { id: call.id } });
    await callOf(ticketId, ({ phase }) => phase === 'queue');
    await eventually(() =>
      expect(phone.commands.slice(steered)).toMatchObject([{ control: { action: 'steer', step: { does: 'wait' } } }]),
    );
    await phone.hangsUp(id);
  });

  it('is given to a queue again, whose next agent has it', async () => {
    const { call, leg, ticketId } = await talking(aNumber());
    const { items: queues } = await ada.call('queues.list', {});
    const given = await ada.call('calls.transfer', {
      params: { id: call.id },
      body: { to: { queueId: found('a queue', queues[0]).id } },
    });
    expect(given).toMatchObject({ phase: 'queue', agent: null });
    expect(phone.commands.slice(-2)).toMatchObject([
      { control: { action: 'steer', step: { does: 'wait' } } },
      { control: { action: 'remove', legExternalId: leg } },
    ]);
    expect((await ada.call('tickets.read', { params: { id: ticketId } })).ticket.assignee).toBeNull();
  });

  it('is called out by an agent, on a ticket of its own', async () => {
    const number = aNumber();
    const clientId = crypto.randomUUID();
    const body = { clientId, number, channelAccountId: phone.accountId };
    const call = await ada.call('calls.start', { body });
    expect((await ada.call('calls.start', { body })).id).toBe(call.id);
    const detail = await ticketOf(number);
    expect(detail.ticket.assignee?.id).toBe(me.id);
    await phone.joinsAs(me.id, detail.ticket.id);
    await callOf(detail.ticket.id, ({ phase }) => phase === 'talking');
    await ada.call('calls.hangUp', { params: { id: call.id } });
    await ada.call('calls.wrapUp', { params: { id: call.id }, body: { disposition: null, resolve: true } });
  });
});

const rowsOf = (metric: 'abandonment') => ({
  metric,
  from: new Date(Date.now() - 86_400_000).toISOString(),
  to: new Date(Date.now() + 86_400_000).toISOString(),
});
