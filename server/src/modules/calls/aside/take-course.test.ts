import { describe, expect, it } from '@jest/globals';
import type { CallChange } from '@switchboard/contract';
import { type Aside, blankCall, type Call, type Leg } from '../call.schema.ts';
import { applyChange, ended } from '../following/apply-change.ts';
import type { AsideEvent } from './courses.ts';
import { dueOf, takeCourse } from './take-course.ts';

const at = new Date('2026-03-02T10:00:00Z');
const later = new Date(+at + 3000);
const leg = (id: string, role: Leg['role'], agentId: string | null = null, state: Leg['state'] = 'joined'): Leg => ({
  ...{ id, role, state, agentId, name: id, held: role === 'customer', at, joinedAt: at, leftAt: null },
});
const aside = (now: Partial<Aside>): Aside => ({
  ...{ id: 'aside', state: 'asked', end: null, kind: 'agent', name: 'Grace', agentIds: ['grace'], number: null },
  ...{ askedIds: ['grace'], legId: 'G1', note: 'Wants a refund', by: { id: 'ada', name: 'Ada' } },
  ...{ taken: true, until: later, ...now },
});
const outside: Partial<Aside> = { kind: 'number', name: '+442079460109', number: '+442079460109', agentIds: [] };
const call = (asked: Partial<Aside>, now: Partial<Call> = {}): Call =>
  blankCall('call', at, {
    ...{ channelAccountId: 'line', externalId: 'C1', direction: 'inbound', line: '', customerName: 'Bo' },
    ...{ customer: { externalId: '+1', handles: [] }, ticketId: 't', phase: 'talking', language: 'en' },
    ...{ records: false, mayPause: true, startedAt: at, answeredAt: at, state: 'in-progress' },
    agent: { id: 'ada', name: 'Ada' },
    guests: [{ agentId: 'grace', role: 'agent' }],
    legs: [
      leg('C1', 'customer'),
      leg('A1', 'agent', 'ada'),
      asked.kind === 'number' ? leg('G1', 'number') : leg('G1', 'agent', 'grace'),
    ],
    aside: aside(asked),
    ...now,
  });
/** What became of it, in a line. */
const told = (now: Call): string => {
  const { resumes, putsDown, hands } = dueOf(now);
  const down = putsDown.map(({ leg: id }) => id).join(' ');
  return [
    now.aside?.end ?? now.aside?.state,
    `${now.phase}${now.agent === null ? '' : ` with ${now.agent.name}`}`,
    resumes ? 'off hold' : '',
    down && `puts down ${down}`,
    hands === null ? '' : `ticket to ${hands.to?.name ?? 'nobody new'}`,
  ]
    .filter(Boolean)
    .join(', ');
};

describe('somebody who is asked in', () => {
  it.each<[Partial<Aside>, AsideEvent, string]>([
    [{ state: 'asked' }, 'joined', 'private, talking with Ada'],
    [{ state: 'asked' }, 'declined', 'declined, talking with Ada, puts down G1'],
    [{ state: 'asked', ...outside }, 'busy', 'busy, talking with Ada'],
    [{ state: 'asked', ...outside }, 'unanswered', 'unanswered, talking with Ada, puts down G1'],
    [{ state: 'asked', ...outside }, 'failed', 'failed, talking with Ada'],
    [{ state: 'asked' }, 'left', 'left, talking with Ada'],
    [{ state: 'asked' }, 'cancel', 'cancelled, talking with Ada, off hold, puts down G1'],
    [{ state: 'asked' }, 'lost', 'lost, queue, puts down G1'],
    [{ state: 'private' }, 'left', 'left, talking with Ada'],
    [{ state: 'private' }, 'cancel', 'cancelled, talking with Ada, off hold, puts down G1'],
    [{ state: 'private' }, 'merge', 'merged, talking with Ada, off hold'],
    [{ state: 'private' }, 'complete', 'completed, talking with G1, off hold, puts down A1, ticket to G1'],
    [{ state: 'private' }, 'lost', 'completed, talking with G1, off hold, puts down A1, ticket to G1'],
    [
      { state: 'private', ...outside },
      'complete',
      'completed, forwarded with Ada, off hold, puts down A1, ticket to nobody new',
    ],
    [{ state: 'private', ...outside }, 'lost', 'lost, queue, puts down G1'],
    [
      { state: 'sent', ...outside },
      'joined',
      'completed, forwarded with Ada, off hold, puts down A1, ticket to nobody new',
    ],
    [{ state: 'sent', ...outside }, 'busy', 'busy, queue, puts down G1'],
    [{ state: 'sent', ...outside }, 'unanswered', 'unanswered, queue, puts down G1'],
    [{ state: 'sent', ...outside }, 'failed', 'failed, queue, puts down G1'],
    [{ state: 'sent', ...outside }, 'left', 'left, queue, puts down G1'],
  ])('as %j: %s is “%s”', (asked, event, wanted) => {
    expect(told(takeCourse(call(asked), event, later))).toBe(wanted);
  });

  it.each<[Partial<Aside>, AsideEvent]>([
    [{ state: 'asked' }, 'complete'],
    [{ state: 'asked' }, 'merge'],
    [{ state: 'private' }, 'declined'],
    [{ state: 'private' }, 'unanswered'],
    [{ state: 'sent' }, 'cancel'],
    [{ state: 'over', end: 'declined' }, 'joined'],
    [{ state: 'over', end: 'merged' }, 'left'],
    [{ state: 'over', end: 'completed' }, 'cancel'],
  ])('as %j does not know %s: the call stays the very same', (asked, event) => {
    const before = call(asked);
    expect(takeCourse(before, event, later)).toBe(before);
  });

  it.each(['asked', 'private', 'sent'] as const)('as %s goes when the customer hangs up on the music', (state) => {
    expect(ended(call({ state, ...outside }), later)).toMatchObject({
      ...{ aside: { state: 'over', end: 'ended' }, outcome: 'answered', endedAt: later },
      due: { putsDown: [{ leg: 'G1' }] },
    });
  });

  it.each([
    ['busy', 'busy'],
    ['no-answer', 'unanswered'],
    ['canceled', 'unanswered'],
    ['failed', 'failed'],
  ])('at a number that is not reached (%s) is “%s”, once', (reason, end) => {
    const rings = call({ ...outside, legId: null }, { legs: [leg('C1', 'customer'), leg('A1', 'agent', 'ada')] });
    const report: CallChange = {
      ...{ externalId: 'C1', direction: 'inbound', commandId: 'aside' },
      leg: { externalId: 'N1', role: 'number', number: '+442079460109', change: 'unreached', reason },
    };
    const once = applyChange(rings, report, { at: later, rawRef: null, name: '+442079460109' });
    expect(once).toMatchObject({ aside: { state: 'over', end, legId: 'N1' }, phase: 'talking' });
    expect(applyChange(once, report, { at: later, rawRef: null, name: '' })).toBe(once);
  });
});
