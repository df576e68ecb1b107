import { expect, it } from '@jest/globals';
import type { MetricRow } from '@switchboard/contract';
import { moved } from './roving.ts';
import { sorted, type Sorting } from './sorting.ts';

const row = (name: string, opened: number, asa: number | null): MetricRow => ({
  ...{ key: name, name },
  figures: { opened: { value: opened, n: opened }, asa: { value: asa, n: 1 } } as MetricRow['figures'],
});
const rows = [row('b', 2, 9), row('a', 2, null), row('c', 7, 4)];

it.each<[Sorting, string]>([
  [{ by: 'opened', descending: true }, 'cab'],
  [{ by: 'opened', descending: false }, 'abc'],
  [{ by: 'name', descending: false }, 'abc'],
  [{ by: 'name', descending: true }, 'cba'],
  [{ by: 'asa', descending: true }, 'bca'],
  [{ by: 'asa', descending: false }, 'cba'],
  [{ by: 'resolution', descending: true }, 'abc'],
])('sorts by %j', (sorting, names) =>
  expect(
    sorted(rows, sorting)
      .map(({ name }) => name)
      .join(''),
  ).toBe(names),
);

it.each([
  ['ArrowDown', '2:1'],
  ['ArrowUp', '0:1'],
  ['ArrowRight', '1:1'],
  ['ArrowLeft', '1:0'],
  ['Home', '1:0'],
  ['End', '1:1'],
  ['Enter', null],
])('%s leads from 1:1 to %s', (key, cell) => {
  const next = moved({ row: 1, column: 1 }, key, { rows: 3, columns: 2 });
  expect(next && `${next.row}:${next.column}`).toBe(cell);
});
