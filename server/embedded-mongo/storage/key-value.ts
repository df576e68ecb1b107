import { open } from 'lmdb';
import { StorageError } from '../errors.ts';
import type { KeyRange } from '../planner/bounds.ts';

export interface Entry {
  key: Buffer;
  value: Buffer;
}

/** One ordered table. Reads see the last commit, and inside a transaction its own writes. */
export interface Table {
  get(key: Buffer): Buffer | undefined;
  has(key: Buffer): boolean;
  put(key: Buffer, value: Buffer): void;
  remove(key: Buffer): void;
  range(range: KeyRange, reverse?: boolean): Iterable<Entry>;
  count(range: KeyRange): number;
}

const CLEARED_AT_ONCE = 5000;

/** Removes all entries, in steps, so that a large collection is not held in memory. */
export function clearRange(table: Table, range: KeyRange): void {
  for (;;) {
    const keys: Buffer[] = [];
    for (const { key } of table.range(range)) if (keys.push(key) >= CLEARED_AT_ONCE) break;
    if (!keys.length) return;
    for (const key of keys) table.remove(key);
  }
}

export interface KeyValue {
  /** Documents by collection number and encoded _id. */
  documents: Table;
  /** Index entries: encoded values to the encoded _id. */
  entries: Table;
  meta: Table;
  /** Writes are only allowed inside, and are on disk together when this returns. */
  transaction(work: () => void): void;
  close(): Promise<void>;
}

/**
 * full: data and meta page are synced in every commit. safe: the data is synced, the meta page is not: after a power
 * failure the last commits may be missing, never half there. fast: nothing is synced, so a power failure may damage
 * the file. All survive the process being killed. http://www.lmdb.tech/doc/group__mdb.html (MDB_NOMETASYNC, MDB_NOSYNC)
 */
export const DURABILITIES = ['safe', 'full', 'fast'] as const;
export type Durability = (typeof DURABILITIES)[number];

const SYNC_OPTIONS: Readonly<Record<Durability, object>> = {
  full: {},
  safe: { noMetaSync: true },
  fast: { noSync: true },
};

type LmdbTable = ReturnType<ReturnType<typeof open>['openDB']>;

/** A write that fails leaves the transaction and the cached metadata in doubt: it must not be answered and survived. */
function orFail<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new StorageError(`writing to the database file failed: ${(error as Error).message}`, { cause: error });
  }
}

function tableOn(lmdb: LmdbTable): Table {
  const range = (start: Buffer, end: Buffer) => lmdb.getRange({ start, end }) as Iterable<Entry>;
  /** LMDB starts backwards at the last key below or at `end`, which is excluded here. */
  function* backwards({ start, end }: KeyRange): Iterable<Entry> {
    const entries = lmdb.getRange({ start: end, end: start, reverse: true, inclusiveEnd: true }) as Iterable<Entry>;
    for (const entry of entries) if (Buffer.compare(entry.key, end) < 0) yield entry;
  }
  return {
    get: (key) => lmdb.getBinary(key),
    has: (key) => lmdb.doesExist(key),
    put: (key, value) => orFail(() => lmdb.putSync(key, value)),
    remove: (key) => orFail(() => void lmdb.removeSync(key)),
    range: (keys, reverse) => (reverse ? backwards(keys) : range(keys.start, keys.end)),
    count: ({ start, end }) => lmdb.getCount({ start, end }),
  };
}

export function openKeyValue(path: string, durability: Durability): KeyValue {
  const root = open({
    path,
    maxDbs: 8,
    mapSize: 2 ** 28,
    pageSize: 4096,
    overlappingSync: false,
    encoding: 'binary',
    keyEncoding: 'binary',
    ...SYNC_OPTIONS[durability],
  });
  const table = (name: string) => tableOn(root.openDB({ name, encoding: 'binary', keyEncoding: 'binary' }));
  return {
    documents: table('docs'),
    entries: table('idx'),
    meta: table('meta'),
    transaction: (work) => root.transactionSync(work),
    close: () => root.close(),
  };
}
