import { describe, expect, it } from '@jest/globals';
import { DEFAULT_QUEUE_ROUTING, type QueueRouting, type Skill } from '@switchboard/contract';
import { levelsOf, missingOf, needsAfter, preferredOf } from './skills.ts';

const spanish = (level: number): Skill => ({ name: 'Spanish', level });
const billing = (level: number): Skill => ({ name: 'Billing', level });
const queue: QueueRouting = {
  ...DEFAULT_QUEUE_ROUTING,
  method: 'least-loaded',
  required: [spanish(4)],
  preferred: [billing(2)],
  relax: [
    { afterSeconds: 180, lowerBy: null },
    { afterSeconds: 60, lowerBy: 1 },
    { afterSeconds: 120, lowerBy: 4 },
  ],
};
const after = (seconds: number) => needsAfter(queue, seconds * 1000);

describe('what a queue asks for', () => {
  it.each([
    [0, [spanish(4)], [billing(2)]],
    [59, [spanish(4)], [billing(2)]],
    [60, [spanish(3)], [billing(2)]],
    [120, [spanish(1)], [billing(2)]],
    [180, [], [spanish(4), billing(2)]],
    [9999, [], [spanish(4), billing(2)]],
  ])('after %i s of waiting', (seconds, required, preferred) =>
    expect(after(seconds)).toEqual({ required, preferred }),
  );

  it.each<[string, Skill[], ReturnType<typeof missingOf>]>([
    ['has it', [spanish(4)], null],
    ['has it in other letters', [{ name: 'SPANISH', level: 5 }], null],
    ['has too little of it', [spanish(3)], { ...spanish(4), has: 3 }],
    ['has something else', [billing(5)], { ...spanish(4), has: null }],
  ])('finds what is missing of who %s', (_, skills, missing) => expect(missingOf(skills, after(0))).toEqual(missing));

  it('counts the preferred skills at their level, and adds up levels whatever they are', () => {
    expect([preferredOf([billing(1)], after(0)), preferredOf([billing(2)], after(0))]).toEqual([0, 1]);
    expect(levelsOf([billing(1), spanish(3), { name: 'Chess', level: 5 }], after(0))).toBe(4);
  });
});
