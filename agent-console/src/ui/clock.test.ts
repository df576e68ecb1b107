import { describe, expect, it } from '@jest/globals';
import { clockLevel, countsSeconds } from './clock.ts';

const startedAt = '2026-03-02T10:00:00.000Z';
const dueAt = '2026-03-02T11:00:00.000Z';
const running = { startedAt, dueAt, doneAt: null, warnAt: '2026-03-02T10:45:00.000Z', pausedAt: null, leftMs: null };
const at = (time: string) => Date.parse(`2026-03-02T${time}Z`);

describe('clockLevel', () => {
  it.each([
    ['10:44:59', 'calm'],
    ['10:45:00', 'warning'],
    ['10:59:59', 'warning'],
    ['11:00:00', 'critical'],
  ])('is at %s %s', (time, level) => expect(clockLevel(running, at(time))).toBe(level));
  it('says of a stopped clock whether the target was met', () => {
    expect(clockLevel({ ...running, doneAt: dueAt }, 0)).toBe('met');
    expect(clockLevel({ ...running, doneAt: '2026-03-02T11:00:00.001Z' }, 0)).toBe('missed');
  });
  it('is open without a target', () => expect(clockLevel({ ...running, dueAt: null, warnAt: null }, 0)).toBe('open'));
  it('is paused while it stands still, and done when it is done', () => {
    const paused = { ...running, dueAt: null, pausedAt: startedAt, leftMs: 60_000 };
    expect(clockLevel(paused, at('12:00:00'))).toBe('paused');
    expect(clockLevel({ ...paused, dueAt, doneAt: dueAt }, at('12:00:00'))).toBe('met');
  });
});

it('counts seconds only around the moment that matters', () => {
  expect(countsSeconds(dueAt, at('10:54:00'))).toBe(false);
  expect(countsSeconds(dueAt, at('10:55:01'))).toBe(true);
  expect(countsSeconds(dueAt, at('11:04:59'))).toBe(true);
  expect(countsSeconds(dueAt, at('11:05:01'))).toBe(false);
});
