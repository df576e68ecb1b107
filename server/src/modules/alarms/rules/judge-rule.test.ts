import { expect, it } from '@jest/globals';
import { judged, type Standing } from './judge-rule.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 11, 1) + seconds * 1000);
type Look = readonly [seconds: number, value: number | null];

/** The seconds at which the alarm begins and ends. */
function story(looks: readonly Look[], limit: Parameters<typeof judged>[2]): string[] {
  let standing: Standing = { alarming: false, turnedAt: null };
  const told: string[] = [];
  for (const [seconds, value] of looks) {
    const next = judged(standing, value, limit, at(seconds));
    if (next.alarming !== standing.alarming) told.push(`${next.alarming ? 'begins' : 'ends'} ${seconds}`);
    standing = next;
  }
  return told;
}
const every5 = (values: readonly (number | null)[]) => values.map((value, index): Look => [index * 5, value]);

it.each<[string, readonly (number | null)[], Parameters<typeof judged>[2], string[]]>([
  ['at its limit is within it', [10, 10], { over: 'above', threshold: 10, forSeconds: 0 }, []],
  ['begins at once where nothing is said', [11], { over: 'above', threshold: 10, forSeconds: 0 }, ['begins 0']],
  ['begins after its time', [11, 11, 11, 11], { over: 'above', threshold: 10, forSeconds: 10 }, ['begins 10']],
  ['forgets what was short', [11, 9, 11, 9, 11], { over: 'above', threshold: 10, forSeconds: 10 }, []],
  [
    'ends once, after a calm',
    [11, 9, 11, 9, 9, 9, 9, 9],
    { over: 'above', threshold: 10, forSeconds: 0 },
    ['begins 0', 'ends 30'],
  ],
  [
    'takes as long to end as to begin',
    [11, 11, 11, 11, 11, 9, 9, 9, 9, 9, 9],
    { over: 'above', threshold: 10, forSeconds: 20 },
    ['begins 20', 'ends 45'],
  ],
  ['looks below', [2, 1], { over: 'below', threshold: 2, forSeconds: 0 }, ['begins 5']],
  ['does not judge without a figure', [null, null], { over: 'below', threshold: 80, forSeconds: 0 }, []],
])('a rule %s', (_, values, limit, told) => {
  expect(story(every5(values), limit)).toEqual(told);
});
