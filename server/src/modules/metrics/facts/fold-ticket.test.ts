import { describe, expect, it } from '@jest/globals';
import { calendarOf } from '../../calendars/index.ts';
import type { StoredEntry, Ticket } from '../../tickets/index.ts';
import { foldTicket, type Measures } from './fold-ticket.ts';

const MINUTE = 60_000;
const OPENED = new Date('2026-03-02T09:00:00Z'); // A Monday.
const minute = (after: number) => new Date(OPENED.getTime() + after * MINUTE);
const measures: Measures = {
  // Open until half past nine.
  hours: calendarOf({ timeZone: 'UTC', hours: [{ weekday: 1, from: '08:00', to: '09:30' }], holidays: [] }),
  isLive: (channel) => channel === 'webchat',
};

const ticket = (more: Partial<Ticket> = {}): Ticket =>
  ({
    ...{ _id: 't', number: 1, customerId: 'c', queueId: 'q', assigneeId: null, channel: 'sms', channels: ['sms'] },
    ...{ createdAt: OPENED, tags: [], seq: 0 },
    ...more,
  }) as Ticket;

type Change = Partial<Pick<StoredEntry, 'patch' | 'left' | 'author'>>;
const agent = { kind: 'agent', id: 'ada', name: 'Ada' } as const;
const written = (at: number, change: Change = {}) => ({
  ...{ type: 'message', direction: 'in', at: minute(at), author: { kind: 'customer', id: 'c', name: 'C' } },
  ...{ patch: { waitingSince: minute(at) } },
  ...change,
});
const replied = (at: number, change: Change = {}) => ({
  ...{ type: 'message', direction: 'out', at: minute(at), author: agent },
  ...change,
  patch: { replyCount: 1, waitingSince: null, ...change.patch },
});
const changed = (at: number, patch: Partial<Ticket>, change: Change = {}) => ({
  ...{ type: 'event', at: minute(at), author: agent, patch, ...change },
});
const history = (...entries: object[]) =>
  entries.map((entry, at) => ({ _id: `e${at + 1}`, seq: at + 1, ticketId: 't', ...entry })) as StoredEntry[];

/** What is told, without what every fact has. */
function told(entries: StoredEntry[], more: Partial<Ticket> = {}) {
  const { facts } = foldTicket(ticket(more), entries, measures, null);
  return facts.map(({ kind, at, agentId, ms, businessMs, inTime, ...rest }) => ({
    ...{ kind, minute: (at.getTime() - OPENED.getTime()) / MINUTE, agentId },
    ...(ms !== undefined && { minutes: ms / MINUTE, business: (businessMs ?? 0) / MINUTE }),
    ...(inTime !== undefined && { inTime }),
    ...(rest.first !== undefined && { first: rest.first, last: rest.last, oneTouch: rest.oneTouch }),
    ...(rest.queueId !== 'q' && { queueId: rest.queueId }),
  }));
}

const clock = (dueAt: Date | null, doneAt: Date) =>
  ({ startedAt: OPENED, spells: [{ from: OPENED, to: null }], carriedMs: 0, dueAt, doneAt }) as never;

describe('a ticket’s facts', () => {
  it('are its opening, who got it, the answers and its resolution', () => {
    const entries = history(
      written(0),
      changed(10, { assigneeId: 'ada' }),
      replied(40, { patch: { firstResponse: clock(minute(30), minute(40)) } }),
      written(50),
      replied(60, { patch: { nextResponse: clock(minute(70), minute(60)) } }),
      changed(90, { status: 'resolved', resolution: clock(null, minute(90)) }),
    );
    expect(told(entries)).toEqual([
      { kind: 'opened', minute: 0, agentId: null },
      { kind: 'assigned', minute: 10, agentId: 'ada', minutes: 10, business: 10 },
      { kind: 'first-response', minute: 40, agentId: 'ada', minutes: 40, business: 30, inTime: false },
      { kind: 'next-response', minute: 60, agentId: 'ada', minutes: 10, business: 0, inTime: true },
      ...[{ kind: 'resolved', minute: 90, agentId: 'ada', minutes: 90, business: 30 }].map((fact) => ({
        ...{ ...fact, first: true, last: true, oneTouch: false },
      })),
    ]);
  });

  it('do not count the time in which the resolution’s clock stood still', () => {
    const spells = [
      { from: OPENED, to: minute(10) },
      { from: minute(60), to: null },
    ];
    const resolution = { ...(clock(null, minute(70)) as object), spells } as never;
    const [, fact] = told(history(changed(70, { status: 'resolved', resolution })));
    expect(fact).toMatchObject({ kind: 'resolved', minutes: 20, business: 10 });
  });

  it('tell a resolution anew when it was not the last', () => {
    const entries = history(
      written(0),
      replied(5, { patch: { assigneeId: 'ada', status: 'resolved' } }),
      written(20, { patch: { status: 'open', waitingSince: minute(20) } }),
      changed(30, { status: 'resolved', waitingSince: null }),
    );
    const resolved = told(entries).filter(({ kind }) => kind === 'resolved');
    expect(resolved.map(({ minute: at, first, last }) => [at, first, last])).toEqual([
      [5, true, false],
      [30, false, true],
    ]);
    expect(told(entries).find(({ kind }) => kind === 'reopened')).toMatchObject({ minute: 20, agentId: 'ada' });
  });

  it('know from where it was taken', () => {
    const entries = history(
      changed(10, { queueId: 'q2' }, { left: { queueId: 'q' } }),
      changed(20, { assigneeId: 'bob' }, { left: { assigneeId: 'ada' } }),
      changed(30, { assigneeId: null }, { left: { assigneeId: 'bob' } }),
      changed(45, { assigneeId: 'eve' }),
    );
    expect(told(entries, { queueId: 'q2', assigneeId: 'eve' })).toEqual([
      { kind: 'opened', minute: 0, agentId: 'ada' },
      { kind: 'transferred', minute: 10, agentId: 'ada' },
      { kind: 'transferred', minute: 20, agentId: 'ada', queueId: 'q2' },
      { kind: 'assigned', minute: 45, agentId: 'eve', minutes: 15, business: 0, queueId: 'q2' },
    ]);
  });

  it.each([
    ['webchat', ['opened', 'abandoned', 'resolved']],
    ['sms', ['opened', 'resolved']],
  ] as const)('are an abandonment where somebody waited in front of the screen: %s', (channel, kinds) => {
    const entries = history(written(0), changed(3, { status: 'resolved', waitingSince: null }));
    expect(told(entries, { channel, channels: [channel] }).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('tell once that the customer was asked, and then what they thought of it', () => {
    const asked = { surveyId: 'e9', askedAt: minute(30), queueId: 'q2', agentId: 'ada' };
    const rated = (at: number, rating: number, comment?: string) => ({
      ...changed(at, {}, { author: { kind: 'customer', id: 'c', name: 'C' } }),
      feedback: { ...asked, rating, ...(comment !== undefined && { comment }) },
    });
    const question = { ...written(30), direction: 'out', author: { kind: 'system' }, patch: {}, survey: asked };
    const entries = history(changed(20, { status: 'resolved' }), question, rated(40, 2, 'slow'), rated(50, 4));
    const ofAsking = (some: StoredEntry[]) =>
      foldTicket(ticket(), some, measures, null).facts.filter(({ kind }) => kind === 'asked');
    expect(ofAsking(entries.slice(0, 2))).toMatchObject([{ _id: 'e9:asked', at: minute(30), queueId: 'q2' }]);
    expect(ofAsking(entries.slice(0, 3))).toMatchObject([{ _id: 'e9:asked', rating: 2, comment: 'slow' }]);
    expect(ofAsking(entries)).toMatchObject([{ _id: 'e9:asked', at: minute(30), agentId: 'ada', rating: 4 }]);
  });

  it('are the same whether they are made at once or bit by bit', () => {
    const entries = history(
      written(0),
      changed(10, { assigneeId: 'ada', tags: ['wet'] }),
      replied(40),
      changed(50, { status: 'resolved' }),
      written(60, { patch: { status: 'open', waitingSince: minute(60) } }),
      replied(61, { patch: { status: 'resolved' } }),
    );
    const whole = foldTicket(ticket({ assigneeId: 'ada' }), entries, measures, null);
    for (let cut = 1; cut < entries.length; cut += 1) {
      const then = ticket({ assigneeId: cut === 1 ? null : 'ada' });
      const first = foldTicket(then, entries.slice(0, cut), measures, null);
      const rest = foldTicket(ticket({ assigneeId: 'ada' }), entries.slice(cut), measures, first.course);
      const all = new Map([...first.facts, ...rest.facts].map((fact) => [fact._id, { ...fact, tags: ['wet'] }]));
      expect(rest.course).toEqual({ ...whole.course, resolved: rest.course.resolved });
      expect([...all.values()].toSorted(byId)).toEqual(whole.facts.toSorted(byId));
    }
  });
});

const byId = (a: { _id: string }, b: { _id: string }) => (a._id < b._id ? -1 : 1);
