import type { Collection } from '../storage/collection.ts';
import type { SecondaryIndex } from '../storage/secondary-index.ts';
import type { Match } from '../storage/scan.ts';
import { documentOf, type Engine } from './engine.ts';

/** How many documents one index removes in one go, so that a large backlog does not hold everybody up. */
const REMOVED_AT_ONCE = 1000;

function expiredBy({ spec, paths }: SecondaryIndex, collection: Collection, engine: Engine): Match[] {
  const [path] = paths;
  if (spec.expireAfterSeconds === undefined || path === undefined || paths.length > 1) return [];
  const isPast = { [path]: { $lt: new Date(engine.now() - spec.expireAfterSeconds * 1000) } };
  const filter = spec.partialFilterExpression ? { $and: [isPast, spec.partialFilterExpression] } : isPast;
  const query = { filter, limit: REMOVED_AT_ONCE };
  return [...engine.run(collection, query, collection.plan(query))];
}

/** Removes what TTL indexes say is past its time. Opens a transaction only when there is something to remove. */
export function removeExpired(engine: Engine): number {
  let removed = 0;
  for (const collection of engine.store.collections.values()) {
    for (const index of collection.indexes) {
      const expired = expiredBy(index, collection, engine);
      if (!expired.length) continue;
      engine.store.transaction(() => {
        for (const match of expired) collection.remove(match.id, documentOf(match));
      });
      removed += expired.length;
    }
  }
  return removed;
}
