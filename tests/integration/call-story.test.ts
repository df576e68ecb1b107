import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_FEEDBACK, type CallView, type TicketDetail } from '@switchboard/contract';
import { identityOf } from '../../connectors/twilio/voice/identity.ts';
import type { Leg } from '../../connectors/simulator/voice/leg.ts';
import { Agent } from '../support/agent.ts';
import { callsIn, theCall } from '../support/calls.ts';
import { eventually, found } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { SmsLine } from '../support/sms.ts';
import { VoiceLine } from '../support/voice.ts';

const OUTSIDE = '+442079460109';
const BUSY = '+442079460110';

/** A whole hub, and a telephone that speaks as its provider does. */
describe('a call over the telephone', () => {
  let hub: TestHub;
  let line: VoiceLine;
  let grace: Agent;

  beforeAll(async () => {
    hub = await startHub();
    line = await VoiceLine.of(hub, { answering: ({ to }) => (to === BUSY ? 'busy' : 'answers') });
    const { items } = await hub.admin.call('queues.list', {});
    grace = await Agent.invited(hub.admin, 'Grace', { queueIds: items.map(({ id }) => id) });
  }, 120_000);
  afterAll(async () => {
    grace.disconnect();
    await hub.stop();
    await line.twilio.close();
    expect(line.problems).toEqual([]);
  });

  const read = (id: string): Promise<TicketDetail> => hub.admin.call('tickets.read', { params: { id } });
  const callOf = (ticketId: string, wanted: (call: CallView) => boolean) => theCall(hub.admin, ticketId, wanted);
  const accepts = async () => {
    const offer = await eventually(async () => found('an offer', (await grace.api.call('offers.list', {})).items[0]));
    await grace.api.call('offers.accept', { params: { id: offer.id } });
    return offer;
  };
  const joins = async (ticketId: string, who = grace, role = 'agent') => {
    const { id } = await who.api.call('session.read');
    return line.twilio.exchange.dialIn(`client:${identityOf(id)}`, { ticketId, role }, 'agent');
  };
  /** A caller whom Grace has on the line. */
  const talks = async (number: string) => {
    const caller = line.twilio.exchange.dialIn(number);
    const { ticketId } = await accepts();
    const browser = await joins(ticketId);
    const { id } = await callOf(ticketId, ({ phase }) => phase === 'talking');
    return { caller, browser, ticketId, params: { id } };
  };
  const done = async (params: { id: string }, who = grace) => {
    await who.api.call('calls.hangUp', { params });
    await who.api.call('calls.wrapUp', { params, body: { disposition: null, resolve: true } });
    await who.api.call('me.setState', { body: { state: 'ready' } });
  };
  /** What each of them hears now, by a word of each. */
  const hear = (who: Record<string, Leg>): string[] =>
    Object.entries(who).flatMap(([speaker, leg]) => {
      const word = `${speaker} ${crypto.randomUUID()}`;
      line.twilio.exchange.say(leg, word);
      return Object.entries(who)
        .filter(([, ear]) => ear.heard.includes(word))
        .map(([name]) => `${speaker} > ${name}`);
    });

  it('is offered, answered, held and hung up, and its caller hears what is said', async () => {
    const caller = line.twilio.exchange.dialIn('+14155550101');
    const { ticketId, preview } = await accepts();
    expect(preview).toBe('Is calling');
    const { id } = await callOf(ticketId, ({ phase }) => phase === 'connecting');
    const browser = await joins(ticketId);
    await callOf(ticketId, ({ phase }) => phase === 'talking');
    // Whoever calls is in no chat that they could leave.
    expect(await grace.api.call('tickets.visitor', { params: { id: ticketId } })).toEqual({ visitor: null });
    line.twilio.exchange.say(caller, 'Good morning');
    expect(browser.heard).toContain('Good morning');
    await grace.api.call('calls.hold', { params: { id }, body: { on: true } });
    expect([caller.ear, browser.ear]).toEqual(['music', 'silence']);
    await grace.api.call('calls.hold', { params: { id }, body: { on: false } });
    expect([caller.ear, browser.ear]).toEqual(['people', 'people']);
    await grace.api.call('calls.hangUp', { params: { id } });
    const call = await callOf(ticketId, ({ phase }) => phase === 'wrap-up');
    expect(call).toMatchObject({ outcome: 'answered', state: 'completed' });
    await grace.api.call('calls.wrapUp', { params: { id }, body: { disposition: 'Solved', resolve: true } });
    await eventually(async () => expect((await read(ticketId)).ticket.status).toBe('resolved'));
    await grace.api.call('me.setState', { body: { state: 'ready' } });
  });

  it('is followed by the question how it was, as a text to the number', async () => {
    const texts = await SmsLine.of(hub);
    const { items } = await hub.admin.call('queues.list', {});
    const asks = (on: boolean) =>
      hub.admin.call('queues.update', {
        params: { id: items[0]?.id ?? '' },
        body: { feedback: { ...DEFAULT_FEEDBACK, on, delayMinutes: 0 } },
      });
    await asks(true);
    const caller = line.twilio.exchange.dialIn('+14155550109');
    const { ticketId } = await accepts();
    await joins(ticketId);
    const { id } = await callOf(ticketId, ({ phase }) => phase === 'talking');
    line.twilio.exchange.hangUp(caller);
    await callOf(ticketId, ({ phase }) => phase === 'wrap-up');
    await grace.api.call('calls.wrapUp', { params: { id }, body: { disposition: 'Solved', resolve: true } });
    await eventually(() => expect(texts.sentTo('+14155550109').join()).toContain('Answer with 1 (very poor)'));
    await texts.receives(hub.url, '+14155550109', '5');
    await eventually(async () =>
      expect((await read(ticketId)).ticket).toMatchObject({ status: 'resolved', rating: 5 }),
    );
    await asks(false);
    await grace.api.call('me.setState', { body: { state: 'ready' } });
    await hub.admin.call('channelAccounts.update', { params: { id: texts.accountId }, body: { state: 'disabled' } });
    await texts.provider.close();
  });

  it('that its caller ends while it is offered is offered no more, and waits as a missed call', async () => {
    const caller = line.twilio.exchange.dialIn('+14155550102');
    const offer = await eventually(async () => found('an offer', (await grace.api.call('offers.list', {})).items[0]));
    line.twilio.exchange.hangUp(caller);
    await eventually(() =>
      expect(grace.passing).toContainEqual({ type: 'offer-ended', offerId: offer.id, how: 'withdrawn' }),
    );
    expect(await callOf(offer.ticketId, ({ endedAt }) => endedAt !== null)).toMatchObject({ outcome: 'abandoned' });
    const { ticket } = await read(offer.ticketId);
    expect(ticket).toMatchObject({ assignee: null, preview: { text: 'Missed call: hung up while waiting' } });
    expect(ticket.waitingSince).not.toBeNull();
    await hub.admin.call('tickets.update', { params: { id: ticket.id }, body: { status: 'resolved' } });
  });

  it('is made by an agent, whose customer answers', async () => {
    const number = '+14155550103';
    const body = { clientId: crypto.randomUUID(), number, channelAccountId: line.accountId };
    const { id, ticketId } = await grace.api.call('calls.start', { body });
    await joins(ticketId ?? '');
    await callOf(ticketId ?? '', ({ phase }) => phase === 'talking');
    await grace.api.call('calls.hangUp', { params: { id } });
    await callOf(ticketId ?? '', ({ phase, outcome }) => phase === 'wrap-up' && outcome === 'answered');
    await grace.api.call('calls.wrapUp', { params: { id }, body: { disposition: null, resolve: true } });
    await grace.api.call('me.setState', { body: { state: 'ready' } });
  });

  it('is taken to a colleague: the customer hears music, the two talk, then it is theirs with its ticket and note', async () => {
    const { caller, browser, ticketId, params } = await talks('+14155550110');
    const linus = await Agent.invited(hub.admin, 'Linus');
    const { id: agentId } = await linus.api.call('session.read');
    const ask = (clientId: string) =>
      grace.api.call('calls.consult', { params, body: { clientId, to: { agentId }, note: 'Wants a refund' } });
    // Declined: the customer still hears music, and she asks once more.
    await ask(crypto.randomUUID());
    await linus.api.call('calls.declineAside', { params });
    await callOf(ticketId, ({ aside, held }) => aside?.end === 'declined' && held);
    await ask(crypto.randomUUID());
    expect((await linus.api.call('calls.mine', {})).items).toMatchObject([{ aside: { note: 'Wants a refund' } }]);
    expect(await grace.api.refused('calls.endAside', { params, body: { how: 'complete' } })).toMatchObject({
      status: 409,
      message: expect.stringContaining('Linus has not answered yet'),
    });
    await linus.api.call('calls.joinAside', { params });
    const colleague = await joins(ticketId, linus);
    await callOf(ticketId, ({ aside, held }) => aside?.state === 'private' && held);
    expect(hear({ caller, browser, colleague })).toEqual(['browser > colleague', 'colleague > browser']);
    await grace.api.call('calls.endAside', { params, body: { how: 'complete' } });
    await callOf(ticketId, ({ agent, phase, held }) => agent?.id === agentId && phase === 'talking' && !held);
    await eventually(() => expect(browser.isOver).toBe(true));
    expect(hear({ caller, colleague })).toEqual(['caller > colleague', 'colleague > caller']);
    await eventually(async () => {
      const { ticket, entries } = await read(ticketId);
      expect(ticket.assignee?.id).toBe(agentId);
      expect(entries.filter((entry) => entry.type === 'note')).toMatchObject([{ text: 'Wants a refund' }]);
    });
    const call = await callOf(ticketId, ({ moments }) => moments.some(({ what }) => what === 'left'));
    expect(call.moments.map(({ what, who }) => `${what} ${who ?? ''}`.trim())).toEqual(
      expect.arrayContaining(['asked Linus', 'declined Linus', 'joined Linus', 'transferred Linus', 'left Grace']),
    );
    await done(params, linus);
    linus.disconnect();
  });

  it('brings a number in only where that is allowed, in a conference of three, and leaves it to it', async () => {
    const { caller, browser, ticketId, params } = await talks('+14155550111');
    const ask = (number: string) =>
      grace.api.call('calls.consult', { params, body: { clientId: crypto.randomUUID(), to: { number }, note: '' } });
    await expect(ask(OUTSIDE)).rejects.toThrow('may not go to outside numbers');
    await hub.admin.call('callRules.write', {
      params: { id: line.accountId },
      body: { outsideNumbers: true, showsListeners: true },
    });
    await ask(BUSY);
    await callOf(ticketId, ({ aside, held }) => aside?.end === 'busy' && held);
    await ask(OUTSIDE);
    const { aside } = await callOf(ticketId, (each) => each.aside?.state === 'private');
    const outside = found('the number', line.twilio.exchange.legs.get(aside?.legId ?? ''));
    await grace.api.call('calls.endAside', { params, body: { how: 'merge' } });
    await callOf(ticketId, (each) => each.aside?.end === 'merged' && !each.held);
    expect(hear({ caller, browser, outside })).toHaveLength(6);
    const leg = { id: params.id, leg: outside.sid };
    await grace.api.call('calls.holdLeg', { params: leg, body: { on: true } });
    expect(hear({ caller, browser, outside })).toEqual(['caller > browser', 'browser > caller']);
    await grace.api.call('calls.holdLeg', { params: leg, body: { on: false } });
    await grace.api.call('calls.leave', { params, body: { leg: outside.sid } });
    await callOf(ticketId, ({ phase }) => phase === 'forwarded');
    await eventually(() => expect(browser.isOver).toBe(true));
    expect(hear({ caller, outside })).toHaveLength(2);
    // Nobody is left with the customer: the call is over.
    await line.twilio.exchange.hangUp(outside);
    expect(await callOf(ticketId, ({ endedAt }) => endedAt !== null)).toMatchObject({
      outcome: 'answered',
      phase: 'over',
    });
    await eventually(() => expect(caller.isOver).toBe(true));
    const { items } = await hub.admin.call('audit.list', { query: {} });
    const actions = items.map(({ action }) => action);
    expect(actions.filter((action) => action === 'call.number-asked')).toHaveLength(2);
    expect(actions).toContain('call-rules.updated');
    await hub.admin.call('tickets.update', { params: { id: ticketId }, body: { status: 'resolved' } });
  });

  it('given to a number that is busy goes on to the next, and is hung up on while it rings', async () => {
    const { caller, ticketId, params } = await talks('+14155550112');
    await grace.api.call('calls.transfer', { params, body: { to: { number: BUSY }, note: '' } });
    await callOf(
      ticketId,
      ({ aside, phase }) => aside?.end === 'busy' && (phase === 'queue' || phase === 'connecting'),
    );
    await accepts();
    await joins(ticketId);
    await callOf(ticketId, ({ phase, held }) => phase === 'talking' && !held);
    const body = { clientId: crypto.randomUUID(), to: { number: OUTSIDE }, note: '' };
    await grace.api.call('calls.consult', { params, body });
    await line.twilio.exchange.hangUp(caller);
    await callOf(ticketId, ({ aside, phase }) => aside?.end === 'ended' && phase === 'wrap-up');
    const rung = [...line.twilio.exchange.legs.values()].filter(({ to }) => to === OUTSIDE);
    await eventually(() => expect(rung.every(({ isOver }) => isOver)).toBe(true));
    await grace.api.call('calls.wrapUp', { params, body: { disposition: null, resolve: true } });
    await grace.api.call('me.setState', { body: { state: 'ready' } });
  });

  it('whose agent’s browser dies while they are with a colleague is the colleague’s', async () => {
    const { caller, browser, ticketId, params } = await talks('+14155550113');
    const linus = await Agent.invited(hub.admin, 'Linus');
    const { id: agentId } = await linus.api.call('session.read');
    await grace.api.call('calls.consult', {
      params,
      body: { clientId: crypto.randomUUID(), to: { agentId }, note: '' },
    });
    await linus.api.call('calls.joinAside', { params });
    const colleague = await joins(ticketId, linus);
    await callOf(ticketId, ({ aside }) => aside?.state === 'private');
    await line.twilio.exchange.hangUp(browser);
    await callOf(ticketId, ({ phase }) => phase === 'connecting');
    // She does not come back.
    await grace.api.call('calls.unable', { params });
    await callOf(ticketId, ({ agent, phase, held }) => agent?.id === agentId && phase === 'talking' && !held);
    expect(hear({ caller, colleague })).toHaveLength(2);
    await done(params, linus);
    await grace.api.call('me.setState', { body: { state: 'ready' } });
    linus.disconnect();
  });

  it('is listened to, whispered into and barged into by who leads its queue, and its agent sees it unless it is set otherwise', async () => {
    const { caller, browser, ticketId, params } = await talks('+14155550114');
    const { id: adaId } = await hub.admin.call('session.read');
    expect(await grace.api.refused('calls.listen', { params, body: { as: 'monitor' } })).toMatchObject({ status: 403 });
    await hub.admin.call('calls.listen', { params, body: { as: 'monitor' } });
    const ada = line.twilio.exchange.dialIn(`client:${identityOf(adaId)}`, { ticketId, role: 'monitor' }, 'agent');
    await callOf(ticketId, ({ legs }) => legs.some(({ role, state }) => role === 'monitor' && state === 'joined'));
    const both = ['caller > browser', 'browser > caller'];
    const heard = () => hear({ caller, browser, ada }).sort();
    expect(heard()).toEqual([...both, 'browser > ada', 'caller > ada'].sort());
    await hub.admin.call('calls.listen', { params, body: { as: 'coach' } });
    expect(heard()).toEqual([...both, 'browser > ada', 'caller > ada', 'ada > browser'].sort());
    await hub.admin.call('calls.listen', { params, body: { as: 'agent' } });
    expect(heard()).toHaveLength(6);
    await line.twilio.exchange.hangUp(ada);
    const seen = await callOf(ticketId, ({ legs }) =>
      legs.some(({ agentId, state }) => agentId === adaId && state === 'left'),
    );
    expect(seen.moments.map(({ what }) => what)).toEqual(expect.arrayContaining(['listens', 'whispers', 'left']));
    const rules = { outsideNumbers: true, showsListeners: false };
    await hub.admin.call('callRules.write', { params: { id: line.accountId }, body: rules });
    await hub.admin.call('calls.listen', { params, body: { as: 'monitor' } });
    const again = line.twilio.exchange.dialIn(`client:${identityOf(adaId)}`, { ticketId, role: 'monitor' }, 'agent');
    await eventually(() => expect(hear({ caller, again })).toEqual(['caller > again']));
    await line.twilio.exchange.settled();
    await grace.api.call('calls.hold', { params, body: { on: true } });
    const hidden = await callOf(ticketId, ({ held }) => held);
    expect(hidden.legs.filter(({ agentId, state }) => agentId === adaId && state === 'joined')).toEqual([]);
    expect(hidden.moments.filter(({ what }) => what === 'listens')).toHaveLength(1);
    await done(params);
  });

  it('that was killed in the middle goes on', async () => {
    const caller = line.twilio.exchange.dialIn('+14155550104');
    const { ticketId } = await accepts();
    await joins(ticketId);
    await callOf(ticketId, ({ phase }) => phase === 'talking');
    await hub.kill('SIGKILL');
    const again = await startHub({ dataDir: hub.dataDir, port: hub.port });
    try {
      line.twilio.exchange.hangUp(caller);
      const ended = await eventually(async () => {
        const detail = await again.admin.call('tickets.read', { params: { id: ticketId } });
        return found(
          'the end',
          callsIn(detail).find(({ endedAt }) => endedAt !== null),
        );
      });
      expect(ended).toMatchObject({ outcome: 'answered', phase: 'wrap-up' });
    } finally {
      await again.kill('SIGTERM');
    }
  });
});
