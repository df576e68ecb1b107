import { describe, expect, it } from '@jest/globals';
import type { VisitorMessage } from '@switchboard/contract';
import {
  appendWaiting,
  changeEntry,
  groupEntries,
  joinWelcome,
  markRead,
  markSent,
  mergeMessages,
} from './conversation.ts';
import type { Entry } from './conversation.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 10, minute)).toISOString();
const theirs = (id: string, minute: number, change: Partial<VisitorMessage> = {}): VisitorMessage => ({
  id,
  clientId: null,
  from: 'agent',
  agent: { name: 'Ada' },
  parts: [{ type: 'text', text: id }],
  at: at(minute),
  state: 'sent',
  ...change,
});
const mine = (id: string, minute: number, clientId = id): VisitorMessage =>
  theirs(id, minute, { clientId, from: 'visitor', agent: null });
const waiting = (id: string, minute = 0) => ({
  frame: { type: 'message' as const, id, parts: [{ type: 'text' as const, text: id }], at: at(minute) },
});
const keys = (entries: readonly Entry[]) => entries.map(({ key }) => key);

describe('merging', () => {
  it('puts the hub’s messages in their order, whatever order they come in', () => {
    expect(keys(mergeMessages([], [theirs('c', 3), theirs('a', 1), theirs('b', 2)]))).toEqual(['a', 'b', 'c']);
  });

  it('shows a message once, however often it comes', () => {
    const once = mergeMessages([], [theirs('a', 1), theirs('b', 2)]);
    expect(mergeMessages(once, [theirs('b', 2), theirs('a', 1)])).toEqual(once);
  });

  it('knows our own message again and keeps its key', () => {
    const sent = markSent(appendWaiting([], waiting('mine')), 'mine');
    const merged = mergeMessages(sent, [mine('hub-id', 4, 'mine')]);
    expect(merged).toMatchObject([{ key: 'mine', id: 'hub-id', state: 'sent', at: at(4) }]);
  });

  it('keeps what is on its way last, even with a clock that is hours behind', () => {
    const entries = appendWaiting(mergeMessages([], [theirs('a', 30)]), waiting('mine', 0));
    expect(keys(mergeMessages(entries, [theirs('b', 31)]))).toEqual(['a', 'b', 'mine']);
  });

  it('puts an answer after our message though our clock is hours ahead', () => {
    const entries = markSent(appendWaiting(mergeMessages([], [theirs('a', 1)]), waiting('mine', 59)), 'mine');
    expect(keys(mergeMessages(entries, [theirs('b', 2)]))).toEqual(['a', 'mine', 'b']);
  });

  it('puts older messages above', () => {
    const entries = markSent(appendWaiting(mergeMessages([], [theirs('b', 5)]), waiting('mine')), 'mine');
    expect(keys(mergeMessages(entries, [mine('x', 1), theirs('y', 2)]))).toEqual(['x', 'y', 'b', 'mine']);
  });

  it('never takes a state back', () => {
    const read = mergeMessages([], [theirs('a', 1, { state: 'read' })]);
    expect(mergeMessages(read, [theirs('a', 1, { state: 'sent' })])).toMatchObject([{ state: 'read' }]);
  });
});

describe('states of our own messages', () => {
  const entries = mergeMessages([], [mine('a', 1), theirs('b', 2), mine('hub-c', 3, 'c'), mine('d', 4)]);

  it('are read up to the one that was seen, by either of its ids', () => {
    for (const id of ['c', 'hub-c']) {
      expect(markRead(entries, id).map(({ state }) => state)).toEqual(['read', 'sent', 'read', 'sent']);
    }
  });

  it('stay where the hub names a message that is not here', () => {
    expect(markRead(entries, 'unknown')).toEqual(entries);
  });

  it('are not read before they were sent', () => {
    const failed = changeEntry(entries, 'a', { state: 'failed' });
    expect(markRead(failed, 'd')[0]).toMatchObject({ state: 'failed' });
  });
});

describe('after a reconnect', () => {
  const shown = { entries: mergeMessages([], [theirs('a', 1), theirs('b', 2)]), hasOlder: false };

  it('what was missed comes below', () => {
    const joined = joinWelcome(shown, [theirs('b', 2), theirs('c', 3)], true);
    expect([keys(joined.entries), joined.hasOlder]).toEqual([['a', 'b', 'c'], false]);
  });

  it('a gap is not hidden: the newest are shown, and what waits to be sent', () => {
    const withOwn = { ...shown, entries: appendWaiting(shown.entries, waiting('mine')) };
    const joined = joinWelcome(withOwn, [theirs('y', 8), theirs('z', 9)], true);
    expect([keys(joined.entries), joined.hasOlder]).toEqual([['y', 'z', 'mine'], true]);
  });

  it('keeps what was pushed while a welcome beyond a gap was on its way', () => {
    const pushed = { ...shown, entries: mergeMessages(shown.entries, [theirs('after', 10)]) };
    const joined = joinWelcome(pushed, [theirs('y', 8), theirs('z', 9)], true);
    expect([keys(joined.entries), joined.hasOlder]).toEqual([['y', 'z', 'after'], true]);
  });

  it('marks as seen what is older than the page that says so', () => {
    const old = { entries: mergeMessages([], [mine('first', 1), mine('second', 2)]), hasOlder: false };
    const joined = joinWelcome(old, [{ ...mine('second', 2), state: 'read' }, mine('third', 3)], true);
    expect(joined.entries.map(({ state }) => state)).toEqual(['read', 'read', 'sent']);
  });

  it('the first welcome decides whether there is more', () => {
    expect(joinWelcome({ entries: [], hasOlder: false }, [theirs('a', 1)], true).hasOlder).toBe(true);
  });
});

describe('grouping', () => {
  const shape = (messages: VisitorMessage[]) =>
    groupEntries(mergeMessages([], messages)).map(({ from, day, entries }) => [from, day !== null, entries.length]);

  it('puts one turn of one person together', () => {
    expect(shape([theirs('a', 1), theirs('b', 2), mine('c', 3), theirs('d', 4)])).toEqual([
      ['agent', true, 2],
      ['visitor', false, 1],
      ['agent', false, 1],
    ]);
  });

  it('parts after a pause and at another agent', () => {
    expect(shape([theirs('a', 1), theirs('b', 10), theirs('c', 11, { agent: { name: 'Grace' } })])).toHaveLength(3);
  });

  it('names each day once', () => {
    const nextDay = new Date(Date.UTC(2026, 2, 3, 12)).toISOString();
    const days = shape([theirs('a', 1), mine('b', 2), theirs('c', 3, { at: nextDay })]).map(([, day]) => day);
    expect(days).toEqual([true, false, true]);
  });
});
