import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallView } from '@switchboard/contract';
import { identityOf } from '../../connectors/twilio/voice/identity.ts';
import { Agent } from '../support/agent.ts';
import { callsIn } from '../support/calls.ts';
import { eventually, found } from '../support/eventually.ts';
import { twilioSignature } from '../support/fake-twilio.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { VoiceLine } from '../support/voice.ts';

const OUTSIDE = '+442079460100';
const BUSY = '+442079460101';
const NOBODY = '+442079460102';
const folder = join(import.meta.dirname, '../fixtures/twilio-voice');

let hub: TestHub;
let line: VoiceLine;

/** As it is now. */
async function callNow(number: string, wanted: (call: CallView) => boolean): Promise<CallView> {
  const { items } = await hub.admin.call('tickets.list', { query: { view: 'all' } });
  const row = found(
    'the ticket',
    items.find(({ customer }) => customer.name === number),
  );
  const calls = callsIn(await hub.admin.call('tickets.read', { params: { id: row.id } }));
  expect(calls).toHaveLength(1);
  return found('the call', calls.find(wanted));
}
const times = ({ moments }: CallView, what: CallView['moments'][number]['what']) =>
  moments.filter((moment) => moment.what === what).length;
const has = ({ moments }: CallView, what: CallView['moments'][number]['what'], who: string) =>
  moments.some((moment) => moment.what === what && moment.who === who);

/** Reports come each twice, and every second one before the one before it. */
describe('a call that its agent gives to a number outside', () => {
  let grace: Agent;
  let graceId: string;
  beforeAll(async () => {
    hub = await startHub();
    const how: Record<string, 'busy' | 'rings'> = { [BUSY]: 'busy', [NOBODY]: 'rings' };
    line = await VoiceLine.of(hub, { jumbled: true, answering: ({ to }) => how[to] ?? 'answers' });
    const body = { outsideNumbers: true, showsListeners: true };
    await hub.admin.call('callRules.write', { params: { id: line.accountId }, body });
    const { items } = await hub.admin.call('queues.list', {});
    grace = await Agent.invited(hub.admin, 'Grace', { queueIds: items.map(({ id }) => id) });
    graceId = (await grace.api.call('session.read')).id;
  }, 120_000);
  afterAll(async () => {
    grace.disconnect();
    await hub.stop();
    await line.twilio.close();
    expect(line.problems).toEqual([]);
  });

  /** One that is held back comes when nothing follows it. */
  const told = <T>(look: () => T | Promise<T>): Promise<T> =>
    eventually(async () => {
      await line.twilio.exchange.settled();
      return look();
    });

  it.each([
    { how: 'answers and hangs up', from: '+14155550120', number: OUTSIDE, end: 'completed', then: 'left' },
    { how: 'is busy', from: '+14155550121', number: BUSY, end: 'busy', then: 'requeued' },
    { how: 'nobody answers', from: '+14155550122', number: NOBODY, end: 'unanswered', then: 'requeued' },
  ] as const)('that $how has one effect', async ({ from, number, end, then }) => {
    const { exchange } = line.twilio;
    const caller = exchange.dialIn(from);
    const offered = () =>
      told(async () => {
        const { items } = await grace.api.call('offers.list', {});
        return found(
          'the offer',
          items.find(({ customer }) => customer === from),
        );
      });
    const offer = await offered();
    await grace.api.call('offers.accept', { params: { id: offer.id } });
    exchange.dialIn(`client:${identityOf(graceId)}`, { ticketId: offer.ticketId, role: 'agent' }, 'agent');
    const { id } = await told(() => callNow(from, ({ phase }) => phase === 'talking'));
    await grace.api.call('calls.transfer', { params: { id }, body: { to: { number }, note: '' } });
    const theirs = () => [...exchange.legs.values()].filter((leg) => leg.to === number);
    if (number === OUTSIDE) {
      await told(() => callNow(from, ({ aside }) => aside?.state === 'over'));
      for (const leg of theirs()) await exchange.hangUp(leg);
    }
    await told(() => callNow(from, (call) => call.aside?.end === end && has(call, then, number)));
    // With the number that it was given to the call is over by itself.
    if (number !== OUTSIDE) {
      await offered();
      await exchange.hangUp(caller);
    }
    const { moments, outcome, legs } = await told(() => callNow(from, ({ endedAt }) => endedAt !== null));
    expect(caller.isOver).toBe(true);
    expect(theirs()).toHaveLength(1);
    expect(outcome).toBe('answered');
    expect(legs.filter(({ role }) => role === 'number')).toHaveLength(1);
    const course = moments.map(({ what, who }) => `${what} ${who}`);
    expect(course).toEqual([...new Set(course)]);
    // Who was asked to take them is asked no more, and has missed nobody.
    const asked = () => grace.api.call('tickets.routing', { params: { id: offer.ticketId } });
    if (number !== OUTSIDE)
      await told(async () => expect((await asked()).offers.map(({ how }) => how)).toContain('withdrawn'));
    expect((await asked()).offers.map(({ how }) => how)).not.toContain('missed');
    // Nobody is offered it again while the next one calls.
    await hub.admin.call('tickets.update', { params: { id: offer.ticketId }, body: { status: 'resolved' } });
  });
});

describe('a caller whom the menu leads to a number outside', () => {
  let token: string;
  beforeAll(async () => {
    hub = await startHub();
    line = await VoiceLine.of(hub);
    token = String(line.twilio.settings['authToken']);
    const params = { id: line.accountId };
    const { changed: _, ...menu } = await hub.admin.call('callMenus.read', { params });
    const nodes = [
      { id: 'Boss', does: 'number' as const, say: {}, number: OUTSIDE, otherwise: 'Note' },
      { id: 'Note', does: 'voicemail' as const, say: {} },
    ];
    await hub.admin.call('callMenus.write', { params, body: { ...menu, start: 'Boss', closed: 'Boss', nodes } });
  }, 120_000);
  afterAll(async () => {
    await hub.stop();
    await line.twilio.close();
  });

  async function posts(path: string, fields: URLSearchParams): Promise<string> {
    const url = `${hub.url}/webhooks/${line.accountId}${path}`;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': twilioSignature(token, url, fields),
      },
      body: fields.toString(),
    });
    expect(response.status).toBe(200);
    return response.text();
  }
  /** The provider's very words, of this call. */
  function told(name: string, { sid, from }: { sid: string; from: string }): Promise<string> {
    const ours = (text: string) =>
      text
        .replaceAll(`CA${'1'.repeat(32)}`, sid)
        .replaceAll(`CA${'2'.repeat(32)}`, sid.replace('CAa', 'CAb'))
        .replaceAll('%2B14155550100', encodeURIComponent(from))
        .replaceAll('AC00000000000000000000000000000001', String(line.twilio.settings['accountSid']));
    const [head = '', body = ''] = readFileSync(join(folder, `${name}.request.http`), 'utf8').split('\n\n');
    const [, path = ''] = /^POST (\S+) HTTP/.exec(head) ?? [];
    return posts(ours(path), new URLSearchParams(ours(body)));
  }

  const courses = {
    done: ['led-to-number-rings', 'led-to-number-answered', 'led-to-number-completed', 'led-to-number-then-done'],
    busy: ['led-to-number-busy', 'led-to-number-then-busy'],
    'no-answer': ['led-to-number-rings', 'led-to-number-no-answer', 'led-to-number-then-no-answer'],
  };
  const orders: [string, (names: string[]) => string[]][] = [
    ['once each', (names) => names],
    ['each twice', (names) => names.flatMap((name) => [name, name])],
    ['the other way round', (names) => names.toReversed()],
    ['twice, the second time the other way round', (names) => [...names, ...names.toReversed()]],
  ];
  let calls = 0;
  it.each(
    Object.entries(courses).flatMap(([course, names]) =>
      orders.map(([how, order]) => ({ course, how, names: order(names) })),
    ),
  )('$course, told $how, is one effect', async ({ course, names }) => {
    calls += 1;
    const call = {
      sid: `CAa${String(calls).padStart(31, '0')}`,
      from: `+141555502${String(calls).padStart(2, '0')}`,
    };
    const about = {
      ...{ AccountSid: String(line.twilio.settings['accountSid']), CallSid: call.sid, From: call.from },
      ...{ To: '+15550006677', Direction: 'inbound' },
    };
    const first = await posts('', new URLSearchParams({ ...about, CallStatus: 'ringing' }));
    expect(first).toContain(OUTSIDE);
    const answers = new Map<string, string>();
    for (const name of names) answers.set(name, await told(name, call));
    const then = answers.get(`led-to-number-then-${course}`) ?? '';
    expect(then).toMatch(course === 'done' ? /<Hangup\/>/ : /<Record /);
    const over = { CallStatus: 'completed', CallDuration: '70' };
    await posts('/status', new URLSearchParams({ ...about, ...over }));
    const ended = await eventually(() => callNow(call.from, ({ endedAt }) => endedAt !== null));
    expect(ended.outcome).toBe(course === 'done' ? 'forwarded' : 'missed');
    expect(times(ended, course === 'done' ? 'left' : 'unreached')).toBe(1);
    expect(times(ended, 'joined')).toBeLessThanOrEqual(course === 'done' ? 1 : 0);
    expect(ended.legs).toMatchObject([{ role: 'number', state: course === 'done' ? 'left' : 'unreached' }]);
  });
});
