import { afterAll, describe, expect, it } from '@jest/globals';
import type { ObjectId } from 'bson';
import { mingoMatcher } from '../aggregate/mingo.ts';
import { decode } from '../bson.ts';
import { successor } from '../planner/bounds.ts';
import { openEngine } from '../testing/open-engine.ts';
import { randomQueries } from '../testing/random-queries.ts';
import type { Doc } from '../values/types.ts';

/**
 * The same random writes and queries on a collection with random indexes and on one without: they must agree with each
 * other and, in which documents match, with mingo. Raise ROUNDS and change SEED to look further.
 */
const SEED = 20261124;
const ROUNDS = 3;
const STEPS = 150;

const { engine, keyValue, run, find, close } = openEngine();
afterAll(close);

const idsOf = (docs: Doc[]) => docs.map(({ _id }) => (_id as ObjectId).toHexString()).sort();

const sortKeys = (docs: Doc[], sort: Doc) =>
  docs.map((doc) =>
    Object.keys(sort).map((path) =>
      JSON.stringify(path.split('.').reduce<unknown>((at, part) => (at as Doc | undefined)?.[part], doc) ?? null),
    ),
  );

/** The index entries and the count that the documents call for, and those that are there. */
function bookkeeping(name: string) {
  const collection = engine.store.collection('test', name)!;
  const documents = [...keyValue.documents.range({ start: collection.prefix, end: collection.end })];
  const entries = collection.indexes.map((index) => ({
    expected: documents
      .flatMap(({ key, value }) => index.entriesOf(decode(value), Buffer.from(key.subarray(4))))
      .map(({ key }) => key.toString('hex'))
      .sort(),
    stored: [...keyValue.entries.range({ start: index.prefix, end: successor(index.prefix) })]
      .map(({ key }) => key.toString('hex'))
      .sort(),
  }));
  return { entries, documents: documents.length, count: collection.meta.count };
}

describe.each(Array.from({ length: ROUNDS }, (_, round) => round))('round %i', (round) => {
  const random = randomQueries(SEED + round);
  const [indexed, plain] = [`indexed${round}`, `plain${round}`];
  let byIndex = 0;

  function write(): void {
    const q = random.filter();
    const command = random.chance(0.85)
      ? { updates: [{ q, u: random.update(), multi: true }] }
      : { deletes: [{ q: { ...q, n: random.below(8) }, limit: 0 }] };
    const verb = 'updates' in command ? 'update' : 'delete';
    const [a, b] = [indexed, plain].map((name) => run({ [verb]: name, ...command }));
    // Which element fails first may differ with the order of documents; how many were written before it then too.
    if (!a!.writeErrors && !b!.writeErrors) expect({ command, ...a }).toEqual({ command, ...b });
  }

  function query(): void {
    const filter = random.filter();
    const sort = random.sort();
    const limit = random.pick([0, 0, 5]);
    const plan = engine.store.collection('test', indexed)!.plan({ filter });
    if (plan.kind !== 'scan') byIndex++;
    const [a, b] = [indexed, plain].map((name) => find({ find: name, filter, ...(sort ? { sort } : {}) }));
    expect({ filter, ids: idsOf(a!) }).toEqual({ filter, ids: idsOf(b!) });
    // An array's elements do not tell the document's place in the order as simply.
    if (sort && !('t' in sort)) {
      expect({ filter, sort, keys: sortKeys(a!, sort) }).toEqual({ filter, sort, keys: sortKeys(b!, sort) });
      const some = find({ find: indexed, filter, sort, limit });
      expect(sortKeys(some, sort)).toEqual(sortKeys(b!, sort).slice(0, limit || undefined));
    }
    expect({ filter, n: run({ count: indexed, query: filter }).n }).toEqual({ filter, n: b!.length });
    const matches = mingoMatcher(filter);
    const all = find({ find: plain, filter: {} });
    expect({ filter, ids: idsOf(all.filter(matches)) }).toEqual({ filter, ids: idsOf(b!) });
  }

  it('gives the same answers with and without indexes, and the indexes stay true to the documents', () => {
    run({ createIndexes: indexed, indexes: random.indexes() });
    const documents = Array.from({ length: 120 }, random.document);
    for (const name of [indexed, plain]) run({ insert: name, documents });
    for (let step = 0; step < STEPS; step++) {
      if (random.chance(0.2)) write();
      else query();
    }
    const { entries, documents: stored, count } = bookkeeping(indexed);
    for (const { expected, stored: found } of entries) expect(found).toEqual(expected);
    expect(count).toBe(stored);
    expect(byIndex).toBeGreaterThan(10);
  }, 30_000);
});
