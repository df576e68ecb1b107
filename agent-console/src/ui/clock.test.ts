import { describe, expect, it } from '@jest/globals';
import { clockLevel, countsSeconds } from './clock.ts';

const startedAt = '2026-03-02T10:00:00.000Z';
const dueAt = '2026-03-02T11:00:00.000Z';
const at = (time: string) => Date.parse(`2026-03-02T${time}Z`);

describe('clockLevel', () => {
  it.each([
    ['10:44:59', 'calm'],
    ['10:45:00', 'warning'],
    ['10:59:59', 'warning'],
    ['11:00:00', 'critical'],
  ])('is at %s %s', (time, level) => expect(clockLevel({ startedAt, dueAt, doneAt: null }, at(time))).toBe(level));
  it('says of a stopped clock whether the target was met', () => {
    expect(clockLevel({ startedAt, dueAt, doneAt: dueAt }, 0)).toBe('met');
    expect(clockLevel({ startedAt, dueAt, doneAt: '2026-03-02T11:00:00.001Z' }, 0)).toBe('missed');
  });
  it('is open without a target', () => expect(clockLevel({ startedAt, dueAt: null, doneAt: null }, 0)).toBe('open'));
});

it('counts seconds only around the moment that matters', () => {
  expect(countsSeconds(dueAt, at('10:54:00'))).toBe(false);
  expect(countsSeconds(dueAt, at('10:55:01'))).toBe(true);
  expect(countsSeconds(dueAt, at('11:04:59'))).toBe(true);
  expect(countsSeconds(dueAt, at('11:05:01'))).toBe(false);
});
