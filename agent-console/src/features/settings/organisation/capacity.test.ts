import { expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY } from '@switchboard/contract';
import { capacityOf, draftOf, numberOf } from './capacity.ts';

it('gives back the capacity that it was made of', () =>
  expect(capacityOf(draftOf(DEFAULT_CAPACITY))).toEqual(DEFAULT_CAPACITY));

it.each([
  ['', null],
  ['  ', null],
  ['0', 0],
  ['0.34', 0.34],
  [' 0,5 ', 0.5],
])('reads %j as %p', (typed, number) => expect(numberOf(typed)).toBe(number));
