import { expect, it } from '@jest/globals';
import { instantOf } from './values.ts';

const fallback = new Date('2026-03-02T10:00:00.000Z');

it.each([
  ['seconds', 1631083444, '2021-09-08T06:44:04.000Z'],
  ['seconds as text', '1631083444', '2021-09-08T06:44:04.000Z'],
  ['milliseconds', 1631083444123, '2021-09-08T06:44:04.123Z'],
  ['ISO with a zone', '2021-09-08T06:34:04+0000', '2021-09-08T06:34:04.000Z'],
  ['nothing', undefined, fallback.toISOString()],
  ['nonsense', 'soon', fallback.toISOString()],
  ['a number beyond all years', 9e18, fallback.toISOString()],
])('understands %s', (_, given, instant) => {
  expect(instantOf(given, fallback)).toBe(instant);
});
