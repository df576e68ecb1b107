import { runStages } from '../aggregate/mingo.ts';
import { compileFilter } from '../match/filter.ts';
import { toNumber } from '../values/numbers.ts';
import { cloneDoc, type Doc, isObject } from '../values/types.ts';
import { type ArrayProjection, elementMatch, matchedElement, sliceOf } from './array-projections.ts';
import { drop, type FieldTree, mark, pick } from './field-tree.ts';

export type Projection = (doc: Doc) => Doc;

interface Spec {
  included: FieldTree;
  excluded: FieldTree;
  arrays: ArrayProjection[];
  expressions: Doc;
  /** Whether the projection says what to take, rather than what to leave out. */
  inclusive: boolean;
  exclusive: boolean;
  id?: boolean;
}

const isOn = (value: unknown) => (typeof value === 'boolean' ? value : toNumber(value) !== 0);

/** `{a: {b: 1}}` is `{'a.b': 1}`. */
function flatten(projection: Doc, prefix = ''): [string, unknown][] {
  return Object.entries(projection).flatMap(([key, value]): [string, unknown][] => {
    const isNested = isObject(value) && !Object.keys(value)[0]?.startsWith('$');
    return isNested ? flatten(value, `${prefix}${key}.`) : [[prefix + key, value]];
  });
}

function addField(spec: Spec, path: string, value: unknown, filter: Doc): void {
  if (path === '_id' && !isObject(value)) {
    spec.id = isOn(value);
  } else if (path.endsWith('.$')) {
    const array = path.slice(0, -2);
    spec.inclusive = true;
    mark(spec.included, array);
    spec.arrays.push(matchedElement(array, filter));
  } else if (isObject(value)) {
    addOperator(spec, path, value);
  } else if (typeof value === 'string') {
    spec.inclusive = true;
    spec.expressions[path] = value;
  } else if (isOn(value)) {
    spec.inclusive = true;
    mark(spec.included, path);
  } else {
    spec.exclusive = true;
    mark(spec.excluded, path);
  }
}

function addOperator(spec: Spec, path: string, value: Doc): void {
  if (value.$slice !== undefined) {
    spec.arrays.push(sliceOf(path, value.$slice));
    return;
  }
  spec.inclusive = true;
  if (value.$elemMatch === undefined) spec.expressions[path] = value;
  else spec.arrays.push(elementMatch(path, compileFilter({ array: { $elemMatch: value.$elemMatch } })));
}

function selectFields(spec: Spec, doc: Doc): Doc {
  if (spec.inclusive) {
    const selected = pick(doc, spec.included);
    return spec.id === false || doc._id === undefined ? selected : { _id: doc._id, ...selected };
  }
  if (spec.id && !spec.exclusive && !spec.arrays.length) return { _id: doc._id };
  const rest = drop(doc, spec.excluded);
  if (spec.id === false) delete rest._id;
  return rest;
}

/** Compiles the projection of find and findAndModify; null when it leaves documents as they are. */
export function compileProjection(projection: Doc | undefined, filter: Doc): Projection | null {
  if (!projection || !Object.keys(projection).length) return null;
  const spec: Spec = {
    included: {},
    excluded: {},
    arrays: [],
    expressions: {},
    inclusive: false,
    exclusive: false,
  };
  for (const [path, value] of flatten(projection)) addField(spec, path, value, filter);
  return (doc) => {
    const selected = selectFields(spec, doc);
    for (const apply of spec.arrays) apply(doc, selected);
    if (!Object.keys(spec.expressions).length) return selected;
    return { ...selected, ...runStages([cloneDoc(doc)], [{ $project: { _id: 0, ...spec.expressions } }])[0] };
  };
}
