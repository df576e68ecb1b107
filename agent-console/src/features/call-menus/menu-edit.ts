import type { CallMenu, MenuChoice, MenuNode } from '@switchboard/contract';
import { type Place, reachedFrom } from './menu-tree.ts';

export type Does = MenuNode['does'];
export const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#'] as const;

export const withNode = (menu: CallMenu, id: string, change: (node: MenuNode) => MenuNode): CallMenu => ({
  ...menu,
  nodes: menu.nodes.map((node) => (node.id === id ? change(node) : node)),
});

const withChoices = (menu: CallMenu, id: string, change: (choices: readonly MenuChoice[]) => MenuChoice[]): CallMenu =>
  withNode(menu, id, (node) => (node.does === 'menu' ? { ...node, choices: change(node.choices) } : node));

export const withChoice = (menu: CallMenu, id: string, index: number, change: Partial<MenuChoice>): CallMenu =>
  withChoices(menu, id, (choices) => choices.map((each, at) => (at === index ? { ...each, ...change } : each)));

/** Its name is what others lead to: they follow. */
export function renamed(menu: CallMenu, from: string, to: string): CallMenu {
  const name = (id: string) => (id === from ? to : id);
  return {
    ...menu,
    start: name(menu.start),
    closed: name(menu.closed),
    nodes: menu.nodes.map((node): MenuNode => {
      const own = { ...node, id: name(node.id) };
      if (own.does === 'menu') return { ...own, choices: own.choices.map((each) => ({ ...each, to: name(each.to) })) };
      return own.does === 'number' ? { ...own, otherwise: name(own.otherwise) } : own;
    }),
  };
}

/** A name that is free, as near to the one wished for as can be. */
export function freeName(menu: CallMenu, wished: string): string {
  const taken = new Set(menu.nodes.map(({ id }) => id));
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wished : `${wished} ${count}`;
    if (!taken.has(name)) return name;
  }
}

/** A step of this kind; what was said and where it led stays as far as it can. */
export function ofKind(
  node: Pick<MenuNode, 'id' | 'say'> & Partial<MenuNode>,
  does: Does,
  otherwise: string,
): MenuNode {
  const { id, say } = node;
  if (does === 'menu') return { id, say, does, choices: node.does === 'menu' ? (node.choices ?? []) : [] };
  if (does === 'queue') return { id, say, does, queueId: null };
  if (does === 'number') return { id, say, does, number: '', otherwise };
  return { id, say, does };
}

/** What nobody comes to any more goes with what led there. */
export function pruned(menu: CallMenu): CallMenu {
  const reached = new Set([...reachedFrom(menu, menu.start), ...reachedFrom(menu, menu.closed)]);
  return { ...menu, nodes: menu.nodes.filter(({ id }) => reached.has(id)) };
}

/** The place leads to another step from now on. */
export function led(menu: CallMenu, place: Place, to: string): CallMenu {
  if ('index' in place) return pruned(withChoice(menu, place.parent, place.index, { to }));
  if (!('parent' in place)) return pruned({ ...menu, [place.at]: to });
  const here = (node: MenuNode): MenuNode => (node.does === 'number' ? { ...node, otherwise: to } : node);
  return pruned(withNode(menu, place.parent, here));
}

/** A new step there, under its name. A number needs somewhere to go on: the closed hours' way is there already. */
export function ledToNew(menu: CallMenu, place: Place, does: Does, name: string): { menu: CallMenu; id: string } {
  const id = freeName(menu, name);
  const grown = { ...menu, nodes: [...menu.nodes, ofKind({ id, say: {} }, does, menu.closed)] };
  return { menu: led(grown, place, id), id };
}

/** One more key, which leads to a new step. */
export function withKey(
  menu: CallMenu,
  parent: string,
  does: Does,
  name: string,
): { menu: CallMenu; id: string; index: number } {
  const node = menu.nodes.find(({ id }) => id === parent);
  const taken = node?.does === 'menu' ? node.choices.map(({ key }) => key) : [];
  const key = KEYS.find((each) => !taken.includes(each)) ?? '#';
  const id = freeName(menu, name);
  const grown = { ...menu, nodes: [...menu.nodes, ofKind({ id, say: {} }, does, menu.closed)] };
  const choice: MenuChoice = { key, words: [], to: id, language: null };
  return { menu: withChoices(grown, parent, (choices) => [...choices, choice]), id, index: taken.length };
}

export const withoutKey = (menu: CallMenu, parent: string, index: number): CallMenu =>
  pruned(withChoices(menu, parent, (choices) => choices.toSpliced(index, 1)));

/** Up or down among the keys of its menu. At the end of them it stays. */
export function movedBy(menu: CallMenu, parent: string, index: number, by: -1 | 1): CallMenu {
  return withChoices(menu, parent, (choices) => {
    const moved = choices[index];
    const to = index + by;
    if (moved === undefined || to < 0 || to >= choices.length) return [...choices];
    return choices.toSpliced(index, 1).toSpliced(to, 0, moved);
  });
}

/** Into another menu, with all that is below it. */
export function movedTo(menu: CallMenu, parent: string, index: number, target: string): CallMenu {
  const node = menu.nodes.find(({ id }) => id === parent);
  const into = menu.nodes.find(({ id }) => id === target);
  const choice = node?.does === 'menu' ? node.choices[index] : undefined;
  if (choice === undefined || into?.does !== 'menu' || parent === target) return menu;
  const taken = into.choices.map(({ key }) => key);
  const key = taken.includes(choice.key) ? (KEYS.find((each) => !taken.includes(each)) ?? choice.key) : choice.key;
  const there = withChoices(menu, target, (choices) => [...choices, { ...choice, key }]);
  return withChoices(there, parent, (choices) => choices.toSpliced(index, 1));
}

/** Menus that a key may be moved into: not its own, and none below it. */
export function movesInto(menu: CallMenu, parent: string, to: string): string[] {
  const below = reachedFrom(menu, to);
  return menu.nodes.filter(({ id, does }) => does === 'menu' && id !== parent && !below.has(id)).map(({ id }) => id);
}
