import { describe, expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY, DEFAULT_QUEUE_ROUTING, Priority, type QueueRouting } from '@switchboard/contract';
import { random } from './random.ts';
import type { Arrival, LabAgent, Played, Rules, Scene } from './scene.ts';
import { Simulation } from './simulate.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const start = Date.UTC(2026, 2, 2);

const arrival = (more: Partial<Arrival> = {}): Arrival => ({
  ...{ ticketId: 't', customerId: 'c', queueId: 'a', channel: 'webchat', priority: 'normal' },
  ...{ at: start, createdAt: more.at ?? start, placedWith: null, live: true, waited: 0, gone: null },
  dueAt: (more.at ?? start) + MINUTE,
  course: chat(MINUTE),
  ...more,
});
/** Answered after five seconds, over after `ms`. */
const chat = (ms: number) => ({
  steps: [
    { after: 5 * SECOND, does: 'first-reply' as const },
    { after: ms, does: 'resolved' as const },
  ],
  handledMs: ms,
});
const agent = (id: string, more: Partial<LabAgent> = {}): LabAgent => ({
  ...{ id, name: id, skills: [], queueIds: ['a'], capacity: 1, duty: [[start, start + DAY]] },
  ...more,
});
const scene = (arrivals: Arrival[], more: Partial<Scene> = {}): Scene => ({
  ...{ start, from: start, to: start + DAY, lastAgents: {}, offers: { acceptedShare: 1, acceptMs: 3 * SECOND } },
  arrivals: arrivals.toSorted((a, b) => a.at - b.at),
  ...more,
});
const queue = (id: string, routing: Partial<QueueRouting> = {}, open: Rules['queues'][number]['open'] = null) => ({
  ...{ id, name: id.toUpperCase(), open },
  routing: { ...DEFAULT_QUEUE_ROUTING, ...routing },
});
const rules = (agents: LabAgent[], queues = [queue('a')], more: Partial<Rules> = {}): Rules => ({
  ...{ agents, queues, capacity: DEFAULT_CAPACITY },
  ...more,
});
const play = (of: Scene, by: Rules, seed = 0): Played => new Simulation(of, by, seed).run();
/** Who was given what, and after how many seconds. */
const given = ({ told }: Played) =>
  told
    .filter(({ kind }) => kind === 'assigned')
    .map(({ of, agentId, ms = 0 }) => [of, agentId, ms / SECOND] as const)
    .toSorted(([one], [other]) => one - other);

describe('the replay of a week', () => {
  it('gives what waits to who is free, the most pressing and then the oldest first', () => {
    const arrivals = [
      arrival(),
      arrival({ at: start + SECOND }),
      arrival({ at: start + 2 * SECOND }),
      arrival({ at: start + 3 * SECOND, priority: 'urgent' }),
    ];
    expect(given(play(scene(arrivals), rules([agent('ann')])))).toEqual([
      [0, 'ann', 0],
      [1, 'ann', 119],
      [2, 'ann', 178],
      [3, 'ann', 57],
    ]);
  });

  it('says what the metrics would: answered by when, by whom', () => {
    const { told } = play(scene([arrival(), arrival({ at: start + SECOND })]), rules([agent('ann')]));
    expect(told.filter(({ kind }) => kind === 'first-response').map(({ ms, inTime }) => [ms, inTime])).toEqual([
      [5 * SECOND, true],
      [64 * SECOND, false],
    ]);
  });

  it.each<[string, Rules, readonly (readonly [number, string, number])[]]>([
    [
      'skills',
      rules([agent('ann'), agent('bob', { skills: [{ name: 'de', level: 3 }] })], [queue('a', needs(3))]),
      [[0, 'bob', 0]],
    ],
    [
      'relaxed skills',
      rules([agent('ann')], [queue('a', { ...needs(3), relax: [{ afterSeconds: 90, lowerBy: null }] })]),
      [[0, 'ann', 90]],
    ],
    [
      'another queue’s help',
      rules([agent('ann', { queueIds: ['b'] })], [helpedAfter(30, 'offer'), queue('b')]),
      [[0, 'ann', 30]],
    ],
    [
      'a move to another queue',
      rules([agent('ann', { queueIds: ['b'] })], [helpedAfter(30, 'move'), queue('b')]),
      [[0, 'ann', 30]],
    ],
    ['the hours of the queue', rules([agent('ann')], [closedUntil(HOUR)]), [[0, 'ann', 3600]]],
    ['the hours of the agent', rules([agent('ann', { duty: [[start + MINUTE, start + HOUR]] })]), [[0, 'ann', 60]]],
    [
      'an offer',
      rules([agent('ann')], [queue('a', { offers: { webchat: { seconds: 20, missed: 'stay' } } })]),
      [[0, 'ann', 3]],
    ],
    ['nobody', rules([agent('ann', { capacity: 0 })]), []],
  ])('goes by %s', (_, by, expected) => expect(given(play(scene([arrival()]), by))).toEqual(expected));

  it('asks the next where an offer is let pass, and the same one again where nobody else is left', () => {
    const offers = { webchat: { seconds: 20, missed: 'stay' as const } };
    const never = { offers: { acceptedShare: 0, acceptMs: SECOND } };
    const away = rules(
      [agent('ann'), agent('bob')],
      [queue('a', { offers: { webchat: { seconds: 20, missed: 'away' } } })],
    );
    expect(play(scene([arrival()], never), away).ends).toEqual(['waiting']);
    const half = { offers: { acceptedShare: 0.5, acceptMs: SECOND } };
    const seconds = Array.from(
      { length: 40 },
      (__, seed) =>
        given(play(scene([arrival()], half), rules([agent('ann')], [queue('a', { offers })]), seed))[0]?.[2],
    );
    expect(new Set(seconds).has(1)).toBe(true);
    // Let pass at 20 s, asked again 30 s later.
    expect(new Set(seconds).has(51)).toBe(true);
  });

  it('lets go who has waited for too long, and no longer', () => {
    const gone = { after: 40 * SECOND, as: 'abandoned' as const };
    const leaver = arrival({ at: start + SECOND, waited: null, gone, course: null });
    const busy = play(scene([arrival(), leaver]), rules([agent('ann')]));
    expect(busy.ends).toEqual(['given', 'abandoned']);
    expect(busy.told.find(({ kind }) => kind === 'abandoned')?.ms).toBe(40 * SECOND);
    expect(play(scene([arrival(), leaver]), rules([agent('ann'), agent('bob')])).ends).toEqual(['given', 'given']);
  });

  it('frees the place of a chat that has gone idle, and the agent’s after the wrap-up', () => {
    const idle = arrival({ course: { steps: [{ after: 0, does: 'first-reply' }], handledMs: 0 } });
    expect(given(play(scene([idle, arrival({ at: start + SECOND })]), rules([agent('ann')])))[1]).toEqual([
      1,
      'ann',
      299,
    ]);
    const calls = [0, 1].map((at) => arrival({ channel: 'voice', at: start + at * SECOND, waited: 0 }));
    expect(given(play(scene(calls), rules([agent('ann')])))[1]).toEqual([1, 'ann', 95]);
  });

  it('keeps who had the customer last', () => {
    const by = rules(
      [agent('ann', { capacity: 9 }), agent('bob', { capacity: 9 })],
      [queue('a', { method: 'last-agent' })],
    );
    const arrivals = Array.from({ length: 6 }, (_, at) =>
      arrival({ at: start + at * SECOND, customerId: `c${at % 2}` }),
    );
    const known = scene(arrivals, { lastAgents: { c0: 'bob', c1: 'ann' } });
    expect(given(play(known, by)).map(([, who]) => who)).toEqual(['bob', 'ann', 'bob', 'ann', 'bob', 'ann']);
  });
});

const channels = ['webchat', 'voice', 'email', 'sms'] as const;
/** Two days of four channels, three queues and twelve people who come and go. */
function aBusyTime(seed: number): { of: Scene; by: Rules } {
  const draw = (at: number, what: number) => random(seed, at, 'offer', what);
  const arrivals = Array.from({ length: 700 }, (_, at): Arrival => {
    const channel = channels[Math.floor(draw(at, 1) * 4)] ?? 'sms';
    const when = start + Math.floor(draw(at, 2) * DAY);
    const left = channel === 'webchat' && draw(at, 3) < 0.2;
    const placed = draw(at, 8) < 0.03;
    return arrival({
      ...{ ticketId: `t${at}`, customerId: `c${at % 400}`, queueId: ['a', 'b', 'c'][at % 3] ?? 'a', channel, at: when },
      priority: Priority.options[Math.floor(draw(at, 4) * 4)] ?? 'normal',
      live: channel === 'webchat' || channel === 'voice',
      placedWith: placed ? 'p1' : null,
      waited: left || placed ? null : Math.floor(draw(at, 5) * 5 * MINUTE),
      gone: left && !placed ? { after: Math.floor(draw(at, 6) * 4 * MINUTE), as: 'abandoned' } : null,
      course: left && !placed ? null : chat(Math.floor(MINUTE + draw(at, 7) * 20 * MINUTE)),
    });
  });
  const agents = Array.from({ length: 12 }, (_, at) =>
    agent(`p${at}`, {
      queueIds: at % 4 === 3 ? ['a', 'b'] : [['a', 'b', 'c'][at % 3] ?? 'a'],
      capacity: at % 5 === 0 ? 2 : null,
      skills: at % 2 === 0 ? [{ name: 'de', level: 1 + (at % 5) }] : [],
      duty: [[start + (at % 3) * HOUR, start + (12 + at) * HOUR]],
    }),
  );
  const queues = [
    queue('a', { method: 'longest-idle', ...needs(4), relax: [{ afterSeconds: 60, lowerBy: null }] }),
    queue('b', {
      overflow: [{ afterSeconds: 120, does: 'offer', queueIds: ['c'] }],
      offers: { webchat: { seconds: 20, missed: 'away' } },
    }),
    queue(
      'c',
      {
        hours: { calendarId: 'x', whenClosed: 'overflow' },
        overflow: [{ afterSeconds: null, does: 'move', queueIds: ['a'] }],
      },
      [[start + HOUR, start + 9 * HOUR]],
    ),
  ];
  const to = start + 2 * DAY;
  return {
    of: scene(arrivals, { to, offers: { acceptedShare: 0.8, acceptMs: 4 * SECOND } }),
    by: rules(agents, queues),
  };
}

describe.each([1, 2, 3])('a busy time, %i', (seed) => {
  const { of, by } = aBusyTime(seed);
  const played = play(of, by, seed);

  it('ends each wait once', () => {
    const count = (kind: string) => {
      const told = played.told.filter((each) => each.kind === kind && played.ends[each.of] !== 'placed');
      expect(new Set(told.map((each) => each.of)).size).toBe(told.length);
      return told.length;
    };
    const ended = (how: string) => played.ends.filter((end) => end === how).length;
    expect([count('assigned'), count('abandoned')]).toEqual([ended('given'), ended('abandoned')]);
    expect(ended('given')).toBeGreaterThan(300);
    expect(ended('abandoned')).toBeGreaterThan(5);
    expect(played.ends).toHaveLength(of.arrivals.length);
  });

  it('never gives anybody more than there is room for', () => {
    for (const { fullest } of played.agents) expect(fullest).toBeLessThanOrEqual(1 + 1e-6);
    expect(Math.max(...played.agents.map(({ fullest }) => fullest))).toBeGreaterThan(0.9);
    for (const { dutyMs, usedMs } of played.agents) expect(usedMs).toBeLessThanOrEqual(dutyMs);
  });

  it('gives nothing to who is not there', () => {
    const duty = new Map(by.agents.map((each) => [each.id, each.duty]));
    for (const { kind, agentId, at } of played.told)
      if (kind === 'assigned') expect(duty.get(agentId ?? '')?.some(([from, to]) => from <= at && at < to)).toBe(true);
  });

  it('is the same each time, and another one with another seed', () => {
    expect(play(of, by, seed)).toEqual(played);
    expect(play(of, by, seed + 1).told).not.toEqual(played.told);
    expect(played.drew).toBe(true);
  });

  it('makes nobody wait for longer where there are more people', () => {
    const more = { ...by, agents: [...by.agents, ...by.agents.map((each) => ({ ...each, id: `${each.id}+` }))] };
    const wait = (of2: Played) => given(of2).reduce((sum, [, , seconds]) => sum + seconds, 0) / given(of2).length;
    expect(wait(play(of, more, seed))).toBeLessThan(wait(played));
  });
});

function needs(level: number): Partial<QueueRouting> {
  return { required: [{ name: 'de', level }] };
}
function helpedAfter(afterSeconds: number, does: 'offer' | 'move') {
  return queue('a', { overflow: [{ afterSeconds, does, queueIds: ['b'] }] });
}
function closedUntil(ms: number) {
  return queue('a', { hours: { calendarId: 'x', whenClosed: 'wait' } }, [[start + ms, start + DAY]]);
}
