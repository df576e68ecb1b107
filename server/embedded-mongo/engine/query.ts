import type { Sort } from '../planner/plan.ts';
import type { Doc } from '../values/types.ts';

export interface Query {
  filter: Doc;
  sort?: Sort;
  skip?: number;
  /** 0: all. */
  limit?: number;
  hint?: unknown;
}
