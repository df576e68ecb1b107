import { describe, expect, it } from '@jest/globals';
import type { HeldEntry, HeldRow } from '@switchboard/contract';
import { afterChange, arrange } from './held-rows.ts';

const row = (id: string, minute: number, state: HeldEntry['state'] = 'waiting') =>
  ({ id, held: { id, state, until: `2026-03-01T10:${String(minute).padStart(2, '0')}:00.000Z` } }) as HeldRow;
const known = (...rows: HeldRow[]) => new Map(rows.map((each) => [each.id, each]));
const ids = (rows: Iterable<HeldRow>) => [...rows].map(({ id, held }) => `${id} ${held.state}`);
const shown = (...rows: HeldRow[]) => arrange([], known(...rows), false).rows;

describe('a change of a held reply', () => {
  const two = known(row('a', 10), row('b', 20));
  it.each([
    ['puts a new one in', row('c', 15), true, ['a', 'c', 'b']],
    ['puts one in below where all is loaded', row('c', 30), true, ['a', 'b', 'c']],
    ['leaves to its page what belongs below', row('c', 30), false, ['a', 'b']],
    ['moves one that has another time', row('a', 30), true, ['b', 'a']],
    ['gives to a later page what has moved below', row('a', 30), false, ['b']],
    ['takes away what went out', row('a', 10, 'released'), true, ['b']],
    ['takes away what came back', row('a', 10, 'returned'), false, ['b']],
    ['knows nothing of what went out before it was known', row('c', 15, 'released'), true, ['a', 'b']],
  ])('%s', (_, change, complete, order) => {
    expect(arrange([], afterChange(two, change, complete), false).rows.map(({ id }) => id)).toEqual(order);
  });

  it('orders those of one moment by their ids', () => {
    expect(ids(shown(row('b', 10), row('a', 10)))).toEqual(['a waiting', 'b waiting']);
  });
});

describe('a list under the pointer', () => {
  const before = shown(row('b', 20), row('c', 30));
  it('keeps every row where it is, shows what became of it, and counts what is new', () => {
    const now = known(row('a', 10), row('b', 20, 'released'), row('c', 5), row('d', 40));
    const { rows, fresh } = arrange(before, now, true);
    expect(ids(rows)).toEqual(['b released', 'c waiting', 'd waiting']);
    expect(fresh).toBe(1);
    expect(ids(arrange(rows, now, false).rows)).toEqual(['c waiting', 'a waiting', 'd waiting']);
  });
});
