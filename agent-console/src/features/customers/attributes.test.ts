import { expect, it } from '@jest/globals';
import { changesOf } from './attributes.ts';

it('sends only what changed, and null for what is gone', () => {
  const before = { plan: 'gold', city: 'Bonn', shoe: '44' };
  const rows = [
    { key: 'plan', value: 'gold' },
    { key: ' city ', value: 'Rome' },
    { key: 'pet', value: 'cat' },
    { key: '', value: 'ignored' },
  ];
  expect(changesOf(before, rows)).toEqual({ shoe: null, city: 'Rome', pet: 'cat' });
});
