import { CommandError, unsupported } from '../errors.ts';
import { equal } from '../values/compare.ts';
import { toNumber } from '../values/numbers.ts';
import { type Doc, isObject } from '../values/types.ts';
import type { Collection } from './collection.ts';
import type { IndexSpec } from './secondary-index.ts';

const sameKey = (a: Doc, b: Doc) => JSON.stringify(a) === JSON.stringify(b);

const sameOptions = (a: IndexSpec, b: IndexSpec) =>
  !!a.unique === !!b.unique &&
  !!a.sparse === !!b.sparse &&
  a.expireAfterSeconds === b.expireAfterSeconds &&
  equal(a.partialFilterExpression, b.partialFilterExpression);

/** Only the options that mean something here are kept: an unknown one could change what the index means. */
function readSpec(declared: Doc, number: number): IndexSpec {
  const { key, name, collation } = declared;
  if (!isObject(key) || !Object.keys(key).length || typeof name !== 'string') {
    throw new CommandError(67, 'CannotCreateIndex', 'An index needs a key and a name');
  }
  if (isObject(collation) && collation.locale !== 'simple') throw unsupported('collation');
  if (Object.keys(key).some((path) => path.includes('$**'))) throw unsupported('a wildcard index');
  const directions = Object.entries(key).map(([path, value]) => [
    path,
    typeof value === 'string' ? value : toNumber(value),
  ]);
  return {
    v: 2,
    key: Object.fromEntries(directions) as Doc,
    name,
    ...(declared.unique ? { unique: true } : {}),
    ...(declared.sparse ? { sparse: true } : {}),
    ...(isObject(declared.partialFilterExpression)
      ? { partialFilterExpression: declared.partialFilterExpression }
      : {}),
    ...(declared.expireAfterSeconds === undefined ? {} : { expireAfterSeconds: toNumber(declared.expireAfterSeconds) }),
    number,
  };
}

/** False when the collection has this very index; one that is like it but not the same is an error. */
export function declareIndex(collection: Collection, declared: Doc, nextNumber: () => number): boolean {
  const wanted = readSpec(declared, 0);
  if (sameKey(wanted.key, { _id: 1 })) return false;
  const named = collection.indexes.find(({ spec }) => spec.name === wanted.name);
  if (named) {
    if (sameKey(named.spec.key, wanted.key) && sameOptions(named.spec, wanted)) return false;
    const message = `An existing index has the same name as the requested index: ${wanted.name}`;
    throw new CommandError(86, 'IndexKeySpecsConflict', message);
  }
  const twin = collection.indexes.find(
    ({ spec }) => sameKey(spec.key, wanted.key) && equal(spec.partialFilterExpression, wanted.partialFilterExpression),
  );
  if (twin) {
    const message = `Index already exists with a different name: ${twin.spec.name}`;
    throw new CommandError(85, 'IndexOptionsConflict', message);
  }
  collection.addIndex({ ...wanted, number: nextNumber() });
  return true;
}
