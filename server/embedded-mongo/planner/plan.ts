import type { SecondaryIndex } from '../storage/secondary-index.ts';
import type { KeyRange } from './bounds.ts';

/** How matches are found. `sorted`: they come in the order asked for. `exact`: every document found is a match. */
export type Plan = IdPlan | IndexPlan | UnionPlan | ScanPlan;

export interface IdPlan {
  kind: 'id';
  ids: Buffer[];
  sorted: boolean;
  exact: boolean;
}

export interface IndexPlan {
  kind: 'index';
  index: SecondaryIndex;
  /** Ascending, without overlaps. */
  ranges: KeyRange[];
  reverse: boolean;
  sorted: boolean;
  exact: boolean;
  /** One document may be met more than once. */
  multikey: boolean;
}

/** The branches of an $or, each by its own index. */
export interface UnionPlan {
  kind: 'union';
  branches: Plan[];
  sorted: boolean;
  exact: false;
}

/** The documents themselves, in the order of _id. */
export interface ScanPlan {
  kind: 'scan';
  range: KeyRange;
  reverse: boolean;
  sorted: boolean;
  exact: boolean;
  /** Only a range of _id is read. */
  bounded: boolean;
}

export type Sort = readonly (readonly [path: string, direction: 1 | -1])[];
