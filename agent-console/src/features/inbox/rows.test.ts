import { describe, expect, it } from '@jest/globals';
import type { Clock, TicketRow } from '@switchboard/contract';
import { arrange, arrangeHeld, belongs, isAbove, newerRow, pressingClock, rowFromLive, unreadOf } from './rows.ts';

const row = (id: string, over: Partial<TicketRow> = {}): TicketRow => ({
  id,
  number: 1,
  seq: 1,
  subject: 'Where is my order?',
  status: 'open',
  nextStatuses: ['resolved'],
  priority: 'normal',
  queue: { id: 'q1', name: 'Support' },
  assignee: null,
  tags: [],
  customer: { id: 'c1', name: 'Grace' },
  channel: 'webchat',
  channels: ['webchat'],
  preview: null,
  inboundCount: 1,
  waitingSince: '2026-03-02T10:00:00.000Z',
  firstResponse: null,
  nextResponse: null,
  resolution: null,
  snoozedUntil: null,
  needsAttention: false,
  scheduled: 0,
  createdAt: '2026-03-02T10:00:00.000Z',
  updatedAt: '2026-03-02T10:00:00.000Z',
  resolvedAt: null,
  seenInbound: 0,
  ...over,
});
const me = { id: 'me', name: 'Ada' };
const viewer = { id: 'me', role: 'agent' as const, queueIds: ['q1'] };

describe('belongs', () => {
  it.each([
    ['mine', { assignee: me }, true],
    ['mine', { assignee: me, status: 'resolved' }, false],
    ['unassigned', {}, true],
    ['unassigned', { assignee: me }, false],
    ['open', { status: 'pending' }, true],
    ['open', { status: 'snoozed' }, false],
    ['snoozed', { status: 'snoozed' }, true],
    ['resolved', { status: 'resolved' }, true],
    ['all', { status: 'resolved' }, true],
  ] as const)('in %s, a ticket with %j: %s', (view, over, expected) => {
    expect(belongs(row('t', over), { view }, viewer)).toBe(expected);
  });

  it('keeps to the queue', () => {
    expect(belongs(row('t'), { view: 'open', queueId: 'q2' }, viewer)).toBe(false);
  });

  it('shows an agent another queue’s ticket only where it is theirs', () => {
    const elsewhere = row('t', { assignee: me, queue: { id: 'q2', name: 'Sales' } });
    expect(belongs(elsewhere, { view: 'open' }, viewer)).toBe(false);
    expect(belongs(elsewhere, { view: 'mine' }, viewer)).toBe(true);
    expect(belongs(elsewhere, { view: 'open' }, { ...viewer, role: 'supervisor' })).toBe(true);
  });
});

describe('newerRow', () => {
  it('takes the higher seq and never forgets what was seen', () => {
    const held = row('t', { seq: 5, inboundCount: 4, seenInbound: 4 });
    const late = newerRow(held, row('t', { seq: 3, inboundCount: 3, seenInbound: 1 }));
    expect([late.seq, late.seenInbound]).toEqual([5, 4]);
    expect(unreadOf(newerRow(held, row('t', { seq: 6, inboundCount: 6, seenInbound: 0 })))).toBe(2);
  });

  it('counts one new message for a ticket that it has not seen before and a customer waits', () => {
    expect(unreadOf(rowFromLive(undefined, row('t', { inboundCount: 9 })))).toBe(1);
    expect(unreadOf(rowFromLive(undefined, row('t', { inboundCount: 9, waitingSince: null })))).toBe(0);
  });
});

describe('arrange', () => {
  it('puts the latest change first and leaves out what does not belong', () => {
    const rows = [
      row('a', { updatedAt: '2026-03-02T10:00:00.000Z' }),
      row('b', { updatedAt: '2026-03-02T11:00:00.000Z' }),
      row('c', { status: 'resolved' }),
    ];
    expect(arrange(rows, { view: 'open' }, viewer)).toEqual(['b', 'a']);
  });
});

describe('arrangeHeld', () => {
  it.each([
    ['new rows above wait', ['a', 'b'], ['n', 'a', 'b'], ['a', 'b'], 1],
    ['new rows between wait', ['a', 'b'], ['a', 'n', 'b'], ['a', 'b'], 1],
    ['moved rows keep their places', ['a', 'b', 'c'], ['c', 'a', 'b'], ['a', 'b', 'c'], 0],
    ['rows that left keep their places', ['a', 'b'], ['b'], ['a', 'b'], 0],
    ['an older page goes below', ['a', 'b'], ['a', 'b', 'o', 'p'], ['a', 'b', 'o', 'p'], 0],
    ['new above, older below', ['a'], ['n', 'm', 'a', 'o'], ['a', 'o'], 2],
    ['nothing shown is left: all wait', ['a'], ['n'], ['a'], 1],
  ])('%s', (_, shown, wanted, order, fresh) => {
    expect(arrangeHeld(shown, wanted)).toEqual({ order, fresh });
  });
});

it('takes nothing into a list that belongs below what is loaded of it', () => {
  const at = (id: string, updatedAt: string) => row(id, { updatedAt });
  const end = at('b', '2026-03-02T10:00:00.000Z');
  expect(isAbove(at('a', '2026-03-02T11:00:00.000Z'), end)).toBe(true);
  expect(isAbove(at('a', '2026-03-02T09:00:00.000Z'), end)).toBe(false);
  expect(isAbove(at('c', '2026-03-02T10:00:00.000Z'), end)).toBe(true);
  expect(isAbove(at('a', '2026-03-02T09:00:00.000Z'), undefined)).toBe(true);
});

describe('the clock that a row shows', () => {
  const clock = (over: Partial<Clock> = {}): Clock => ({
    startedAt: '2026-03-02T10:00:00.000Z',
    ...{ warnAt: null, dueAt: null, doneAt: null, pausedAt: null, leftMs: null },
    ...over,
  });
  const [early, late] = ['2026-03-02T11:00:00.000Z', '2026-03-02T15:00:00.000Z'];
  it.each<[string, Partial<TicketRow>, string | null]>([
    [
      'the promise that ends first',
      { firstResponse: clock({ dueAt: late }), resolution: clock({ dueAt: early }) },
      'resolution',
    ],
    ['the promise and not the mere wait', { firstResponse: clock(), resolution: clock({ dueAt: late }) }, 'resolution'],
    ['the wait where nothing is promised', { firstResponse: clock(), resolution: clock() }, 'firstResponse'],
    [
      'the next turn once the first is answered',
      { firstResponse: clock({ doneAt: early }), nextResponse: clock() },
      'nextResponse',
    ],
    [
      'what stands still',
      { status: 'pending', waitingSince: null, resolution: clock({ pausedAt: early, leftMs: 60_000 }) },
      'resolution',
    ],
    [
      'nothing when nobody waits',
      { waitingSince: null, firstResponse: clock({ doneAt: early }), resolution: clock() },
      null,
    ],
    ['nothing while it sleeps', { status: 'snoozed', waitingSince: null, resolution: clock({ dueAt: late }) }, null],
    ['nothing when it is resolved', { status: 'resolved', firstResponse: clock({ dueAt: late }) }, null],
  ])('is %s', (_, over, kind) => {
    expect(pressingClock(row('t', over))?.kind ?? null).toBe(kind);
  });
});
