import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_FEEDBACK, type CallEntry, type CallView, type TicketDetail } from '@switchboard/contract';
import { identityOf } from '../../connectors/twilio/voice/identity.ts';
import { Agent } from '../support/agent.ts';
import { eventually, found } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { SmsLine } from '../support/sms.ts';
import { VoiceLine } from '../support/voice.ts';

/** A whole hub, and a telephone that speaks as its provider does. */
describe('a call over the telephone', () => {
  let hub: TestHub;
  let line: VoiceLine;
  let grace: Agent;

  beforeAll(async () => {
    hub = await startHub();
    line = await VoiceLine.of(hub, { answering: () => 'answers' });
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
  const callsIn = ({ entries }: TicketDetail): CallView[] =>
    entries.filter((entry): entry is CallEntry => entry.type === 'call').map(({ call }) => call);
  const callOf = (ticketId: string, wanted: (call: CallView) => boolean): Promise<CallView> =>
    eventually(async () => found('the call', callsIn(await read(ticketId)).findLast(wanted)));
  const accepts = async () => {
    const offer = await eventually(async () => found('an offer', (await grace.api.call('offers.list', {})).items[0]));
    await grace.api.call('offers.accept', { params: { id: offer.id } });
    return offer;
  };
  const joins = async (ticketId: string) => {
    const { id } = await grace.api.call('session.read');
    return line.twilio.exchange.dialIn(`client:${identityOf(id)}`, { ticketId, role: 'agent' }, 'agent');
  };

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
    await grace.api.call('calls.hold', { params: { id }, body: { on: false } });
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
