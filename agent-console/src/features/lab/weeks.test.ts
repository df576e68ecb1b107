import { expect, it } from '@jest/globals';
import { pastWeeks } from './weeks.ts';

it.each([
  ['2026-03-09', '2026-03-02'],
  ['2026-03-11', '2026-03-02'],
  ['2026-03-15', '2026-03-02'],
  ['2026-03-16', '2026-03-09'],
])('on %s the last whole week began on %s', (today, monday) => expect(pastWeeks(today)[0]).toBe(monday));
