import type { Plan, Sort } from '../planner/plan.ts';
import type { Collection } from '../storage/collection.ts';
import type { Doc } from '../values/types.ts';

export interface ScanRecord {
  ns: string;
  /** The paths and operators of the filter: no values, they are customers' data. */
  filter: string[];
  sort: string[];
}

const REMEMBERED = 20;

function filterKeys(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([key, condition]) =>
    key === '$and' || key === '$or' || key === '$nor' ? [key, ...(condition as Doc[]).flatMap(filterKeys)] : [key],
  );
}

/**
 * Counts collection scans: a filter or a sort was given, no index served either of them, and the collection is not
 * empty. Listing a whole collection in the order of _id is not counted, nor are look-ups and ranges of _id.
 */
export class ScanStats {
  scans = 0;
  readonly last: ScanRecord[] = [];

  record(collection: Collection, plan: Plan, filter: Doc, sort: Sort): void {
    if (plan.kind !== 'scan' || plan.bounded || !collection.meta.count) return;
    const keys = filterKeys(filter);
    if (!keys.length && plan.sorted) return;
    this.add({ ns: collection.namespace, filter: keys, sort: sort.map(([path]) => path) });
  }

  add(record: ScanRecord): void {
    this.scans++;
    this.last.push(record);
    if (this.last.length > REMEMBERED) this.last.shift();
  }

  reset(): void {
    this.scans = 0;
    this.last.length = 0;
  }
}
