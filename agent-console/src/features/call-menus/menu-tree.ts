import type { CallMenu, MenuChoice, MenuNode } from '@switchboard/contract';

/** From where a step is reached: the beginning, a key of a menu, or a number where nobody answers. */
export type Place =
  | { readonly at: 'start' | 'closed' }
  | { readonly at: 'key'; readonly parent: string; readonly index: number }
  | { readonly at: 'otherwise'; readonly parent: string };

/** A line of the tree. */
export interface Row {
  /** Tells it from all others, while nothing is added or removed before it. */
  readonly path: string;
  readonly depth: number;
  readonly place: Place;
  readonly choice: MenuChoice | null;
  /** The step that it leads to; null: there is none. */
  readonly node: MenuNode | null;
  readonly id: string;
  /** It stands elsewhere already, with all that is below it. */
  readonly again: boolean;
}

/** The menu as its callers go through it: a step that several ways lead to is unfolded at the first. */
export function rowsOf(menu: CallMenu): Row[] {
  const byId = new Map(menu.nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const below = (path: string, depth: number, place: Place, id: string, choice: MenuChoice | null): Row[] => {
    const node = byId.get(id) ?? null;
    const again = seen.has(id);
    seen.add(id);
    const row: Row = { path, depth, place, choice, node, id, again };
    if (again || node === null) return [row];
    return [row, ...childrenOf(node, path, depth + 1)];
  };
  const childrenOf = (node: MenuNode, path: string, depth: number): Row[] => {
    if (node.does === 'number')
      return below(`${path}/else`, depth, { at: 'otherwise', parent: node.id }, node.otherwise, null);
    if (node.does !== 'menu') return [];
    return node.choices.flatMap((choice, index) =>
      below(`${path}/${index}`, depth, { at: 'key', parent: node.id, index }, choice.to, choice),
    );
  };
  return [
    ...below('start', 0, { at: 'start' }, menu.start, null),
    ...below('closed', 0, { at: 'closed' }, menu.closed, null),
  ];
}

/** The steps that can be come to from one. */
export function reachedFrom(menu: CallMenu, id: string): Set<string> {
  const byId = new Map(menu.nodes.map((node) => [node.id, node]));
  const seen = new Set([id]);
  for (const each of seen) {
    const node = byId.get(each);
    if (node?.does === 'menu') for (const { to } of node.choices) seen.add(to);
    if (node?.does === 'number') seen.add(node.otherwise);
  }
  return seen;
}

/** Where the server's word belongs: to a step, to one of its keys, or to the menu as a whole. */
export interface Wrong {
  readonly path: string;
  readonly message: string;
}
export const wrongIn = (problems: readonly Wrong[], menu: CallMenu, id: string): Wrong[] => {
  const index = menu.nodes.findIndex((node) => node.id === id);
  const prefix = `nodes.${index}`;
  return problems
    .filter(({ path }) => path === prefix || path.startsWith(`${prefix}.`))
    .map(({ path, message }) => ({ path: path.slice(prefix.length + 1), message }));
};
