import { expect, it } from '@jest/globals';
import { DEFAULT_REASONS } from '@switchboard/contract';
import { choices, isChosen, keyOf } from './choices.ts';

it('offers each state and the reasons after it, but not what the hub alone gives', () =>
  expect(choices(DEFAULT_REASONS).map(({ state, reason }) => [state, reason?.id ?? null])).toEqual([
    ['ready', null],
    ['busy', null],
    ['busy', 'training'],
    ['busy', 'meeting'],
    ['away', null],
    ['away', 'break'],
    ['away', 'lunch'],
    ['offline', null],
  ]));

it('knows which of them somebody has', () => {
  const lunch = { state: 'away', reason: { id: 'lunch', name: 'Lunch' } } as const;
  expect(choices(DEFAULT_REASONS).filter((choice) => isChosen(choice, lunch))).toEqual([lunch]);
});

it('has keys that stay where they were', () =>
  expect((['ready', 'busy', 'away', 'offline'] as const).map(keyOf)).toEqual(['t 1', 't 2', 't 3', 't 4']));
