import type { Model, QueryFilter } from 'mongoose';
import { HubError } from '../errors/hub-error.ts';

export interface Page<T> {
  readonly items: T[];
  /** The cursor of the next page; null ends. */
  readonly next: string | null;
}

/** One page of a collection in the order of a unique text field; the cursor is the last item's value. */
export async function pageBy<T extends object, F extends keyof T & string>(
  model: Model<T>,
  field: F,
  ask: { cursor?: string | undefined; limit: number },
  order: 'ascending' | 'descending' = 'ascending',
  of: QueryFilter<T> = {},
): Promise<Page<T>> {
  const [beyond, direction] = order === 'ascending' ? (['$gt', 1] as const) : (['$lt', -1] as const);
  const filter = (ask.cursor === undefined ? of : { ...of, [field]: { [beyond]: ask.cursor } }) as QueryFilter<T>;
  // One more than asked tells whether there is a next page.
  const found = await model
    .find(filter)
    .sort({ [field]: direction })
    .limit(ask.limit + 1)
    .lean<T[]>();
  const items = found.slice(0, ask.limit);
  const last = items.at(-1);
  return { items, next: found.length > ask.limit && last !== undefined ? String(last[field]) : null };
}

/** Where a page ends whose order is a time, and the id among those of one time. */
export const timeCursor = (at: Date, id: string): string => `${at.getTime()}_${id}`;

export function readTimeCursor(cursor: string): { at: Date; id: string } {
  const [time, id] = cursor.split('_');
  if (id === undefined || !/^\d{1,15}$/.test(time ?? ''))
    throw new HubError('invalid', 'This cursor is not one of ours: begin again without it');
  return { at: new Date(Number(time)), id };
}
