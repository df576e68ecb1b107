import { decode, RawDocument } from '../bson.ts';
import { failedToParse, typeMismatch, unsupported } from '../errors.ts';
import { toNumber } from '../values/numbers.ts';
import { type Doc, isArray, isObject, Rank, rankOf } from '../values/types.ts';

/** Typed reading of a command's fields: what came over the wire is not trusted to have the right type. */

const wrongType = (name: string, wanted: string) => typeMismatch(`The field '${name}' must be ${wanted}`);

export function docField(command: Doc, name: string): Doc | undefined {
  const value = command[name];
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw wrongType(name, 'an object');
  return value;
}

export function numberField(command: Doc, name: string): number | undefined {
  const value = command[name];
  if (value === undefined || value === null) return undefined;
  if (rankOf(value) !== Rank.number) throw wrongType(name, 'a number');
  return toNumber(value);
}

export function textField(command: Doc, name: string): string {
  const value = command[name];
  if (typeof value !== 'string') throw wrongType(name, 'a string');
  return value;
}

/** A list of documents, sent in the command or as a document sequence beside it. */
export function docsField(command: Doc, name: string): Doc[] {
  return rawDocsField(command, name).map((doc) => (doc instanceof RawDocument ? decode(doc.bytes) : doc));
}

export function rawDocsField(command: Doc, name: string): (Doc | RawDocument)[] {
  const value = command[name];
  if (!isArray(value)) throw wrongType(name, 'an array');
  return value.map((doc) => {
    if (doc instanceof RawDocument || isObject(doc)) return doc;
    throw wrongType(name, 'an array of objects');
  });
}

export const arrayFiltersOf = (statement: Doc): Doc[] =>
  statement.arrayFilters === undefined ? [] : docsField(statement, 'arrayFilters');

/** Collation changes what is equal and in which order things are, so it is never ignored. */
export function refuseCollation(command: Doc): void {
  const collation = docField(command, 'collation');
  if (collation && collation.locale !== 'simple') throw unsupported('collation');
}

/** The sort of find, findAndModify or update: paths and directions. */
export function sortField(command: Doc, name = 'sort'): (readonly [string, 1 | -1])[] {
  return Object.entries(docField(command, name) ?? {}).map(([path, value]) => {
    if (isObject(value)) throw unsupported('sorting by $meta');
    const direction = rankOf(value) === Rank.number ? toNumber(value) : NaN;
    if (direction !== 1 && direction !== -1) {
      throw failedToParse(`The sort direction of '${path}' must be 1 or -1`);
    }
    return [path, direction];
  });
}
