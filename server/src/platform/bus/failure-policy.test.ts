import { expect, it } from '@jest/globals';
import { PoisonError } from './bus.ts';
import { judgeFailure } from './failure-policy.ts';

const failure = new Error('out of reach');
const outage = Object.assign(new Error('no server'), { name: 'MongoServerSelectionError' });

it.each([
  ['retries after the first delay', failure, 1, { kind: 'retry', delayMs: 10 }],
  ['retries after the next delay', failure, 2, { kind: 'retry', delayMs: 20 }],
  ['gives up when the delays are used up', failure, 3, { kind: 'dead', reason: 'Error: out of reach' }],
  ['goes on while the database is away', outage, 30, { kind: 'retry', delayMs: 20 }],
  ['gives up at once on poison', new PoisonError('no'), 1, { kind: 'dead', reason: 'PoisonError: no' }],
  ['puts into words what is no error', 'just text', 3, { kind: 'dead', reason: 'just text' }],
] as const)('%s', (_, error, attempt, verdict) => {
  expect(judgeFailure(error, attempt, [10, 20])).toEqual(verdict);
});
