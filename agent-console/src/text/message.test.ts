import { expect, it } from '@jest/globals';
import { format } from './message.ts';

const plural = new Intl.PluralRules('en');
const number = new Intl.NumberFormat('en');
const say = (message: Parameters<typeof format>[0], params = {}) => format(message, params, plural, number);

it('fills in parameters, with numbers as one writes them', () => {
  expect(say('{name} has {n}', { name: 'Ada', n: 12345 })).toBe('Ada has 12,345');
});
it('chooses the form by the count, and falls back to other', () => {
  const message = { one: '{count} ticket', other: '{count} tickets' };
  expect([0, 1, 2].map((count) => say(message, { count }))).toEqual(['0 tickets', '1 ticket', '2 tickets']);
  expect(say({ other: 'any' }, { count: 1 })).toBe('any');
});
it('leaves what it does not know in sight rather than empty', () => expect(say('Hello {who}')).toBe('Hello {who}'));
