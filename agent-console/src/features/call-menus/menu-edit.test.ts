import { describe, expect, it } from '@jest/globals';
import type { CallMenu, MenuNode } from '@switchboard/contract';
import { led, ledToNew, movedBy, movedTo, movesInto, renamed, withKey, withoutKey } from './menu-edit.ts';
import { rowsOf, wrongIn } from './menu-tree.ts';

const key = (pressed: string, to: string) => ({ key: pressed, to, words: [], language: null });
const nodes: MenuNode[] = [
  { id: 'Main', does: 'menu', say: {}, choices: [key('1', 'Sales'), key('2', 'More'), key('3', 'Note')] },
  { id: 'Sales', does: 'queue', say: {}, queueId: null },
  { id: 'More', does: 'menu', say: {}, choices: [key('1', 'Boss'), key('9', 'Main')] },
  { id: 'Boss', does: 'number', say: {}, number: '+1', otherwise: 'Note' },
  { id: 'Note', does: 'voicemail', say: {} },
];
const menu = { start: 'Main', closed: 'Note', nodes } as unknown as CallMenu;
/** `1 Sales`, indented by its depth; `=`: it stands above already. */
const drawn = (given: CallMenu) =>
  rowsOf(given).map(
    ({ depth, choice, place, id, again }) =>
      `${'  '.repeat(depth)}${choice?.key ?? place.at} ${id}${again ? ' =' : ''}`,
  );

describe('the tree of a menu', () => {
  it('unfolds each step once, in the order of its keys', () => {
    expect(drawn(menu)).toEqual([
      ...['start Main', '  1 Sales', '  2 More', '    1 Boss', '      otherwise Note', '    9 Main =', '  3 Note ='],
      'closed Note =',
    ]);
  });

  it('shows a step that is not there', () => {
    expect(rowsOf({ ...menu, start: 'Gone' })[0]).toMatchObject({ id: 'Gone', node: null });
  });

  it('keeps what leads to a step that is renamed', () => {
    expect(drawn(renamed(menu, 'Note', 'Message'))).toEqual(drawn(menu).map((row) => row.replace('Note', 'Message')));
  });

  it('takes a key away with what only it led to', () => {
    const without = withoutKey(menu, 'Main', 1);
    expect(without.nodes.map(({ id }) => id)).toEqual(['Main', 'Sales', 'Note']);
  });

  it('gives a new step the first free key and a name of its own', () => {
    const grown = withKey(menu, 'Main', 'queue', 'Sales');
    expect(drawn(grown.menu)).toContain('  4 Sales 2');
    expect(grown).toMatchObject({ id: 'Sales 2', index: 3 });
  });

  it('leads a place elsewhere, to a step that is there or is new', () => {
    expect(drawn(led(menu, { at: 'closed' }, 'Sales')).at(-1)).toBe('closed Sales =');
    const { menu: grown } = ledToNew(menu, { at: 'key', parent: 'Main', index: 0 }, 'number', 'Shop');
    expect(drawn(grown)).toContain('  1 Shop');
    expect(grown.nodes.map(({ id }) => id)).not.toContain('Sales');
  });

  it.each([
    [1, -1, ['2 More', '1 Sales', '3 Note']],
    [1, 1, ['1 Sales', '3 Note', '2 More']],
    [0, -1, ['1 Sales', '2 More', '3 Note']],
    [2, 1, ['1 Sales', '2 More', '3 Note']],
  ] as const)('moves key %i by %i', (index, by, expected) => {
    const main = movedBy(menu, 'Main', index, by).nodes[0];
    expect(main?.does === 'menu' && main.choices.map((each) => `${each.key} ${each.to}`)).toEqual(expected);
  });

  it('moves a branch into another menu, under a key that is free there, and never below itself', () => {
    expect(drawn(movedTo(menu, 'Main', 0, 'More'))).toContain('    2 Sales');
    expect(movesInto(menu, 'Main', 'Sales')).toEqual(['More']);
    expect(movesInto(menu, 'Main', 'More')).toEqual([]);
  });

  it('shows what is wrong at the very step', () => {
    const problems = [
      { path: 'nodes.1.queueId', message: 'gone' },
      { path: 'nodes.1', message: 'nobody' },
      { path: 'nodes.11.say', message: 'other' },
    ];
    expect(wrongIn(problems, menu, 'Sales')).toEqual([
      { path: 'queueId', message: 'gone' },
      { path: '', message: 'nobody' },
    ]);
  });
});
