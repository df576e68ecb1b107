import { expect, it } from '@jest/globals';
import type { Entry } from './conversation.ts';
import { Receipts } from './receipts.ts';

const anEntry = (id: string | null, from: Entry['from'], state: Entry['state']): Entry => ({
  key: id ?? 'mine',
  id,
  from,
  agent: null,
  parts: [],
  at: '2026-03-02T10:00:00.000Z',
  state,
  order: 0,
});
const entries = [
  anEntry('a', 'agent', 'read'),
  anEntry('b', 'agent', 'sent'),
  anEntry('c', 'agent', 'delivered'),
  anEntry('d', 'visitor', 'sent'),
  anEntry(null, 'visitor', 'sending'),
];

it('reports what has come and what was seen, each once', () => {
  const receipts = new Receipts();
  expect(receipts.due(entries, false)).toEqual([{ messageId: 'b', state: 'delivered' }]);
  expect(receipts.due(entries, true)).toEqual([
    { messageId: 'b', state: 'read' },
    { messageId: 'c', state: 'read' },
  ]);
  expect([...receipts.due(entries, true), ...receipts.due(entries, false)]).toEqual([]);
});

it('reports again after a new welcome: the hub may not have heard', () => {
  const receipts = new Receipts();
  receipts.due(entries, true);
  receipts.forget();
  expect(receipts.due(entries, true)).toHaveLength(2);
});
