import { expect, it } from '@jest/globals';
import type { MessageState } from '@switchboard/contract';
import { assertStatusesReachable, isActive, movesForward } from './statuses.ts';

it('has no state that can’t be reached or left', () => {
  expect(assertStatusesReachable).not.toThrow();
});

it.each<[MessageState, MessageState, boolean]>([
  ['pending', 'accepted', true],
  ['accepted', 'sent', true],
  ['sent', 'delivered', true],
  ['delivered', 'read', true],
  ['pending', 'read', true],
  ['pending', 'unknown', true],
  ['unknown', 'sent', true],
  ['accepted', 'failed', true],
  ['delivered', 'sent', false],
  ['read', 'delivered', false],
  ['sent', 'sent', false],
  ['delivered', 'failed', false],
  ['read', 'failed', false],
  ['failed', 'sent', false],
  ['failed', 'delivered', false],
  ['failed', 'failed', false],
  ['accepted', 'unknown', false],
])('a message that is %s and is reported %s moves on: %s', (from, to, moves) => {
  expect(movesForward(from, to)).toBe(moves);
});

it('counts what is snoozed or resolved as nobody’s work now', () => {
  expect(['new', 'open', 'pending', 'snoozed', 'resolved'].filter((status) => isActive(status as 'new'))).toEqual([
    'new',
    'open',
    'pending',
  ]);
});
