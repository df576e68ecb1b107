import { expect, it } from '@jest/globals';
import { expectedFrom } from './expect-reply.ts';

it('is the range from the middle answer to the slow ones, whatever one outlier took', () => {
  expect(expectedFrom([600, 10, 20, 30, 40, 50, 60, 70, 80, 90])).toEqual({ fromSeconds: 50, toSeconds: 90 });
  expect(expectedFrom([60, 60, 60, 60, 60])).toEqual({ fromSeconds: 60, toSeconds: 60 });
});

it('is nothing where too little is known', () => {
  expect(expectedFrom([1, 2, 3, 4])).toBeNull();
});
