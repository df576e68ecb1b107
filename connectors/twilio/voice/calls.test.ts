import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallStep, CallTurn } from '@switchboard/contract';
import { eventually } from '../../../tests/support/eventually.ts';
import { VoiceHub } from '../../../tests/support/voice-hub.ts';
import { identityOf } from './identity.ts';

const agentId = '018f0000-0000-7000-8000-00000000000a';
const ticketId = '018f0000-0000-7000-8000-00000000000b';
const customer = '+14155550100';
const english = (text: string) => [{ text, language: 'en-US' }];

const menu: CallStep = {
  does: 'ask',
  step: 'menu:1',
  say: english('One for orders, two for returns.'),
  keys: ['1', '2'],
  speech: null,
  timeoutSeconds: 5,
};
const line: CallStep = { does: 'wait', say: english('You are next.'), musicUrl: null, musicSeconds: 20, keys: ['1'] };
const voicemail: CallStep = {
  does: 'record',
  say: english('Please leave a message.'),
  maxSeconds: 60,
  transcribe: true,
};
const room = (role: 'customer' | 'agent', turn?: CallTurn): CallStep => ({
  does: 'join',
  room: 'call-1',
  role,
  endsRoom: role === 'customer',
  record: role === 'customer',
  say: [],
  ...(turn && { customer }),
});
const scripted = (turn: CallTurn): CallStep => {
  if (turn.at.what === 'arrived') return menu;
  if (turn.at.what === 'answered') return line;
  if (turn.at.what === 'waiting') return turn.at.key === '1' ? voicemail : line;
  if (turn.at.what === 'left') return voicemail;
  if (turn.at.what === 'agent') return room('agent', turn);
  return { does: 'hang-up', say: english('Goodbye.') };
};

describe.each([{ jumbled: false }, { jumbled: true }])('a phone call, reports $jumbled', ({ jumbled }) => {
  let hub: VoiceHub;
  beforeEach(async () => {
    hub = await VoiceHub.start({ jumbled });
    hub.script = scripted;
  });
  afterEach(async () => {
    await hub.stop();
    expect([hub.problems, hub.errors]).toEqual([[], []]);
  });
  const turned = (what: CallTurn['at']['what'], times = 1) =>
    eventually(async () => expect(hub.turns.filter(({ at }) => at.what === what).length).toBeGreaterThanOrEqual(times));
  const settle = () => hub.twilio.exchange.settled();

  it('goes through menu, line, room, hold and end', async () => {
    const { exchange } = hub.twilio;
    const caller = exchange.dialIn(customer, { StirVerstat: 'TN-Validation-Passed-A' });
    await eventually(async () => expect(caller.heard).toContain('One for orders, two for returns.'));
    caller.give({ key: '2' });
    await turned('waiting');
    expect(hub.turns.find(({ at }) => at.what === 'answered')).toMatchObject({
      customer: { externalId: customer, handles: [{ type: 'phone', value: customer }] },
      at: { step: 'menu:1', key: '2' },
    });

    const browser = exchange.dialIn(`client:${identityOf(agentId)}`, { ticketId, role: 'agent' }, 'agent');
    await turned('agent');
    expect(hub.turns.at(-1)?.at).toMatchObject({ what: 'agent', agentId, ticketId, role: 'agent' });
    const about = { callExternalId: caller.sid, customer };
    await hub.control({ action: 'steer', step: room('customer') }, about);
    await eventually(async () => expect(exchange.rooms.find('call-1')?.status).toBe('in-progress'));

    await hub.control({ action: 'hold', room: 'call-1', legExternalId: caller.sid, on: true }, about);
    await hub.control({ action: 'hold', room: 'call-1', legExternalId: caller.sid, on: false }, about);
    await hub.control({ action: 'recording', room: 'call-1', to: 'paused' }, about);
    expect(exchange.recordings[0]).toMatchObject({ source: 'Conference', status: 'paused' });
    await hub.control({ action: 'recording', room: 'call-1', to: 'on' }, about);
    exchange.say(caller, 'Thank you, bye!');
    expect(browser.heard).toEqual(['Thank you, bye!']);
    await exchange.hangUp(caller);
    await eventually(async () => expect(browser.isOver).toBe(true));
    await settle();

    const changes = hub.changes();
    const legs = changes.flatMap(({ leg }) => (leg ? [`${leg.role} ${leg.change}`] : [])).sort();
    expect(legs).toEqual([
      'agent joined',
      'agent left',
      'customer held',
      'customer joined',
      'customer left',
      'customer resumed',
    ]);
    expect(changes.find(({ leg }) => leg?.role === 'agent')).toMatchObject({
      room: 'call-1',
      leg: { agentId, externalId: browser.sid },
    });
    expect(changes.flatMap(({ queue }) => (queue && queue.result !== 'waiting' ? [queue.result] : []))).toEqual([
      'redirected',
    ]);
    expect(changes.flatMap(({ recording }) => (recording ? [recording.state] : [])).sort()).toEqual([
      'completed',
      'in-progress',
    ]);
    expect(changes.findLast(({ state }) => state === 'completed')).toMatchObject({
      externalId: caller.sid,
      sequence: 0,
    });
    expect(changes.find(({ attestation }) => attestation)).toMatchObject({
      state: 'ringing',
      attestation: 'TN-Validation-Passed-A',
    });
  });

  it('is written down while it is recorded and its customer is in the room, and no longer', async () => {
    const { exchange } = hub.twilio;
    const written = { ...room('customer'), transcribe: 'de' } as CallStep;
    hub.script = (turn) => (turn.at.what === 'arrived' ? written : scripted(turn));
    const browser = exchange.dialIn(`client:${identityOf(agentId)}`, { ticketId, role: 'agent' }, 'agent');
    await turned('agent');
    const caller = exchange.dialIn(customer);
    const isIn = () =>
      eventually(async () => expect(exchange.rooms.find('call-1')?.members.has(caller.sid)).toBe(true));
    await isIn();
    const about = { callExternalId: caller.sid, customer };
    const record = (to: 'paused' | 'on') =>
      hub.control({ action: 'recording', room: 'call-1', to, transcribe: 'de' }, about);
    exchange.say(caller, 'Guten Tag');
    exchange.say(browser, 'Wie kann ich helfen?');
    await record('paused');
    await record('paused');
    exchange.say(caller, '4111 1111 1111 1111');
    await record('on');
    await record('on');
    exchange.say(caller, 'Danke');
    await hub.control({ action: 'steer', step: { ...line, endsTranscript: true } as CallStep }, about);
    await eventually(async () => expect(exchange.transcripts.isRunning(caller)).toBe(false));
    exchange.say(caller, 'Hört mich jemand?');
    await hub.control({ action: 'steer', step: written }, about);
    await isIn();
    exchange.say(caller, 'Noch etwas');
    await exchange.hangUp(caller);
    await settle();
    const said = hub.events
      .flatMap(({ call, occurredAt }) => (call.said ? [{ ...call.said, call: call.externalId, at: occurredAt }] : []))
      .sort((a, b) => (`${a.at}${a.id}` < `${b.at}${b.id}` ? -1 : 1));
    expect(said.map(({ by, text }) => `${by}: ${text}`)).toEqual([
      'customer: Guten Tag',
      'us: Wie kann ich helfen?',
      'customer: Danke',
      'customer: Noch etwas',
    ]);
    expect(new Set(said.map(({ call }) => call))).toEqual(new Set([caller.sid]));
    expect(exchange.transcripts.languages).toEqual(['de-DE', 'de-DE', 'de-DE', 'de-DE']);
  });

  it('goes on to a menu from a room, unwritten', async () => {
    const { exchange } = hub.twilio;
    const written = { ...room('customer'), transcribe: 'en' } as CallStep;
    hub.script = ({ at }) => (at.what === 'arrived' ? written : at.what === 'parted' ? menu : room('agent'));
    exchange.dialIn(`client:${identityOf(agentId)}`, { ticketId, role: 'agent' }, 'agent');
    const caller = exchange.dialIn(customer);
    await eventually(async () => expect(exchange.rooms.find('call-1')?.members.size).toBe(2));
    await hub.control({ action: 'remove', room: 'call-1', legExternalId: caller.sid }, { callExternalId: caller.sid });
    await eventually(async () => expect(caller.heard).toContain('One for orders, two for returns.'));
    expect(exchange.transcripts.isRunning(caller)).toBe(false);
    await exchange.hangUp(caller);
    await settle();
  });

  it('leaves the line for a voicemail, whose sound and words come later', async () => {
    const caller = hub.twilio.exchange.dialIn(customer);
    await eventually(async () => expect(caller.heard).toContain('One for orders, two for returns.'));
    caller.give({ key: '1' });
    await turned('waiting');
    caller.give({ key: '1' });
    await eventually(async () => expect(caller.heard).toContain('Please leave a message.'));
    caller.give({ message: 'Please call me back.', seconds: 7 });
    await turned('recorded');
    await eventually(async () => expect(caller.isOver).toBe(true));
    await settle();
    const voicemails = hub.changes().flatMap(({ recording }) => (recording ? [recording] : []));
    expect(voicemails.every(({ of }) => of === 'voicemail')).toBe(true);
    const ready = voicemails.find(({ source, transcript }) => source && !transcript);
    expect(ready).toMatchObject({ state: 'completed', durationSeconds: 7 });
    expect(voicemails.find(({ transcript }) => transcript)?.transcript).toBe('Please call me back.');
    const sound = await hub.channel.openMedia?.(ready?.source ?? '', () => Promise.reject(new Error('not needed')));
    let bytes = 0;
    for await (const chunk of sound ?? []) bytes += (chunk as Buffer).length;
    expect(bytes).toBe(44 + 7 * 8000);
  });

  it('tells that somebody hung up while waiting', async () => {
    const caller = hub.twilio.exchange.dialIn(customer);
    caller.give({ key: '1' });
    await turned('waiting');
    await hub.twilio.exchange.hangUp(caller);
    await settle();
    const changes = hub.changes();
    expect(changes.find(({ queue }) => queue?.result === 'hung-up')).toMatchObject({
      state: 'completed',
      queue: { said: 'hangup' },
    });
  });
});

describe('calls that the hub makes', () => {
  let hub: VoiceHub;
  beforeEach(async () => {
    hub = await VoiceHub.start({
      answering: ({ to }) => (to.endsWith('1') ? 'busy' : to.endsWith('2') ? 'rings' : 'answers'),
    });
    hub.script = scripted;
  });
  afterEach(async () => {
    await hub.stop();
    expect([hub.problems, hub.errors]).toEqual([[], []]);
  });
  const dial = (to: string) =>
    hub.control(
      {
        action: 'dial',
        line: '+15005550006',
        step: { does: 'hang-up', say: english('Hello!') },
        timeoutSeconds: 10,
        detectMachine: true,
      },
      { customer: to },
    );

  it.each([
    ['+14155550103', 'completed'],
    ['+14155550101', 'busy'],
    ['+14155550102', 'missed'],
  ] as const)('%s ends %s', async (to, state) => {
    const sid = await dial(to);
    await eventually(async () => expect(hub.changes().map((change) => change.state)).toContain(state));
    const end = hub.events.find(({ call }) => call.state === state);
    expect(end).toMatchObject({
      sender: { externalId: to },
      call: { externalId: sid, direction: 'outbound', line: '+15005550006' },
    });
    expect(end?.call.commandId).toBeDefined();
  });

  it('says in plain words why it cannot', async () => {
    await expect(dial('12')).rejects.toMatchObject({ code: 'rejected', message: '12 is not a phone number' });
    const sid = await dial('+14155550103');
    await eventually(async () => expect(hub.changes().map(({ state }) => state)).toContain('completed'));
    const steer = hub.control({ action: 'steer', step: { does: 'hang-up', say: [] } }, { callExternalId: sid });
    await expect(steer).rejects.toMatchObject({ code: 'rejected', message: 'The call has ended already (21220)' });
    const hold = hub.control({ action: 'hold', room: 'nowhere', legExternalId: sid, on: true });
    await expect(hold).rejects.toMatchObject({ code: 'rejected', message: expect.stringContaining('has ended') });
    const coach = hub.control({ action: 'invite', room: 'r', who: { agentId }, role: 'coach', timeoutSeconds: 20 });
    await expect(coach).rejects.toMatchObject({ code: 'rejected' });
  });

  it('calls a number into a room, and lets it listen, whisper and go', async () => {
    const { exchange } = hub.twilio;
    hub.script = (turn) => (turn.at.what === 'arrived' ? room('customer') : scripted(turn));
    const caller = exchange.dialIn(customer);
    await eventually(async () => expect(exchange.rooms.find('call-1')).toBeDefined());
    const about = { callExternalId: caller.sid, customer };
    const leg = await hub.control(
      { action: 'invite', room: 'call-1', who: { number: '+442079460109' }, role: 'number', timeoutSeconds: 20 },
      about,
    );
    await eventually(async () => expect(exchange.rooms.find('call-1')?.members.size).toBe(2));
    await hub.control({ action: 'role', room: 'call-1', legExternalId: leg, role: 'monitor' }, about);
    expect(exchange.rooms.find('call-1')?.members.get(leg)).toMatchObject({ muted: true, coaching: false });
    await hub.control(
      { action: 'role', room: 'call-1', legExternalId: leg, role: 'coach', coaches: caller.sid },
      about,
    );
    expect(exchange.rooms.find('call-1')?.members.get(leg)).toMatchObject({ muted: false, coaching: true });
    await hub.control({ action: 'remove', room: 'call-1', legExternalId: leg }, about);
    await eventually(async () => expect(hub.changes().map(({ leg: one }) => one?.change)).toContain('left'));
    expect(
      hub.changes().find((change) => change.leg?.change === 'joined' && change.leg.role === 'number'),
    ).toMatchObject({
      externalId: caller.sid,
      leg: { externalId: leg, number: '+442079460109' },
    });
  });
});

describe('when the hub has no answer', () => {
  it('apologises in the language of the account, hangs up and says so in the log', async () => {
    const hub = await VoiceHub.start();
    hub.script = () => Promise.reject(new Error('Calls have not started'));
    const caller = hub.twilio.exchange.dialIn(customer);
    await eventually(async () => expect(caller.isOver).toBe(true));
    expect(caller.heard).toEqual([expect.stringContaining('We are sorry')]);
    expect(hub.errors).toEqual([expect.objectContaining({ turn: 'arrived', reason: 'Calls have not started' })]);
    await hub.stop();
    expect(hub.problems).toEqual([]);
  });
});

describe('the line of an agent', () => {
  it('is a browser that dials with the token of the hub, hears and hangs up', async () => {
    const hub = await VoiceHub.start();
    hub.script = scripted;
    const softphone = await hub.channel.agentLine?.(agentId);
    expect(softphone).toMatchObject({ kind: 'simulated', url: hub.twilio.url });
    const post = (path: string, body: object) =>
      fetch(`${hub.twilio.url}/softphone/calls${path}`, { method: 'POST', body: JSON.stringify(body) });
    expect((await post('', { token: 'no', ticketId })).status).toBe(401);
    const { token } = softphone ?? {};
    const { id } = (await (await post('', { token, ticketId, role: 'monitor' })).json()) as { id: string };
    await eventually(async () =>
      expect(hub.turns.at(-1)?.at).toMatchObject({ what: 'agent', agentId, role: 'monitor' }),
    );
    await post(`/${id}`, { token, do: 'hang-up' });
    expect(hub.twilio.exchange.legs.get(id)?.isOver).toBe(true);
    await hub.stop();
    expect(hub.problems).toEqual([]);
  });

  it('is checked with the account: webhooks and app must point to us', async () => {
    const hub = await VoiceHub.start();
    expect(await hub.channel.check()).toMatchObject({ ok: true });
    hub.twilio.exchange.reach('https://elsewhere.example/old');
    const health = await hub.channel.check();
    expect(health).toMatchObject({ ok: false, code: 'rejected' });
    expect(JSON.stringify(health)).toMatch(/A call comes in.*Call status changes.*TwiML app/);
    await hub.stop();
  });
});
