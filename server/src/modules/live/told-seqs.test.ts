import { expect, it } from '@jest/globals';
import { ToldSeqs } from './told-seqs.ts';

it('tells the events of a ticket that come in their turn from those behind it', () => {
  const told = new ToldSeqs();
  expect([1, 2, 4, 3, 4, 5].map((seq) => told.advance('a', seq))).toEqual([true, true, true, false, false, true]);
  expect(told.advance('b', 1)).toBe(true);
});

it('forgets the tickets that were told of longest ago', () => {
  const told = new ToldSeqs();
  told.advance('a', 7);
  told.advance('b', 7);
  for (let other = 0; other < 4_999; other += 1) {
    told.advance('b', 8);
    told.advance(`other-${other}`, 1);
  }
  expect(told.advance('a', 7)).toBe(true);
  expect(told.advance('b', 8)).toBe(false);
});
