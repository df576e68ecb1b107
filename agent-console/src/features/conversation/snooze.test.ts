import { describe, expect, it } from '@jest/globals';
import { snoozePresets } from './snooze.ts';

describe('snoozePresets', () => {
  it('offers mornings in the person’s own zone', () => {
    const wednesday = new Date(2026, 2, 4, 15, 30);
    expect(snoozePresets(wednesday)).toEqual([
      { name: 'hour', at: new Date(2026, 2, 4, 16, 30) },
      { name: 'threeHours', at: new Date(2026, 2, 4, 18, 30) },
      { name: 'tomorrow', at: new Date(2026, 2, 5, 9) },
      { name: 'monday', at: new Date(2026, 2, 9, 9) },
      { name: 'nextWeek', at: new Date(2026, 2, 11, 9) },
    ]);
  });

  it.each([
    ['Sunday', new Date(2026, 2, 8, 10), ['hour', 'threeHours', 'tomorrow', 'nextWeek']],
    ['Monday', new Date(2026, 2, 9, 10), ['hour', 'threeHours', 'tomorrow', 'monday']],
  ])('names a time once on a %s', (_, now, names) => {
    expect(snoozePresets(now).map((preset) => preset.name)).toEqual(names);
  });
});
