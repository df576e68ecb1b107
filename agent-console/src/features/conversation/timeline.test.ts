import { describe, expect, it } from '@jest/globals';
import type { EntryView } from '@switchboard/contract';
import { firstUnseenSeq, reuse, timeline } from './timeline.ts';

type Over = Record<string, unknown>;
const message = (seq: number, over: Over = {}): EntryView =>
  ({
    id: `m${seq}`,
    ticketId: 't',
    seq,
    at: `2026-03-02T10:0${seq}:00.000Z`,
    author: { kind: 'customer', id: 'c', name: 'Grace' },
    type: 'message',
    direction: 'in',
    channel: 'webchat',
    channelAccountId: 'ca',
    threadId: 'th',
    parts: [{ type: 'text', text: 'hi' }],
    state: 'delivered',
    passport: {},
    ...over,
  }) as EntryView;
const event = (seq: number): EntryView => ({
  id: `e${seq}`,
  ticketId: 't',
  seq,
  at: `2026-03-02T10:0${seq}:00.000Z`,
  author: { kind: 'system', id: null, name: 'Switchboard' },
  type: 'event',
  event: 'status.changed',
  from: 'new',
  to: 'open',
});
const DAY = 86_400_000;
const dayOf = (at: number) => {
  const from = at - (at % DAY);
  return { key: new Date(from).toISOString().slice(0, 10), from, until: from + DAY };
};
const shape = (entries: EntryView[], unreadFrom?: number) =>
  timeline(entries, unreadFrom === undefined ? { dayOf } : { dayOf, unreadFrom }).map((item) =>
    'continues' in item && item.continues ? `${item.kind}+` : item.kind,
  );

describe('timeline', () => {
  it('starts each day with its name', () => {
    expect(shape([message(1), message(2, { at: '2026-03-03T10:00:00.000Z' })])).toEqual([
      'day',
      'message',
      'day',
      'message',
    ]);
  });

  it('joins what one person says in a row, and begins anew after five minutes or at another channel', () => {
    expect(shape([message(1), message(2), message(8), message(9, { channel: 'sms' })])).toEqual([
      'day',
      'message',
      'message+',
      'message',
      'message',
    ]);
  });

  it('gathers events that follow each other', () => {
    expect(shape([message(1), event(2), event(3), message(4)])).toEqual(['day', 'message', 'events', 'message']);
  });

  it('draws the unread line above the first unseen message', () => {
    const entries = [message(1), event(2), message(3), message(4)];
    expect(firstUnseenSeq(entries, 2)).toBe(3);
    expect(shape(entries, 3)).toEqual(['day', 'message', 'events', 'unread', 'message', 'message+']);
  });

  it.each([
    [0, Number.POSITIVE_INFINITY],
    [9, 1],
  ])('with %i unseen of two, the line is above %d', (unseen, seq) => {
    expect(firstUnseenSeq([message(1), message(2)], unseen)).toBe(seq);
  });

  it('names a subject only where it changes, whatever reply marks it bears', () => {
    const items = timeline(
      [message(1, { subject: 'Order' }), message(2, { subject: 'AW: Re: Order' }), message(3, { subject: 'Refund' })],
      { dayOf },
    );
    expect(items.flatMap((item) => (item.kind === 'message' ? [item.subject] : []))).toEqual([null, null, 'Refund']);
  });

  it('keeps the key of an optimistic message', () => {
    const [, item] = timeline([message(1, { clientId: 'x' })], { dayOf });
    expect(item?.key).toBe('x');
  });

  it('gives back the same items where nothing changed', () => {
    const entries = [message(1), event(2), message(3)];
    const before = timeline(entries, { dayOf });
    const after = reuse(
      before,
      timeline([...entries.slice(0, 2), message(3, { state: 'read' }), message(4)], { dayOf }),
    );
    expect(after.map((item, index) => item === before[index])).toEqual([true, true, true, false, false]);
  });
});
