import type { MetricId, MetricRow } from '@switchboard/contract';

export interface Sorting {
  readonly by: MetricId | 'name';
  readonly descending: boolean;
}

/** What has no value comes last either way; what is the same, by name. */
export function sorted(rows: readonly MetricRow[], { by, descending }: Sorting): MetricRow[] {
  const way = descending ? -1 : 1;
  const byName = (one: MetricRow, other: MetricRow) => one.name.localeCompare(other.name);
  if (by === 'name') return rows.toSorted((one, other) => way * byName(one, other));
  const value = ({ figures }: MetricRow) => figures[by]?.value ?? null;
  return rows.toSorted((one, other) => {
    const [mine, theirs] = [value(one), value(other)];
    if (mine === null || theirs === null) return Number(mine === null) - Number(theirs === null) || byName(one, other);
    return way * (mine - theirs) || byName(one, other);
  });
}
