import { expect, it } from '@jest/globals';
import type { OfferEnd } from '@switchboard/contract';
import { askableAgain, refusalsOf } from './refusals.ts';

const at = (second: number) => new Date(Date.UTC(2026, 2, 2, 10, 0, second));
const past = (id: string, second: number, how: OfferEnd) => ({
  id: `${id}-${second}`,
  agent: { id, name: id },
  at: at(second - 1),
  endedAt: at(second),
  how,
});
const since = at(10);

it.each([
  ['nobody, of what was never offered', null, []],
  [
    'who declined or let it pass',
    { past: [past('Ada', 11, 'declined'), past('Bo', 12, 'missed')], since },
    ['Ada', 'Bo'],
  ],
  ['not who was only in the way', { past: [past('Ada', 11, 'withdrawn')], since }, []],
  ['not who said no before it was with somebody', { past: [past('Ada', 9, 'declined')], since }, []],
])('finds %s', (_, offers, expected) => expect([...refusalsOf(offers).keys()]).toEqual(expected));

it('lets who said no be asked again after half a minute', () => {
  const refusals = refusalsOf({ past: [past('Ada', 11, 'declined'), past('Bo', 20, 'missed')], since });
  expect([...askableAgain(refusals, at(40))]).toEqual([]);
  expect([...askableAgain(refusals, at(45))]).toEqual(['Ada']);
});
