import { encode } from '../bson.ts';
import { listCursor } from '../engine/cursors.ts';
import { docField, docsField, textField } from '../engine/fields.ts';
import { CommandError, unsupported } from '../errors.ts';
import { compileFilter } from '../match/filter.ts';
import { declareIndex } from '../storage/declare-index.ts';
import { equal } from '../values/compare.ts';
import { type Doc, isObject } from '../values/types.ts';
import type { CommandContext } from './command.ts';

const ID_INDEX = { v: 2, key: { _id: 1 }, name: '_id_' };
const namespaceNotFound = (namespace: string) =>
  new CommandError(26, 'NamespaceNotFound', `ns does not exist: ${namespace}`);

const CREATE_NOT_SUPPORTED = ['capped', 'timeseries', 'viewOn', 'validator', 'clusteredIndex', 'collation'];

export function create({ engine, db, command }: CommandContext): Doc {
  const name = textField(command, 'create');
  const refused = CREATE_NOT_SUPPORTED.find((option) => command[option]);
  if (refused) throw unsupported(`creating a collection with the option '${refused}'`);
  if (engine.store.collection(db, name)) {
    throw new CommandError(48, 'NamespaceExists', `Collection ${db}.${name} already exists.`);
  }
  engine.store.ensureCollection(db, name);
  return { ok: 1 };
}

export function drop({ engine, db, command }: CommandContext): Doc {
  const collection = engine.store.collection(db, textField(command, 'drop'));
  if (!collection) return { ok: 1 };
  engine.store.drop(collection);
  return { nIndexesWas: collection.indexes.length + 1, ns: collection.namespace, ok: 1 };
}

export function dropDatabase({ engine, db }: CommandContext): Doc {
  for (const collection of engine.store.collectionsOf(db)) engine.store.drop(collection);
  return { dropped: db, ok: 1 };
}

export function listCollections({ engine, db, command }: CommandContext): Doc {
  const matches = compileFilter(docField(command, 'filter') ?? {});
  const infos = engine.store.collectionsOf(db).map(({ meta }) => ({
    name: meta.name,
    type: 'collection',
    options: {},
    info: { readOnly: false },
    idIndex: ID_INDEX,
  }));
  return engine.cursors.start(listCursor(`${db}.$cmd.listCollections`, infos.filter(matches).map(encode)), Infinity);
}

export function listDatabases({ engine }: CommandContext): Doc {
  const names = new Set([...engine.store.collections.values()].map(({ meta }) => meta.db));
  const databases = [...names].map((name) => ({ name, sizeOnDisk: 0, empty: false }));
  return { databases, totalSize: 0, ok: 1 };
}

export function createIndexes({ engine, db, command }: CommandContext): Doc {
  const name = textField(command, 'createIndexes');
  const createdCollectionAutomatically = !engine.store.collection(db, name);
  const collection = engine.store.ensureCollection(db, name);
  const numIndexesBefore = collection.indexes.length + 1;
  for (const spec of docsField(command, 'indexes')) declareIndex(collection, spec, engine.store.nextNumber);
  const numIndexesAfter = collection.indexes.length + 1;
  const note = numIndexesAfter === numIndexesBefore ? { note: 'all indexes already exist' } : {};
  return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ...note, ok: 1 };
}

export function listIndexes({ engine, db, command }: CommandContext): Doc {
  const name = textField(command, 'listIndexes');
  const collection = engine.store.collection(db, name);
  if (!collection) throw namespaceNotFound(`${db}.${name}`);
  const specs = [ID_INDEX, ...collection.indexes.map((index) => index.description())];
  return engine.cursors.start(listCursor(`${db}.${name}`, specs.map(encode)), Infinity);
}

export function dropIndexes({ engine, db, command }: CommandContext): Doc {
  const name = textField(command, 'dropIndexes');
  const collection = engine.store.collection(db, name);
  if (!collection) throw namespaceNotFound(`${db}.${name}`);
  const nIndexesWas = collection.indexes.length + 1;
  const wanted = command.index === '*' ? collection.indexes.map(({ spec }) => spec.name) : [command.index].flat();
  for (const nameOrKey of wanted) {
    const index = collection.indexes.find(
      ({ spec }) => spec.name === nameOrKey || (isObject(nameOrKey) && equal(spec.key, nameOrKey)),
    );
    if (!index) throw new CommandError(27, 'IndexNotFound', `index not found with name [${String(nameOrKey)}]`);
    collection.dropIndex(index);
  }
  return { nIndexesWas, ok: 1 };
}

export function collStats({ engine, db, command }: CommandContext): Doc {
  const name = textField(command, 'collStats');
  const collection = engine.store.collection(db, name);
  const nindexes = (collection?.indexes.length ?? 0) + 1;
  return { ns: `${db}.${name}`, count: collection?.meta.count ?? 0, size: 0, nindexes, ok: 1 };
}
