import { describe, expect, it } from '@jest/globals';
import { DEFAULT_REASONS } from '@switchboard/contract';
import { dutyAt, shifts } from './roster.ts';

describe('the roster', () => {
  it.each([
    [6.9, 'offline', null],
    [7, 'ready', null],
    [9.3, 'away', 'break'],
    [9.6, 'ready', null],
    [14.2, 'busy', 'meeting'],
    [15.5, 'offline', null],
  ])('has an early one at %d o’clock: %s', (hour, state, reasonId) => {
    expect(dutyAt(shifts.early, hour)).toMatchObject({ state, reasonId });
  });

  it('gives reasons that every new centre has', () => {
    for (const { pauses } of Object.values(shifts))
      for (const { state, reasonId } of pauses)
        expect(DEFAULT_REASONS).toContainEqual(expect.objectContaining({ id: reasonId, state }));
  });

  it('always has somebody ready while customers write', () => {
    for (let hour = 7; hour < 20.75; hour += 0.05)
      expect(Object.values(shifts).filter((shift) => dutyAt(shift, hour).state === 'ready')).not.toHaveLength(0);
  });
});
