import type { CallMenu, MenuNode } from '@switchboard/contract';

export interface MenuProblem {
  /** Of the menu as it was given: `nodes.2.choices.0.to`. */
  readonly path: string;
  readonly message: string;
}

/** What is wrong with a tree: steps that are missing, that nobody reaches, that lead nowhere or round and round. */
export function problemsOfMenu(menu: CallMenu, queues: Pick<ReadonlySet<string>, 'has'>): MenuProblem[] {
  const byId = new Map(menu.nodes.map((node) => [node.id, node]));
  const leadsOut = new Set(menu.nodes.flatMap(({ id }) => (endsSomewhere(id, byId) ? [id] : [])));
  const reached = new Set([...reachable(menu.start, byId), ...reachable(menu.closed, byId)]);
  return [
    ...(['start', 'closed'] as const).flatMap((path) =>
      byId.has(menu[path]) ? [] : [{ path, message: 'There is no such step' }],
    ),
    ...menu.nodes.flatMap((node, index) => [
      ...ofNode(node, `nodes.${index}`, byId, menu),
      ...(node.does !== 'queue' || node.queueId === null || queues.has(node.queueId)
        ? []
        : [{ path: `nodes.${index}.queueId`, message: 'There is no such queue' }]),
      ...(menu.nodes.findIndex(({ id }) => id === node.id) === index
        ? []
        : [{ path: `nodes.${index}.id`, message: 'Another step has the same name' }]),
      ...(reached.has(node.id) ? [] : [{ path: `nodes.${index}`, message: 'No caller ever gets here' }]),
      ...(!reached.has(node.id) || leadsOut.has(node.id)
        ? []
        : [
            {
              path: `nodes.${index}`,
              message: 'Callers go round and round here: lead one key to a queue or a message',
            },
          ]),
    ]),
  ];
}

function ofNode(node: MenuNode, path: string, byId: ReadonlyMap<string, MenuNode>, menu: CallMenu): MenuProblem[] {
  if (node.does !== 'menu') return [];
  const said = menu.languages.some((language) => (node.say[language] ?? '') !== '');
  const keys = node.choices.map(({ key }) => key);
  return [
    ...(said ? [] : [{ path: `${path}.say`, message: 'Say what the keys mean' }]),
    ...(node.choices.length > 0 ? [] : [{ path: `${path}.choices`, message: 'A menu needs a key' }]),
    ...node.choices.flatMap(({ key, to, language }, index) => [
      ...(keys.indexOf(key) === index
        ? []
        : [{ path: `${path}.choices.${index}.key`, message: `Key ${key} is taken already` }]),
      ...(byId.has(to) ? [] : [{ path: `${path}.choices.${index}.to`, message: 'Choose where this key leads' }]),
      ...(language === null || menu.languages.includes(language)
        ? []
        : [{ path: `${path}.choices.${index}.language`, message: 'Add the language to the menu first' }]),
    ]),
  ];
}

const nextOf = (node: MenuNode | undefined): string[] =>
  node?.does === 'menu' ? node.choices.map(({ to }) => to) : [];

function reachable(start: string, byId: ReadonlyMap<string, MenuNode>): Set<string> {
  const seen = new Set([start]);
  for (const id of seen) for (const next of nextOf(byId.get(id))) seen.add(next);
  return seen;
}

const endsSomewhere = (id: string, byId: ReadonlyMap<string, MenuNode>): boolean =>
  [...reachable(id, byId)].some((each) => byId.has(each) && byId.get(each)?.does !== 'menu');
