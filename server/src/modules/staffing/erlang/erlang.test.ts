import { describe, expect, it } from '@jest/globals';
import { erlangAOutcome } from './erlang-a.ts';
import { erlangB, erlangBLines, erlangBTraffic } from './erlang-b.ts';
import { erlangC, erlangCOutcome } from './erlang-c.ts';
import { outcomeWith, requiredAgents, withShrinkage } from './required-agents.ts';

/** One erlang for each call: an interval and a handling time of a minute. */
const minute = { intervalSeconds: 60, ahtSeconds: 60 };
/** The same as the recurrence, the long way: 1 / B = Σ n! / (n - k)! / A^k. */
function blockingBySum(traffic: number, lines: number): number {
  let [sum, term] = [0, 1];
  for (let k = 0; k <= lines; k++) {
    sum += term;
    term *= (lines - k) / traffic;
  }
  return 1 / sum;
}

describe('Erlang B', () => {
  it.each([
    ['one line: A / (1 + A)', 3, 1, 3 / 4],
    ['two lines: A² / (2 + 2A + A²)', 3, 2, 9 / 17],
    ['no line blocks all', 3, 0, 1],
    ['no call is never blocked', 0, 4, 0],
    ['many lines', 170, 160, blockingBySum(170, 160)],
    ['tens of thousands of lines, short of them', 30_000, 20_000, blockingBySum(30_000, 20_000)],
  ])('%s', (_, traffic, lines, blocking) => {
    expect(erlangB(traffic, lines)).toBeCloseTo(blocking, 12);
  });

  it.each([
    [1, 0.2],
    [7, 0.01],
    [500, 0.001],
  ])('finds the traffic that %d lines carry at a blocking of %d', (lines, blocking) => {
    const traffic = erlangBTraffic(lines, blocking);
    expect(erlangB(traffic, lines)).toBeCloseTo(blocking, 12);
    expect(erlangBLines(traffic, blocking)).toBe(lines);
    expect(erlangBLines(traffic * 1.001, blocking)).toBe(lines + 1);
  });

  it('one line carries B / (1 - B)', () => {
    expect(erlangBTraffic(1, 0.2)).toBeCloseTo(0.25, 14);
  });
});

describe('Erlang C', () => {
  it.each([
    ['one agent: the occupancy', 0.7, 1, 0.7],
    ['two agents: 2ρ² / (1 + ρ)', 1.2, 2, (2 * 0.36) / 1.6],
    ['as much work as agents: all wait', 5, 5, 1],
    ['nobody comes', 0, 3, 0],
  ])('%s', (_, traffic, agents, waits) => {
    expect(erlangC(traffic, agents)).toBeCloseTo(waits, 14);
  });

  it('holds for tens of thousands: there it is the limit of Halfin and Whitt, 1 / (1 + βΦ(β)/φ(β))', () => {
    // β = 1 at 40,000 erlangs and 40,200 agents: Φ(1) = 0.841345, φ(1) = 0.241971.
    expect(erlangC(40_000, 40_200)).toBeCloseTo(1 / (1 + 0.841345 / 0.241971), 2);
  });

  it('of one agent who is busy for half of the time, e^(-1/2) · 1/2 wait longer than a handling time', () => {
    const outcome = erlangCOutcome({ calls: 0.5, ...minute, agents: 1, answerWithinSeconds: 60 });
    expect(outcome.serviceLevel).toBeCloseTo(1 - Math.exp(-0.5) / 2, 14);
    expect(outcome).toMatchObject({ waitProbability: 0.5, occupancy: 0.5, meanWaitSeconds: 60 });
  });

  it('answers nobody in time where more comes than can be handled', () => {
    const outcome = erlangCOutcome({ calls: 4, ...minute, agents: 3, answerWithinSeconds: 60 });
    expect(outcome).toMatchObject({ serviceLevel: 0, waitProbability: 1, occupancy: 1, meanWaitSeconds: Infinity });
  });
});

describe('Erlang A', () => {
  const outcome = (calls: number, agents: number, patienceSeconds: number, answerWithinSeconds: number) =>
    erlangAOutcome({ calls, ...minute, agents, patienceSeconds, answerWithinSeconds });

  it('is a Poisson distribution where patience is as long as handling', () => {
    const poisson = [0, 1, 2, 3, 4, 5].map((k) => (Math.exp(-4) * 4 ** k) / [1, 1, 2, 6, 24, 120][k]!);
    const below = poisson.reduce((sum, p) => sum + p, 0);
    const short = poisson.reduce((sum, p, k) => sum + (6 - k) * p, 0);
    const { waitProbability, abandonmentProbability, occupancy, meanWaitSeconds } = outcome(4, 6, 60, 20);
    expect(waitProbability).toBeCloseTo(1 - below, 14);
    // E[(N - 6)+] = 4 - 6 + E[(6 - N)+], and in a handling time each who waits hangs up once.
    expect(abandonmentProbability).toBeCloseTo((short - 2) / 4, 14);
    expect(occupancy).toBeCloseTo((6 - short) / 6, 14);
    expect(meanWaitSeconds).toBeCloseTo((60 * (short - 2)) / 4, 12);
  });

  it('counts as in time only who has not hung up before', () => {
    // One agent, all rates 1: with y = e^(-t), 1/e do not wait, and (y + 1)e^(-y) - 2/e wait and are served by t.
    const y = Math.exp(-1);
    expect(outcome(1, 1, 60, 60).serviceLevel).toBeCloseTo(1 / Math.E + (y + 1) * Math.exp(-y) - 2 / Math.E, 14);
  });

  it.each([
    ['few agents', 9, 6, 90],
    ['many', 500, 480, 30],
    ['tens of thousands, hopelessly few', 40_000, 15_000, 60],
    ['tens of thousands, enough', 40_000, 40_100, 300],
  ])('balances with %s', (_, calls, agents, patience) => {
    const atOnce = outcome(calls, agents, patience, 0);
    const ever = outcome(calls, agents, patience, 1e6);
    expect(atOnce.serviceLevel).toBeCloseTo(1 - atOnce.waitProbability, 12);
    expect(ever.serviceLevel).toBeCloseTo(1 - ever.abandonmentProbability, 12);
    expect(ever.occupancy * agents).toBeCloseTo(calls * (1 - ever.abandonmentProbability), 6);
  });

  it('becomes Erlang C as patience grows', () => {
    const patient = erlangCOutcome({ calls: 8, ...minute, agents: 10, answerWithinSeconds: 20 });
    expect(outcome(8, 10, Infinity, 20)).toEqual(patient);
    expect(outcome(8, 10, 1e10, 20).serviceLevel).toBeCloseTo(patient.serviceLevel, 6);
  });

  it('loses all where nobody works, and none where nobody calls', () => {
    expect(outcome(3, 0, 60, 20)).toMatchObject({ serviceLevel: 0, abandonmentProbability: 1, meanWaitSeconds: 60 });
    expect(outcome(0, 0, 60, 20)).toMatchObject({ serviceLevel: 1, abandonmentProbability: 0, meanWaitSeconds: 0 });
  });
});

describe('the agents that are needed', () => {
  const goal = { serviceLevel: 0.8, answerWithinSeconds: 20 };
  const calls = { calls: 60, intervalSeconds: 900, ahtSeconds: 240 };

  it.each([
    ['patient callers', calls],
    ['callers who hang up', { ...calls, patienceSeconds: 120 }],
    ['three chats at a time', { ...calls, concurrency: 3 }],
    ['three chats at a time that end', { ...calls, concurrency: 3, patienceSeconds: 120 }],
  ])('are the fewest that do it: %s', (_, work) => {
    const { agents, serviceLevel } = requiredAgents(work, goal);
    expect(serviceLevel).toBeGreaterThanOrEqual(0.8);
    expect(outcomeWith(agents - 1, work, 20).serviceLevel).toBeLessThan(0.8);
  });

  it('are no busier than allowed', () => {
    // 16 erlangs: at 64 % that is 25 agents, though fewer answer in time.
    expect(requiredAgents(calls, goal).agents).toBeLessThan(25);
    expect(requiredAgents(calls, { ...goal, maxOccupancy: 0.64 })).toMatchObject({ agents: 25, occupancy: 0.64 });
  });

  it.each([
    [7, 0.3, 10],
    [14, 0.3, 20],
    [15, 0.3, 22],
    [9, 0.1, 10],
    [3, 0, 3],
  ])('%d of them with a shrinkage of %d are %d on the rota', (agents, shrinkage, onRota) => {
    expect(withShrinkage(agents, shrinkage)).toBe(onRota);
  });

  it('are nobody where nothing comes', () => {
    expect(requiredAgents({ ...calls, calls: 0 }, goal)).toMatchObject({ agents: 0, serviceLevel: 1 });
  });

  it.each([
    ['calls', () => requiredAgents({ ...calls, calls: -1 }, goal), 'calls must be a number from 0 up, not -1'],
    ['time', () => requiredAgents({ ...calls, ahtSeconds: 0 }, goal), 'ahtSeconds must be more than 0, not 0'],
    ['lines', () => erlangB(2, 1.5), 'lines must be a whole number from 0 up, not 1.5'],
    ['goal', () => requiredAgents(calls, { ...goal, serviceLevel: 1 }), 'serviceLevel must be from 0 up and less'],
    ['blocking', () => erlangBTraffic(3, 0), 'maxBlocking must be more than 0 and less than 1, not 0'],
  ])('say what is wrong with %s', (_, work, words) => {
    expect(work).toThrow(words);
  });
});
