import { OPENING_HOURS, type CallMenu, type MenuNode, type MenuProblem } from '@switchboard/contract';

/** What a menu may lead to. */
export interface Known {
  readonly queues: Pick<ReadonlySet<string>, 'has'>;
  readonly calendars: Pick<ReadonlySet<string>, 'has'>;
}

/** What is wrong with a tree: steps that are missing, that nobody reaches, that lead nowhere or round and round. */
export function problemsOfMenu(menu: CallMenu, { queues, calendars }: Known): MenuProblem[] {
  const byId = new Map(menu.nodes.map((node) => [node.id, node]));
  const leadsOut = new Set(menu.nodes.flatMap(({ id }) => (endsSomewhere(id, byId) ? [id] : [])));
  const reached = new Set([...reachable(menu.start, byId), ...reachable(menu.closed, byId)]);
  return [
    ...(['start', 'closed'] as const).flatMap((path) =>
      byId.has(menu[path]) ? [] : [{ path, message: 'There is no such step' }],
    ),
    ...(menu.calendarId === null || menu.calendarId === OPENING_HOURS || calendars.has(menu.calendarId)
      ? []
      : [{ path: 'calendarId', message: 'This calendar is gone: choose another' }]),
    ...menu.nodes.flatMap((node, index) => [
      ...ofNode(node, `nodes.${index}`, byId, menu),
      ...(node.does !== 'queue' || node.queueId === null || queues.has(node.queueId)
        ? []
        : [{ path: `nodes.${index}.queueId`, message: 'This queue is gone: choose another' }]),
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
  if (node.does === 'number')
    return byId.has(node.otherwise)
      ? []
      : [{ path: `${path}.otherwise`, message: 'Choose where who is not reached goes on' }];
  if (node.does !== 'menu') return [];
  const said = menu.languages.some((language) => (node.say[language] ?? '') !== '');
  const keys = node.choices.map(({ key }) => key);
  const all = node.choices.flatMap(({ words }) => words.map((word) => word.toLowerCase()));
  const taken = all.filter((word, index) => all.indexOf(word) !== index);
  return [
    ...(said ? [] : [{ path: `${path}.say`, message: 'Say what the keys mean' }]),
    ...(node.choices.length > 0 ? [] : [{ path: `${path}.choices`, message: 'A menu needs a key' }]),
    ...node.choices.flatMap(({ key, to, language, words }, index) => [
      ...words
        .filter((word) => taken.includes(word.toLowerCase()))
        .slice(0, 1)
        .map((word) => ({ path: `${path}.choices.${index}.words`, message: `“${word}” means two things here` })),
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

function nextOf(node: MenuNode | undefined): string[] {
  if (node?.does === 'menu') return node.choices.map(({ to }) => to);
  return node?.does === 'number' ? [node.otherwise] : [];
}

function reachable(start: string, byId: ReadonlyMap<string, MenuNode>): Set<string> {
  const seen = new Set([start]);
  for (const id of seen) for (const next of nextOf(byId.get(id))) seen.add(next);
  return seen;
}

const endsSomewhere = (id: string, byId: ReadonlyMap<string, MenuNode>): boolean =>
  [...reachable(id, byId)].some((each) => byId.has(each) && byId.get(each)?.does !== 'menu');
