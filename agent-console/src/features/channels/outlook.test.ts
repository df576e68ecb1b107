import { expect, it } from '@jest/globals';
import { daysLeft, endsSoon, waitsOf } from './outlook.ts';

const health = { lag: { inMs: 0, outMs: 0 }, behind: null, expires: null };
const now = Date.parse('2026-12-01T12:00:00Z');
const ending = (at: string) => endsSoon({ ...health, expires: { what: 'the certificate of a.org', at } }, now);

it('says what waits, and nothing of what does not', () => {
  expect(waitsOf(health)).toEqual([]);
  expect(waitsOf({ ...health, behind: { count: 0, oldestMs: null } })).toEqual([]);
  expect(waitsOf({ ...health, lag: { inMs: 3, outMs: 120 }, behind: { count: 12, oldestMs: 5 } })).toEqual([
    { kind: 'in', ms: 3, late: false },
    { kind: 'out', ms: 120, late: false },
    { kind: 'unfetched', count: 12, late: false },
  ]);
  const late = { lag: { inMs: 60_000, outMs: 300_000 }, behind: { count: 12, oldestMs: 600_000 } };
  expect(waitsOf({ ...health, ...late }).map((wait) => wait.late)).toEqual([true, true, true]);
});

it('warns two weeks before something ends, and not where nobody knows', () => {
  expect(endsSoon(health, now)).toBe(false);
  expect(ending('2026-12-15T12:00:01Z')).toBe(false);
  expect(ending('2026-12-15T12:00:00Z')).toBe(true);
  expect(ending('2026-11-30T12:00:00Z')).toBe(true);
});

it('counts the whole days that are left', () => {
  const left = (at: string) => daysLeft({ ...health, expires: { what: 'access token', at } }, now);
  expect(daysLeft(health, now)).toBeNull();
  expect(left('2026-12-15T11:59:59Z')).toBe(13);
  expect(left('2026-12-01T18:00:00Z')).toBe(0);
  expect(left('2026-11-01T12:00:00Z')).toBe(-1);
});
