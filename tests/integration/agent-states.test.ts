import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_AGENT_STATES, DEFAULT_CAPACITY, type TicketDetail } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import { Desk, replyBody } from '../support/desk.ts';
import { eventually, found } from '../support/eventually.ts';
import { history, idOf, inShort, isWithoutGaps, me } from '../support/state-spells.ts';

describe('agents’ states', () => {
  let desk: Desk;
  let queue: string;
  beforeAll(async () => {
    desk = await Desk.open();
    queue = await desk.aQueue('States');
    const { sms } = DEFAULT_CAPACITY.channels;
    const channels = { ...DEFAULT_CAPACITY.channels, sms: { ...sms, wrapUpSeconds: 5 } };
    await desk.hub.admin.call('organisation.update', { body: { capacity: { perAgent: 5, channels } } });
  }, 120_000);
  afterAll(async () => {
    const scans = await desk.scans();
    await desk.close();
    expect(scans).toMatchObject({ scans: 0, last: [] });
  });

  const assigneeOf = async ({ ticket: { id } }: TicketDetail) => (await desk.read(id)).ticket.assignee?.name ?? null;
  const seenByOthers = async (agent: Agent) => {
    const id = await idOf(agent);
    const { items } = await desk.hub.admin.call('agents.list', { query: { limit: 200 } });
    return found(
      'the agent',
      items.find((each) => each.id === id),
    );
  };

  it('have a reason, a beginning, and a history without gaps', async () => {
    const grace = await desk.invited('Grace', []);
    await eventually(async () => expect(await seenByOthers(grace)).toMatchObject({ state: 'ready', reason: null }));
    const lunch = await grace.api.call('me.setState', { body: { state: 'away', reasonId: 'lunch' } });
    expect(lunch).toMatchObject({ state: 'away', reason: { id: 'lunch', name: 'Lunch' }, until: null });
    expect(await seenByOthers(grace)).toMatchObject({ state: 'away', reason: { name: 'Lunch' }, since: lunch.since });
    expect(grace.passing).toContainEqual(
      expect.objectContaining({ type: 'agent-state', state: 'away', since: lunch.since }),
    );
    // The same once more is no new beginning.
    const again = await grace.api.call('me.setState', { body: { state: 'away', reasonId: 'lunch' } });
    expect(again.since).toBe(lunch.since);
    await grace.api.call('me.setState', { body: { state: 'ready' } });
    const spells = await history(grace);
    expect(inShort(spells)).toEqual([
      ['ready', null, 'self'],
      ['away', 'Lunch', 'self'],
      ['ready', null, 'connection'],
    ]);
    isWithoutGaps(spells);
    const first = await grace.api.call('me.states', { query: { limit: 2 } });
    const rest = await grace.api.call('me.states', { query: { limit: 2, cursor: first.next ?? '' } });
    expect([...first.items, ...rest.items]).toEqual(spells);
    expect(rest.next).toBeNull();
    expect(
      await desk.hub.admin.call('agents.states', { params: { id: await idOf(grace) }, query: { limit: 5 } }),
    ).toEqual({ items: spells, next: null });
  });

  it('refuse a reason of another state, one that is not there, and the hub’s own', async () => {
    const hedy = await desk.invited('Hedy', []);
    for (const body of [
      { state: 'ready', reasonId: 'lunch' },
      { state: 'away', reasonId: 'holiday' },
      { state: 'away', reasonId: 'inactivity' },
    ] as const)
      expect(await hedy.api.refused('me.setState', { body })).toMatchObject({
        code: 'invalid',
        error: { fields: [{ path: 'reasonId' }] },
      });
    expect(await hedy.api.refused('agents.states', { params: { id: await idOf(hedy) } })).toMatchObject({
      status: 403,
    });
    expect(
      await hedy.api.refused('agents.setState', { params: { id: await idOf(hedy) }, body: { state: 'ready' } }),
    ).toMatchObject({ status: 403 });
  });

  it('have the organisation’s own reasons, and inactivity always', async () => {
    const agentStates = {
      ...DEFAULT_AGENT_STATES,
      reasons: [
        ...DEFAULT_AGENT_STATES.reasons,
        { id: 'coaching', name: 'Coaching', state: 'busy' as const, unavailable: false },
      ],
    };
    await desk.hub.admin.call('organisation.update', { body: { agentStates } });
    const iris = await desk.invited('Iris', []);
    await iris.api.call('me.setState', { body: { state: 'busy', reasonId: 'coaching' } });
    expect((await history(iris))[0]).toMatchObject({ reason: { name: 'Coaching' }, unavailable: false });
    const without = { ...agentStates, reasons: agentStates.reasons.filter(({ id }) => id !== 'inactivity') };
    expect(await desk.hub.admin.refused('organisation.update', { body: { agentStates: without } })).toMatchObject({
      code: 'invalid',
    });
  });

  it('are changed by a supervisor, who is named to the agent and in the audit log', async () => {
    const joan = await desk.invited('Joan', []);
    const id = await idOf(joan);
    await eventually(async () => expect(await seenByOthers(joan)).toMatchObject({ state: 'ready' }));
    const set = await desk.hub.admin.call('agents.setState', {
      params: { id },
      body: { state: 'busy', reasonId: 'training' },
    });
    expect(set).toMatchObject({ state: 'busy', reason: { name: 'Training' } });
    await eventually(() =>
      expect(joan.passing).toContainEqual({
        type: 'state-set',
        by: 'Ada Lovelace',
        state: 'busy',
        reason: { id: 'training', name: 'Training' },
      }),
    );
    expect((await history(joan))[0]).toMatchObject({ cause: 'supervisor', by: { name: 'Ada Lovelace' } });
    const { items } = await desk.hub.admin.call('audit.list', { query: { limit: 3 } });
    expect(items[0]).toMatchObject({
      action: 'agent.state-set',
      subject: id,
      detail: { agent: 'Joan', state: 'busy', reason: 'Training' },
    });
  });

  it('let the routing give nothing of a channel that is paused, and say so; a person still can', async () => {
    const own = await desk.aQueue('Paused');
    const line = await desk.aLineTo(own);
    const kay = await desk.invited('Kay', [own]);
    await kay.api.call('me.setChannels', { body: { paused: ['sms'] } });
    const ticket = await desk.aTicket('Nobody takes texts', desk.aPhone(), line);
    await eventually(async () => {
      const { routing } = await desk.hub.admin.call('tickets.routing', { params: { id: ticket.ticket.id } });
      expect(routing?.candidates).toMatchObject([{ agent: { name: 'Kay' }, removedBy: 'channel' }]);
    });
    expect(await assigneeOf(ticket)).toBeNull();
    await desk.update(ticket.ticket.id, { assigneeId: await idOf(kay) });
    expect(await assigneeOf(ticket)).toBe('Kay');
    await desk.update(ticket.ticket.id, { assigneeId: null });
    await kay.api.call('me.setState', { body: { state: 'busy' } });
    await kay.api.call('me.setState', { body: { state: 'ready' } });
    expect(await kay.api.call('me.setChannels', { body: { paused: [] } })).toMatchObject({ pausedChannels: [] });
    // Each of the spells that it lasted through says so.
    const [now, busy, before] = (await history(kay)).map(({ from, to, paused }) => ({ from, to, paused }));
    expect(busy?.paused).toEqual([{ channel: 'sms', from: busy?.from, to: busy?.to }]);
    expect(before?.paused).toMatchObject([{ channel: 'sms', to: before?.to }]);
    expect(now?.paused).toEqual([{ channel: 'sms', from: now?.from, to: expect.any(String) }]);
    await eventually(async () => expect(await assigneeOf(ticket)).toBe('Kay'));
  });

  it('are busy for who leads, until they choose to be ready, which is remembered', async () => {
    const own = await desk.aQueue('Led');
    const line = await desk.aLineTo(own);
    const lead = await Agent.invited(desk.hub.admin, 'Linda', { queueIds: [own], role: 'supervisor' });
    desk.agents.push(lead);
    await eventually(async () => expect(await seenByOthers(lead)).toMatchObject({ state: 'busy', reason: null }));
    const ticket = await desk.aTicket('Nobody works here', desk.aPhone(), line);
    await eventually(async () => {
      const { routing } = await desk.hub.admin.call('tickets.routing', { params: { id: ticket.ticket.id } });
      expect(routing?.candidates).toMatchObject([{ agent: { name: 'Linda' }, removedBy: 'busy' }]);
    });
    expect(await assigneeOf(ticket)).toBeNull();
    await lead.api.call('me.setState', { body: { state: 'ready' } });
    await eventually(async () => expect(await assigneeOf(ticket)).toBe('Linda'));
    lead.disconnect();
    await lead.connect();
    await eventually(async () => expect(await seenByOthers(lead)).toMatchObject({ state: 'ready' }));
  });

  it('are wrap-up after a resolved ticket: nothing new comes until the time is over', async () => {
    const line = await desk.aLineTo(queue);
    const lise = await desk.invited('Lise', [queue]);
    await desk.hub.admin.call('agents.update', { params: { id: await idOf(lise) }, body: { capacity: 0.5 } });
    const first = await desk.aTicket('First to wrap up', desk.aPhone(), line);
    const second = await desk.aTicket('Second to wrap up', desk.aPhone(), line);
    await eventually(async () => expect(await assigneeOf(first)).toBe('Lise'));
    const reply = { ...replyBody(await desk.read(first.ticket.id), 'Done'), thenStatus: 'resolved' as const };
    await lise.api.call('tickets.reply', { params: { id: first.ticket.id }, body: reply });
    const { since, until } = await eventually(async () => {
      const now = await me(lise);
      expect(now.state).toBe('wrap-up');
      return now;
    });
    expect(Date.parse(until ?? '') - Date.parse(since)).toBe(5_000);
    const { routing } = await desk.hub.admin.call('tickets.routing', { params: { id: second.ticket.id } });
    expect(routing?.candidates).toMatchObject([{ removedBy: 'wrap-up' }]);
    await eventually(async () => expect(await assigneeOf(second)).toBe('Lise'));
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until ?? ''));
    expect(inShort(await history(lise)).slice(0, 2)).toEqual([
      ['ready', null, 'wrap-up'],
      ['wrap-up', null, 'wrap-up'],
    ]);

    // Prolonged, then left by choice, which no timer undoes.
    await lise.api.call('tickets.update', { params: { id: second.ticket.id }, body: { status: 'resolved' } });
    await eventually(async () => expect((await me(lise)).state).toBe('wrap-up'));
    const longer = await lise.api.call('me.extendWrapUp', { body: { seconds: 60 } });
    expect(Date.parse(longer.until ?? '') - Date.parse(longer.since)).toBe(65_000);
    expect(await lise.api.call('me.setState', { body: { state: 'ready' } })).toMatchObject({ state: 'ready' });
    expect(await lise.api.refused('me.extendWrapUp', { body: { seconds: 60 } })).toMatchObject({ code: 'conflict' });
  });

  it('are none of wrap-up for who is away, or set no time for the channel', async () => {
    const own = await desk.aQueue('Away');
    const line = await desk.aLineTo(own);
    const mary = await desk.invited('Mary', [own]);
    const ticket = await desk.aTicket('Resolved by who is away', desk.aPhone(), line);
    await eventually(async () => expect(await assigneeOf(ticket)).toBe('Mary'));
    await mary.api.call('me.setState', { body: { state: 'away', reasonId: 'break' } });
    await mary.api.call('tickets.update', { params: { id: ticket.ticket.id }, body: { status: 'resolved' } });
    // Had it begun, the routing of the next would have been after it.
    const next = await desk.aTicket('Another behind it', desk.aPhone(), line);
    await eventually(async () => {
      const { routing } = await desk.hub.admin.call('tickets.routing', { params: { id: next.ticket.id } });
      expect(routing?.candidates).toMatchObject([{ removedBy: 'away' }]);
    });
    expect((await history(mary)).map(({ state }) => state)).not.toContain('wrap-up');
  });

  it('are away by inactivity when nobody is at any browser, and come back to what they were', async () => {
    const nina = await desk.invited('Nina', []);
    const elsewhere = await Agent.at(nina.api);
    desk.agents.push(elsewhere);
    nina.says('active', false);
    elsewhere.says('active', true);
    await nina.settled();
    await elsewhere.settled();
    expect((await me(nina)).state).toBe('ready');
    elsewhere.says('active', false);
    await eventually(async () =>
      expect(await me(nina)).toMatchObject({ state: 'away', reason: { id: 'inactivity', name: 'Inactivity' } }),
    );
    nina.says('active', true);
    await eventually(async () => expect(await me(nina)).toMatchObject({ state: 'ready', reason: null }));
    // The browser that is not left closes: who is left has been inactive for long.
    nina.disconnect();
    await eventually(async () => expect((await me(nina)).reason?.id).toBe('inactivity'));
    expect(inShort(await history(nina)).slice(0, 3)).toEqual([
      ['away', 'Inactivity', 'inactivity'],
      ['ready', null, 'inactivity'],
      ['away', 'Inactivity', 'inactivity'],
    ]);
  });

  it('are offline some seconds after the last console has gone, since it went; a reload is no time offline', async () => {
    const olga = await desk.invited('Olga', []);
    await eventually(async () => expect(await seenByOthers(olga)).toMatchObject({ state: 'ready' }));
    olga.disconnect();
    await eventually(async () => expect(await seenByOthers(olga)).toMatchObject({ state: 'offline' }));
    await olga.connect();
    await eventually(async () => expect(await seenByOthers(olga)).toMatchObject({ state: 'ready' }));
    expect(inShort(await history(olga))).toEqual([['ready', null, 'connection']]);
    const left = Date.now();
    olga.disconnect();
    const spells = await eventually(async () => {
      const now = await history(olga);
      expect(inShort(now)).toEqual([
        ['offline', null, 'connection'],
        ['ready', null, 'connection'],
      ]);
      return now;
    });
    isWithoutGaps(spells);
    expect(Math.abs(Date.parse(spells[0]?.from ?? '') - left)).toBeLessThan(4_000);
  });

  it('tell how long a ticket was before whom: the latest tab has the word, what was passed by does not count', async () => {
    const ruth = await desk.invited('Ruth', [queue]);
    const agentId = await idOf(ruth);
    const one = (await desk.aTicket('One to be handled', desk.aPhone(), await desk.aLineTo(queue))).ticket;
    const two = (await desk.aTicket('Two to be handled', desk.aPhone(), await desk.aLineTo(queue))).ticket;
    const spells = async () =>
      (await desk.collection('handlingspells').find({ agentId }).sort({ _id: 1 }).toArray()) as unknown as Spell[];
    const tab = await Agent.at(ruth.api);
    desk.agents.push(tab);
    ruth.says('handling', two.id);
    ruth.says('handling', one.id);
    await eventually(async () => expect(await spells()).toMatchObject([{ ticketId: one.id, open: agentId }]));
    tab.says('handling', two.id);
    await eventually(async () => expect(await spells()).toHaveLength(2));
    const [first, second] = (await spells()) as [Spell, Spell];
    expect(first).toMatchObject({ ticketId: one.id, channel: 'sms', queueId: queue, to: second.from });
    expect(first).not.toHaveProperty('open');
    expect(second).toMatchObject({ ticketId: two.id, open: agentId });
    // Looked at again, the first has the word again.
    ruth.says('handling', one.id);
    await eventually(async () => expect((await spells())[2]).toMatchObject({ ticketId: one.id, open: agentId }));
    // It goes away, and the other has been there all the while.
    ruth.says('handling', null);
    await eventually(async () => expect((await spells())[3]).toMatchObject({ ticketId: two.id, open: agentId }));
    tab.disconnect();
    await eventually(async () => expect((await spells()).some((spell) => 'open' in spell)).toBe(false));
    const all = await spells();
    for (const [at, spell] of all.entries()) expect(+spell.to).toBeLessThanOrEqual(+(all[at + 1]?.from ?? spell.to));
  });
});

interface Spell {
  ticketId: string;
  from: Date;
  to: Date;
  open?: string;
}
