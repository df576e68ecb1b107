import { expect, it } from '@jest/globals';
import { ruleWords } from './rule-words.ts';

it.each([
  ['waiting', 'above', 1, 'Billing: more than 1 ticket waits'],
  ['overdue', 'above', 10, 'Billing: more than 10 tickets are overdue'],
  ['agentsReady', 'below', 2, 'Billing: fewer than 2 agents are ready'],
  ['agentsReady', 'below', 1, 'Billing: no agent is ready'],
  ['longestWait', 'above', 300, 'Billing: the longest wait is more than 5 minutes'],
  ['longestWait', 'above', 90, 'Billing: the longest wait is more than 90 seconds'],
  ['longestWait', 'above', 0, 'Billing: the longest wait is more than 0 seconds'],
  ['serviceLevel', 'below', 80, 'Billing: the service level of the last half hour is below 80 %'],
] as const)('tells of %s %s %d', (metric, over, threshold, words) => {
  expect(ruleWords({ metric, over, threshold }, 'Billing')).toBe(words);
});
