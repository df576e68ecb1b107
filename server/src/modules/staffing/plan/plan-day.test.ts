import { describe, expect, it } from '@jest/globals';
import { outcomeWith, requiredAgents } from '../erlang/required-agents.ts';
import type { DayWork } from './day-work.ts';
import { planDay } from './plan-day.ts';

const calls: DayWork = { kind: 'calls', intervalSeconds: 1800, ahtSeconds: 240, patienceSeconds: 180 };
const goal = { serviceLevel: 0.8, answerWithinSeconds: 20 };
const arrivals = [0, 0.01, 20, 40, 40, 20];

describe('the plan of a day of calls', () => {
  it('needs in each interval what the goal asks for, and nobody where hardly anything comes', () => {
    const { intervals, day } = planDay(arrivals, calls, { ...goal, shrinkage: 0.25 }, {});
    const needed = requiredAgents({ ...calls, calls: 40 }, goal).agents;
    expect(intervals.map((each) => each.needed).slice(0, 2)).toEqual([0, 0]);
    expect(intervals[3]).toMatchObject({ needed, agents: needed, neededOnRota: Math.ceil(needed / 0.75) });
    expect(day.now).toBeGreaterThanOrEqual(0.8);
    expect(day).toMatchObject({ then: day.now });
  });

  it('says what one agent more brings, between two times and over the day', () => {
    const { changed, day } = planDay(arrivals, calls, goal, { agents: 5, change: { agents: 1, from: 3, to: 5 } });
    const level = (agents: number) => outcomeWith(agents, { ...calls, calls: 40 }, 20).serviceLevel;
    expect(changed).toMatchObject({ arrivals: 80 });
    expect(changed!.now).toBeCloseTo(level(5), 12);
    expect(changed!.then).toBeCloseTo(level(6), 12);
    // 80 of the day's 120.01 calls come then.
    expect(day.then - day.now).toBeCloseTo(((changed!.then - changed!.now) * 80) / 120.01, 12);
  });

  it('takes no more agents away than there are', () => {
    const { intervals } = planDay(arrivals, calls, goal, { agents: 2, change: { agents: -5, from: 0, to: 6 } });
    expect(intervals[3]!.then).toMatchObject({ agents: 0, serviceLevel: 0, abandonment: 1 });
  });
});

it('needs fewer agents for chats than for calls, for each has several', () => {
  const needed = (work: DayWork) => planDay([40], work, goal, {}).intervals[0]!.needed;
  expect(needed({ ...calls, kind: 'chats', concurrency: 3 })).toBeLessThanOrEqual(Math.ceil(needed(calls) / 2));
});

describe('the plan of a day of messages', () => {
  const messages: DayWork = { kind: 'messages', intervalSeconds: 1800, ahtSeconds: 600 };
  const within = (hours: number) => ({ serviceLevel: 0.8, answerWithinSeconds: hours * 3600 });
  const morning = [12, 0, 0, 0, 0, 0];

  it.each([
    ['at once, all of it', 0.5, [4, 0, 0, 0, 0, 0]],
    ['in two hours, a quarter of it in each half', 2, [1, 1, 1, 1, 0, 0]],
  ])('does the work of a morning %s', (_, hours, needed) => {
    const { intervals, day } = planDay(morning, messages, within(hours), {});
    expect(intervals.map((each) => each.needed)).toEqual(needed);
    expect(day.now).toBe(1);
  });

  it('is late with what too few can do, and less so with one more', () => {
    // 12 messages of 10 minutes: one agent does three in an interval.
    const { day, intervals } = planDay(morning, messages, within(1), {
      agents: 1,
      change: { agents: 1, from: 0, to: 6 },
    });
    expect(day.now).toBeCloseTo(7.5 / 12, 12);
    expect(day.then).toBe(1);
    expect(intervals.map(({ now }) => now.occupancy)).toEqual([1, 1, 1, 1, 0, 0]);
  });

  it('needs more where nobody is to work all the time', () => {
    expect(planDay(morning, messages, { ...within(0.5), maxOccupancy: 0.8 }, {}).intervals[0]!.needed).toBe(5);
  });

  it('keeps what comes at night for the morning, and the evening’s for the next day’s pace', () => {
    const open = [false, false, true, true, true, false];
    const { intervals, day } = planDay([3, 3, 3, 3, 3, 3], messages, within(1), { open });
    expect(intervals.map((each) => each.arrivals)).toEqual([0, 0, 9, 3, 3, 0]);
    expect(intervals.map((each) => each.agents)).toEqual([0, 0, 2, 2, 1, 0]);
    expect(day).toMatchObject({ arrivals: 15, now: 1 });
  });
});

it('has nobody at night, and no calls', () => {
  const { intervals, day } = planDay([20, 20], calls, goal, { agents: 9, open: [false, true] });
  expect(intervals.map((each) => each.agents)).toEqual([0, 9]);
  expect(day.arrivals).toBe(20);
});
