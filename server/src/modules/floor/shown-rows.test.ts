import { expect, it } from '@jest/globals';
import { sameText, ShownRows } from './shown-rows.ts';

it('tells of rows that are new, another or gone, and of no others', () => {
  const rows = new ShownRows<{ id: string; n: number }>(sameText);
  const a = { id: 'a', n: 1 };
  expect(rows.show([a, { id: 'b', n: 1 }])).toEqual({ changed: [a, { id: 'b', n: 1 }], gone: [] });
  expect(rows.show([{ ...a }, { id: 'b', n: 2 }, { id: 'c', n: 1 }])).toEqual({
    changed: [
      { id: 'b', n: 2 },
      { id: 'c', n: 1 },
    ],
    gone: [],
  });
  expect(rows.show([{ id: 'c', n: 1 }])).toEqual({ changed: [], gone: ['a', 'b'] });
  expect(rows.all).toEqual([{ id: 'c', n: 1 }]);
});
