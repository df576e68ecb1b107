import { expect, it } from '@jest/globals';
import { wantedFirst } from './wanted-first.ts';

it.each([
  ['de-DE,de;q=0.9,en;q=0.8', ['de-DE', 'de', 'en']],
  ['en;q=0.5, fr-CH', ['fr-CH', 'en']],
  ['es;q=0, *;q=0.1, it', ['it']],
  ['pt; q=wrong', ['pt']],
  ['', []],
])('reads %p', (header, languages) => expect(wantedFirst(header)).toEqual(languages));
