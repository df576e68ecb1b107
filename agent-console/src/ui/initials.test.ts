import { expect, it } from '@jest/globals';
import { hueOf, initials } from './initials.ts';

it.each([
  ['Ada Lovelace', 'AL'],
  ['Subrahmanyan Chandrasekhar the Elder', 'SE'],
  ['ada.lovelace@example.com', 'AL'],
  ['support@example.com', 'S'],
  ['Émile', 'É'],
  ['+49 30 1234', '#'],
  ['', '#'],
])('makes %j into %j', (name, letters) => expect(initials(name)).toBe(letters));

it('gives the same hue to the same id and different ones to neighbours', () => {
  const hues = Array.from({ length: 20 }, (_, index) => hueOf(`00000000-0000-7000-8000-0000000001${index + 10}`));
  expect(hueOf('x')).toBe(hueOf('x'));
  expect(new Set(hues.map((hue) => Math.floor(hue / 20))).size).toBeGreaterThan(8);
});
