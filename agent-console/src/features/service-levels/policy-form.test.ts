import { expect, it } from '@jest/globals';
import { moved, parseAttributes, parseMinutes, typedAttributes, typedMinutes } from './policy-form.ts';

it.each([
  ['', null],
  ['45', 45],
  ['30m', 30],
  ['30 min', 30],
  ['4h', 240],
  ['1h 30m', 90],
  ['1H30M', 90],
  ['soon', undefined],
  ['1d', undefined],
  ['-5', undefined],
])('reads %j as %j minutes', (typed, minutes) => expect(parseMinutes(typed)).toBe(minutes));

it.each([0, 1, 45, 60, 90, 1440])('writes %i minutes so that they are read again', (minutes) => {
  expect(parseMinutes(typedMinutes(minutes)) ?? 0).toBe(minutes);
});

it('reads facts of a customer, and names the line that is none', () => {
  const typed = 'plan: gold, platinum\n\ncountry: DE';
  const attributes = [
    { name: 'plan', values: ['gold', 'platinum'] },
    { name: 'country', values: ['DE'] },
  ];
  expect(parseAttributes(typed)).toEqual(attributes);
  expect(parseAttributes(typedAttributes(attributes))).toEqual(attributes);
  expect(parseAttributes('plan: gold\ncountry')).toBe('country');
});

it('moves a policy by one place, and not beyond the ends', () => {
  const policies = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
  expect(moved(policies, 'b', -1)).toEqual(['b', 'a', 'c']);
  expect(moved(policies, 'b', 1)).toEqual(['a', 'c', 'b']);
  expect(moved(policies, 'a', -1)).toEqual(['a', 'b', 'c']);
});
