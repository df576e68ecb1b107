import { badValue } from '../errors.ts';
import { positionalIndex } from '../match/positional.ts';
import type { Predicate } from '../match/filter.ts';
import { type Doc, isArray } from '../values/types.ts';

export interface PathContext {
  /** The query that found the document: decides what `$` stands for. */
  filter: Doc;
  arrayFilter(identifier: string): Predicate;
}

interface Branch {
  value: unknown;
  parts: string[];
}

function arrayOf({ value, parts }: Branch): unknown[] {
  if (isArray(value)) return value;
  throw badValue(`The path '${parts.join('.')}' must exist in the document in order to apply array updates.`);
}

const elementBranch = (branch: Branch, index: number): Branch => ({
  value: isArray(branch.value) ? branch.value[index] : undefined,
  parts: [...branch.parts, String(index)],
});

function matchedElement(doc: Doc, branch: Branch, context: PathContext): Branch[] {
  const index = positionalIndex(context.filter, doc, branch.parts.join('.'));
  if (index < 0) throw badValue('The positional operator did not find the match needed from the query.');
  return [elementBranch(branch, index)];
}

function filteredElements(part: string, branch: Branch, context: PathContext): Branch[] {
  const identifier = part.slice(2, -1);
  const matches = context.arrayFilter(identifier);
  return arrayOf(branch).flatMap((element, i) =>
    matches({ [identifier]: element }) ? [elementBranch(branch, i)] : [],
  );
}

function step(doc: Doc, part: string, branch: Branch, context: PathContext): Branch[] {
  if (part === '$') return matchedElement(doc, branch, context);
  if (part === '$[]') return arrayOf(branch).map((_, i) => elementBranch(branch, i));
  if (part.startsWith('$[')) return filteredElements(part, branch, context);
  return [{ value: (branch.value as Doc | null | undefined)?.[part], parts: [...branch.parts, part] }];
}

/** The concrete paths that a path with `$`, `$[]` or `$[identifier]` stands for in this document. */
export function expandPath(doc: Doc, path: string, context: PathContext): string[] {
  if (!path.includes('$')) return [path];
  let branches: Branch[] = [{ value: doc, parts: [] }];
  for (const part of path.split('.')) branches = branches.flatMap((branch) => step(doc, part, branch, context));
  return branches.map(({ parts }) => parts.join('.'));
}
