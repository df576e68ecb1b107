import { describe, expect, it } from '@jest/globals';
import { estimateWait, gapsOf, waitText, type Drained } from './estimate-wait.ts';

const minute = 60_000;
const every = (gapMs: number, count: number): Drained[] =>
  Array.from({ length: count }, (_, index) => ({ at: (index + 1) * gapMs, since: 0 }));

describe('the estimate of a wait', () => {
  it('knows nothing of a queue from which few were taken', () =>
    expect(estimateWait({ position: 1, drained: every(minute, 5), now: 5 * minute })).toBeNull());

  it('is exact where the gaps always were the same, but for what the rate may do', () => {
    const range = estimateWait({ position: 3, drained: every(minute, 30), now: 30 * minute });
    expect(range?.fromSeconds).toBeLessThan(180);
    expect(range?.toSeconds).toBeGreaterThan(180);
    expect(range?.toSeconds).toBeLessThan(300);
  });

  it('forgets what is older than an hour', () =>
    expect(estimateWait({ position: 1, drained: every(minute, 30), now: 95 * minute })).toBeNull());

  it('takes a gap in which nobody waited for none', () =>
    expect(
      gapsOf(
        [
          { at: 1000, since: 0 },
          { at: 90_000, since: 80_000 },
          { at: 95_000, since: 85_000 },
        ],
        96_000,
      ),
    ).toEqual([5000]));

  it('counts the gap that runs once it is the longest', () => {
    expect(gapsOf(every(1000, 3), 3500)).toEqual([1000, 1000]);
    expect(gapsOf(every(1000, 3), 9000)).toEqual([1000, 1000, 6000]);
  });

  it.each([
    [1, null, 'You are next.'],
    [3, { fromSeconds: 130, toSeconds: 290 }, 'You are number 3. Usually 2–5 minutes.'],
    [2, { fromSeconds: 10, toSeconds: 50 }, 'You are number 2. Usually about a minute.'],
    [2, { fromSeconds: 121, toSeconds: 122 }, 'You are number 2. Usually 2–3 minutes.'],
  ])('says %d, %o', (position, range, text) => expect(waitText(position, range)).toBe(text));
});
