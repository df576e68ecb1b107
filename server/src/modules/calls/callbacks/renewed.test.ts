import { describe, expect, it } from '@jest/globals';
import { blankCall, type Call } from '../call.schema.ts';
import { renewed } from './renewed.ts';

const now = new Date('2026-03-02T10:00:00Z');
const later = new Date(+now + 900_000);
const fresh = {
  ...{ channelAccountId: 'line', customer: { externalId: '+1', handles: [] }, customerName: 'Bo', line: '' },
  ...{ language: 'en', records: false, mayPause: true, startedAt: now },
};
const promise = (is: Partial<Call> = {}): Call =>
  blankCall('promise', now, {
    ...fresh,
    direction: 'inbound',
    phase: 'callback',
    callbackId: 'try',
    triesMost: 3,
    ...is,
  });
const rung = (is: Partial<Call> = {}): Call =>
  blankCall('try', now, { ...fresh, direction: 'outbound', phase: 'wrap-up', endedAt: now, calledFor: 'A1', ...is });
const next = { now, at: later, most: 3, newId: 'next' };

describe('a promised call', () => {
  it.each([
    [
      'that rang in vain is tried again',
      promise(),
      rung(),
      { phase: 'callback', callbackId: 'next', tried: 1, tryAt: later, handsBack: 1 },
    ],
    [
      'whose last try was in vain is over',
      promise({ tried: 2 }),
      rung(),
      { phase: 'over', outcome: 'unreached', tried: 3, tryAt: null },
    ],
    [
      'for which fewer tries are left than were promised is over',
      promise({ tried: 4, triesMost: 9 }),
      rung(),
      { phase: 'over', tried: 5 },
    ],
    ['that was answered is kept', promise(), rung({ answeredAt: now }), { phase: 'over', outcome: null, tried: 0 }],
    [
      'that never rang is made by the next, and is no try',
      promise({ tried: 1 }),
      rung({ calledFor: null }),
      { phase: 'callback', callbackId: 'next', tried: 1, tryAt: null, handsBack: 1 },
    ],
  ])('%s', (_, before, tried, expected) => {
    expect(renewed(before, tried, next)).toMatchObject(expected);
  });

  it.each([
    ['the same try again', promise({ callbackId: 'next' }), rung()],
    ['a try that goes on', promise(), rung({ endedAt: null })],
    ['one that was kept already', promise({ phase: 'over' }), rung()],
  ])('is not changed by %s', (_, before, tried) => {
    expect(renewed(before, tried, next)).toBe(before);
  });

  it('says in its course how often it was tried', () => {
    expect(renewed(promise({ tried: 1 }), rung(), next).moments.at(-1)).toEqual({ at: now, what: 'tried', who: '2/3' });
  });
});
