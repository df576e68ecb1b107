import { describe, expect, it } from '@jest/globals';
import { type CallMenu, type MenuChoice, type MenuNode, OPENING_HOURS } from '@switchboard/contract';
import { problemsOfMenu } from './check-menu.ts';
import { DEFAULT_MENU } from './default-menu.ts';

const known = { queues: new Set(['sales']), calendars: new Set(['christmas']) };
const choice = (key: string, to: string, words: string[] = []): MenuChoice => ({ key, to, words, language: null });
const menu = (id: string, ...choices: MenuChoice[]): MenuNode => ({
  ...{ id, does: 'menu', say: { en: 'One or two?' }, choices },
});
const queue = (id: string, queueId: string | null = null): MenuNode => ({ id, does: 'queue', say: {}, queueId });
const number = (id: string, otherwise: string): MenuNode => ({
  ...{ id, does: 'number', say: {}, number: '+442079460109', otherwise },
});
const hangUp: MenuNode = { id: 'Bye', does: 'hang-up', say: {} };
const tree = (nodes: MenuNode[], is: Partial<CallMenu> = {}): CallMenu => ({
  ...DEFAULT_MENU,
  ...{ start: nodes[0]?.id ?? '', closed: nodes.at(-1)?.id ?? '', nodes, ...is },
});

describe('a menu', () => {
  it.each([
    ['as a new number has it', DEFAULT_MENU],
    [
      'of keys, words and a number',
      tree([
        menu('Main', choice('1', 'Sales', ['orders']), choice('2', 'Boss', ['boss'])),
        number('Boss', 'Sales'),
        queue('Sales', 'sales'),
      ]),
    ],
    [
      'whose number leads back to its keys',
      tree([menu('Main', choice('1', 'Boss')), number('Boss', 'Main')], { closed: 'Main' }),
    ],
    ['that is always open', tree([queue('Sales')], { calendarId: null })],
    ['with hours of its own', tree([queue('Sales')], { calendarId: 'christmas' })],
    ['with the opening hours', tree([queue('Sales')], { calendarId: OPENING_HOURS })],
  ])('%s has no problem', (_, given) => expect(problemsOfMenu(given, known)).toEqual([]));

  it.each<[string, CallMenu, string, RegExp]>([
    ['begins nowhere', tree([queue('Sales')], { start: 'Gone' }), 'start', /no such step/],
    ['leads nowhere when closed', tree([queue('Sales')], { closed: 'Gone' }), 'closed', /no such step/],
    ['goes by hours that are gone', tree([queue('Sales')], { calendarId: 'easter' }), 'calendarId', /calendar is gone/],
    ['leads to a queue that is gone', tree([queue('Sales', 'returns')]), 'nodes.0.queueId', /queue is gone/],
    [
      'has a key that leads nowhere',
      tree([menu('Main', choice('1', 'Gone'), choice('2', 'Bye')), hangUp]),
      'nodes.0.choices.0.to',
      /where this key leads/,
    ],
    ['has no key', tree([menu('Main'), hangUp], { closed: 'Main' }), 'nodes.0.choices', /needs a key/],
    [
      'has one key twice',
      tree([menu('Main', choice('1', 'Bye'), choice('1', 'Bye')), hangUp]),
      'nodes.0.choices.1.key',
      /Key 1 is taken/,
    ],
    [
      'has one word twice',
      tree([menu('Main', choice('1', 'Bye', ['Order']), choice('2', 'Bye', ['order'])), hangUp]),
      'nodes.0.choices.1.words',
      /means two things/,
    ],
    [
      'says nothing',
      tree([{ ...menu('Main', choice('1', 'Bye')), say: { de: 'Eins?' } }, hangUp]),
      'nodes.0.say',
      /what the keys mean/,
    ],
    [
      'speaks a language that it has not',
      tree([menu('Main', { ...choice('1', 'Bye'), language: 'de' }), hangUp]),
      'nodes.0.choices.0.language',
      /Add the language/,
    ],
    [
      'has a number after which nothing comes',
      tree([number('Boss', 'Gone')]),
      'nodes.0.otherwise',
      /who is not reached/,
    ],
    ['has two steps of one name', tree([queue('Sales'), queue('Sales')]), 'nodes.1.id', /same name/],
    [
      'has a step that nobody gets to',
      tree([queue('Sales'), queue('Lost'), hangUp], { closed: 'Bye' }),
      'nodes.1',
      /No caller ever/,
    ],
    [
      'goes round and round',
      tree([menu('Main', choice('1', 'More')), menu('More', choice('1', 'Main'))]),
      'nodes.0',
      /round and round/,
    ],
  ])('that %s is told so, at that very place', (_, given, path, message) => {
    expect(problemsOfMenu(given, known)).toContainEqual({ path, message: expect.stringMatching(message) });
  });
});
