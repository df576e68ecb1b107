import { expect, it } from '@jest/globals';
import { prefixOf, searchWords } from './words.ts';

it.each([
  [['Renée O’Neill'], ['renee', 'o’neill']],
  [['Re: Order #4711, please!'], ['re', 'order', '4711', 'please']],
  [['a.b@example.com', null], ['a.b@example.com']],
  [['Grüße aus Köln'], ['gruße', 'aus', 'koln']],
  [['  ', undefined], []],
])('%j is found by %j', (texts, words) => {
  expect(searchWords(...texts)).toEqual(words);
});

it('makes at most 60 words', () => {
  expect(searchWords(Array.from({ length: 200 }, (_, index) => `w${index}`).join(' '))).toHaveLength(60);
});

it('matches the start of a word, taken literally', () => {
  expect(prefixOf('a.b').test('a.bc')).toBe(true);
  expect(prefixOf('a.b').test('axbc')).toBe(false);
});
