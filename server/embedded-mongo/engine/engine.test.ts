import { afterAll, describe, expect, it } from '@jest/globals';
import type { Doc } from '../values/types.ts';
import { openEngine } from '../testing/open-engine.ts';
import { removeExpired } from './expire.ts';

let now = Date.parse('2026-01-01');
const { engine, run, find, close } = openEngine(() => now);
afterAll(close);

const index = (collection: string, key: Doc, options: Doc = {}) =>
  run({ createIndexes: collection, indexes: [{ key, name: Object.keys(key).join('_'), ...options }] });

describe('the counter of collection scans', () => {
  index('scans', { a: 1 });
  run({ insert: 'scans', documents: [{ _id: 1, a: 1, b: 1 }] });
  const stats = (reset = false) => run({ scanStats: 1, reset }, 'admin');

  it.each<[command: Doc, counted: unknown[]]>([
    [{ find: 'scans', filter: { b: 1, c: 2 }, sort: { a: -1 } }, []],
    [{ find: 'scans', filter: { b: 1, $or: [{ c: 2 }] } }, [{ ns: 'test.scans', filter: ['b', '$or', 'c'], sort: [] }]],
    [{ find: 'scans', sort: { b: 1 } }, [{ ns: 'test.scans', filter: [], sort: ['b'] }]],
    [{ find: 'scans', filter: {} }, []],
    [{ find: 'scans', sort: { _id: -1 } }, []],
    [{ find: 'scans', filter: { _id: { $gt: 0 }, b: 1 } }, []],
    [{ find: 'scans', filter: { a: 1, b: 1 }, sort: { b: 1 } }, []],
    [{ find: 'empty', filter: { b: 1 } }, []],
    [{ count: 'scans', query: { b: 1 } }, [{ ns: 'test.scans', filter: ['b'], sort: [] }]],
    [
      { update: 'scans', updates: [{ q: { b: 1 }, u: { $set: { c: 1 } } }] },
      [{ ns: 'test.scans', filter: ['b'], sort: [] }],
    ],
    [{ aggregate: 'scans', pipeline: [{ $match: { a: 1 } }, { $group: { _id: '$b' } }], cursor: {} }, []],
    [{ explain: { find: 'scans', filter: { b: 1 } } }, []],
  ])('%p counts %p', (command, counted) => {
    stats(true);
    run(command);
    expect(stats()).toEqual({ scans: counted.length, last: counted, ok: 1 });
  });

  it('counts a $lookup that no index serves, and one with a pipeline of its own', () => {
    const lookUp = (lookup: Doc) => run({ aggregate: 'scans', pipeline: [{ $lookup: lookup }], cursor: {} });
    stats(true);
    lookUp({ from: 'scans', localField: 'b', foreignField: 'b', as: 'x' });
    lookUp({ from: 'scans', pipeline: [], as: 'x' });
    lookUp({ from: 'scans', localField: 'a', foreignField: 'a', as: 'x' });
    expect(stats()).toMatchObject({ scans: 2, last: [{ filter: ['b'] }, { filter: ['$lookup'] }] });
  });
});

describe('texts longer than an index key', () => {
  const long = 'x'.repeat(3000);
  index('long', { s: 1, n: 1 });
  index('long', { u: -1 }, { unique: true });
  run({
    insert: 'long',
    documents: [1, 2, 3].map((n) => ({ _id: `${long}${n}`, s: `${long}${n}`, n, u: `${long}${n}` })),
  });

  it.each<[Doc, number[]]>([
    [{ s: `${long}2` }, [2]],
    [{ s: `${long}2`, n: { $gt: 1 } }, [2]],
    [{ s: { $gte: `${long}2` } }, [2, 3]],
    [{ s: { $lt: `${long}2` } }, [1]],
    [{ u: { $gt: `${long}1`, $lte: `${long}2` } }, [2]],
    [{ s: new RegExp(`^${long}3`) }, [3]],
    [{ _id: `${long}3` }, [3]],
    [{ _id: { $gt: `${long}1` } }, [2, 3]],
  ])('are found by %p', (filter, found) => {
    expect(
      find({ find: 'long', filter })
        .map(({ n }) => n)
        .sort(),
    ).toEqual(found);
  });

  it('are unique by all of the text', () => {
    const insert = (u: string) => run({ insert: 'long', documents: [{ u }] });
    expect(insert(`${long}1`)).toMatchObject({ n: 0, writeErrors: [{ code: 11000 }] });
    expect(insert(`${long}4`)).toMatchObject({ n: 1 });
  });
});

describe('a refused write', () => {
  it('leaves documents, indexes and count as they were', () => {
    index('refused', { a: 1 }, { unique: true });
    run({
      insert: 'refused',
      documents: [
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
      ],
    });
    run({ update: 'refused', updates: [{ q: { _id: 2 }, u: { $set: { a: 1, b: 1 } } }] });
    run({ insert: 'refused', documents: [{ _id: 3, a: 2 }] });
    expect(find({ find: 'refused', sort: { a: 1 } })).toEqual([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    expect(run({ count: 'refused' }).n).toBe(2);
  });

  it('of a unique index over duplicates leaves no entries behind', () => {
    run({ insert: 'twins', documents: [{ a: 1 }, { a: 1 }] });
    expect(() => index('twins', { a: 1 }, { unique: true })).toThrow('E11000');
    run({ delete: 'twins', deletes: [{ q: {}, limit: 1 }] });
    index('twins', { a: 1 }, { unique: true });
    expect(find({ find: 'twins', filter: { a: 1 } })).toHaveLength(1);
  });
});

describe('a cursor', () => {
  const batch = (reply: Doc) => reply.cursor as { id: number; firstBatch?: Doc[]; nextBatch?: Doc[] };

  it('goes on after the key read last while others write', () => {
    index('cursor', { i: 1 });
    run({ insert: 'cursor', documents: Array.from({ length: 10 }, (_, i) => ({ _id: i, i })) });
    const first = batch(run({ find: 'cursor', filter: { i: { $gte: 0 } }, sort: { i: 1 }, batchSize: 4 }));
    run({ update: 'cursor', updates: [{ q: { _id: 6 }, u: { $set: { i: 100 } } }] });
    run({ delete: 'cursor', deletes: [{ q: { _id: 7 }, limit: 1 }] });
    const second = batch(run({ getMore: first.id, collection: 'cursor' }));
    expect([...first.firstBatch!, ...second.nextBatch!].map(({ _id }) => _id)).toEqual([0, 1, 2, 3, 4, 5, 8, 9, 6]);
    expect(Number(second.id)).toBe(0);
  });

  it('is gone when it was not used for ten minutes', () => {
    const { id } = batch(run({ find: 'cursor', filter: {}, batchSize: 2 }));
    now += 11 * 60_000;
    engine.cursors.dropIdle();
    expect(() => run({ getMore: id, collection: 'cursor' })).toThrow('not found');
  });
});

describe('a TTL index', () => {
  it('removes what is past its time, within its partial filter', () => {
    index('ttl', { at: 1 }, { expireAfterSeconds: 60, partialFilterExpression: { done: true } });
    const at = (seconds: number) => new Date(now + seconds * 1000);
    run({
      insert: 'ttl',
      documents: [
        { _id: 'past', at: at(-61), done: true },
        { _id: 'kept', at: at(-61), done: false },
        { _id: 'coming', at: at(-59), done: true },
        { _id: 'none', done: true },
      ],
    });
    expect(removeExpired(engine)).toBe(1);
    expect(find({ find: 'ttl' }).map(({ _id }) => _id)).toEqual(['coming', 'kept', 'none']);
  });
});

describe('what is not supported', () => {
  it.each<[Doc, string]>([
    [{ find: 'x', collation: { locale: 'en' } }, 'collation is not supported'],
    [{ find: 'x', tailable: true }, 'a tailable cursor is not supported'],
    [{ aggregate: 'x', pipeline: [{ $changeStream: {} }], cursor: {} }, '$changeStream is not supported'],
    [{ aggregate: 'x', pipeline: [{ $out: 'y' }], cursor: {} }, '$out is not supported'],
    [{ create: 'x', capped: true }, "'capped' is not supported"],
    [{ createIndexes: 'x', indexes: [{ key: { a: 'text' }, name: 'a' }] }, 'type text is not supported'],
    [{ createIndexes: 'x', indexes: [{ key: { '$**': 1 }, name: 'a' }] }, 'a wildcard index is not supported'],
    [{ insert: 'x', documents: [], autocommit: false }, 'no transactions'],
    [{ bulkWrite: 1 }, "no such command: 'bulkWrite'"],
    [{ find: 'x', filter: 5 }, "'filter' must be an object"],
  ])('%p is refused by name', (command, message) => {
    expect(() => run(command)).toThrow(message);
  });
});
