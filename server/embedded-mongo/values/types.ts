export type Doc = Record<string, unknown>;

/**
 * The order of BSON types. All ranks lie between 1 and 127, so that the inverted byte of a descending key lies
 * between 0x80 and 0xfe and 0xff stays free as an upper bound.
 * https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export const Rank = {
  minKey: 1,
  /** An empty array as an index component: below null. Never the rank of a value. */
  emptyArray: 9,
  null: 10,
  number: 20,
  string: 30,
  object: 40,
  array: 50,
  binary: 60,
  objectId: 70,
  bool: 80,
  date: 90,
  timestamp: 94,
  regex: 100,
  maxKey: 120,
} as const;
export type Rank = (typeof Rank)[keyof typeof Rank];

const RANK_OF_BSON_CLASS: Readonly<Record<string, Rank>> = {
  ObjectId: Rank.objectId,
  Binary: Rank.binary,
  Long: Rank.number,
  Int32: Rank.number,
  Double: Rank.number,
  Decimal128: Rank.number,
  Timestamp: Rank.timestamp,
  MinKey: Rank.minKey,
  MaxKey: Rank.maxKey,
  BSONRegExp: Rank.regex,
  BSONSymbol: Rank.string,
};

export const isArray = (value: unknown): value is unknown[] => Array.isArray(value);

/** The class name that the bson package stamps on its values: 'ObjectId', 'Long', … */
export const bsonClass = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? (value as { _bsontype?: string })._bsontype : undefined;

/** A plain (sub)document: not an array, date, pattern, binary or BSON value class. */
export const isObject = (value: unknown): value is Doc =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  (value as { _bsontype?: string })._bsontype === undefined &&
  !(value instanceof Date) &&
  !(value instanceof RegExp) &&
  !(value instanceof Uint8Array);

export const isRegex = (value: unknown): boolean => value instanceof RegExp || bsonClass(value) === 'BSONRegExp';

export function rankOf(value: unknown): Rank {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return Rank.number;
    case 'string':
      return Rank.string;
    case 'boolean':
      return Rank.bool;
    case 'undefined':
      return Rank.null;
  }
  if (value === null) return Rank.null;
  if (Array.isArray(value)) return Rank.array;
  if (value instanceof Date) return Rank.date;
  const className = bsonClass(value);
  if (className !== undefined) return RANK_OF_BSON_CLASS[className] ?? Rank.object;
  if (value instanceof RegExp) return Rank.regex;
  return value instanceof Uint8Array ? Rank.binary : Rank.object;
}

const RANK_NAMES = new Map<Rank, string>([
  [Rank.number, 'number'],
  [Rank.string, 'string'],
  [Rank.object, 'object'],
  [Rank.array, 'array'],
  [Rank.binary, 'binData'],
  [Rank.objectId, 'objectId'],
  [Rank.bool, 'bool'],
  [Rank.date, 'date'],
]);

/** For error messages. */
export const typeName = (value: unknown): string =>
  value === undefined ? 'missing' : value === null ? 'null' : (RANK_NAMES.get(rankOf(value)) ?? 'unknown');

export const clone = (value: unknown): unknown => {
  if (isArray(value)) return value.map(clone);
  return isObject(value) ? cloneDoc(value) : value;
};

export const cloneDoc = (doc: Doc): Doc =>
  Object.fromEntries(Object.entries(doc).map(([key, value]) => [key, clone(value)]));
