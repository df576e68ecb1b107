import { describe, expect, it } from '@jest/globals';
import type { StoredEntry, StoredMessage } from '../../tickets/index.ts';
import { lineOf } from './desk-lines.ts';

const customer = { kind: 'customer', id: 'c', name: 'Joan' };
const agent = { kind: 'agent', id: 'a', name: 'Grace' };
const text = (words: string) => ({ type: 'text', text: words });
const file = (more: object = {}) => ({ type: 'media', media: { source: 'x', fileName: 'a.gif', ...more } });
const message = (more: object = {}) =>
  ({ type: 'message', direction: 'in', author: customer, parts: [text('Hi')], ...more }) as unknown as StoredMessage;
const event = (name: string, to: string | null, from: string | null = null) =>
  ({ type: 'event', author: agent, event: name, from, to }) as unknown as StoredEntry;
const change = (...changes: { path: string; value: unknown }[]) =>
  ({ type: 'change', author: agent, entryId: 'm', changes }) as unknown as StoredEntry;

/** What a desk reads of one change. */
const told = (entry: StoredEntry, changed?: StoredMessage): string | null => {
  const line = lineOf(entry, changed);
  if (line === null) return null;
  const words = line.parts.map((part) => (part.type === 'text' ? part.text : part.type)).join(' ');
  return `${line.from}${line.remark ? ` (${line.remark})` : ''}: ${words}`;
};

const edited = { path: 'editedAt', value: new Date() };
const held = file({ mediaId: '018f0000-0000-7000-8000-000000000001' });
const failed = [
  { path: 'state', value: 'failed' },
  { path: 'reason', value: 'Closed.' },
];

describe('what is told at a desk of a change', () => {
  it.each<[string, StoredEntry, StoredMessage | undefined, string | null | RegExp]>([
    ['a customer’s message', message(), undefined, 'customer: Hi'],
    ['an answer', message({ direction: 'out', author: agent }), undefined, 'agent: Hi'],
    ['a file that is on its way', message({ parts: [file()] }), undefined, null],
    [
      'a file that is here now',
      change({ path: 'parts', value: [] }),
      message({ parts: [text('Hi'), held] }),
      'customer: media',
    ],
    ['an edit', change(edited), message({ parts: [text('Ho'), held] }), 'customer (edited): Ho'],
    ['a deletion', change({ path: 'deletedAt', value: new Date() }), message(), 'event: Joan deleted a message'],
    [
      'an answer that failed',
      change(...failed),
      message({ direction: 'out', reason: 'Closed.' }),
      /^trouble: .*: Closed\. Write another/,
    ],
    ['an answer that was sent', change({ path: 'state', value: 'sent' }), message({ direction: 'out' }), null],
    ['who took it', event('assignee.changed', 'Grace'), undefined, 'event: Grace took it'],
    ['who has it', event('assignee.changed', 'Ben'), undefined, 'event: Ben has it now'],
    ['that nobody has it', event('assignee.changed', null), undefined, 'event: Grace gave it back to the queue'],
    [
      'another queue',
      event('queue.changed', 'Returns', 'Shop'),
      undefined,
      'event: Grace moved it from Shop to Returns',
    ],
    ['other tags', event('tags.changed', 'a'), undefined, null],
  ])('%s', (_, entry, changed, expected) => {
    const line = told(entry, changed);
    if (expected instanceof RegExp) expect(line).toMatch(expected);
    else expect(line).toBe(expected);
  });
});
