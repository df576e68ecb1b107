import { describe, expect, it } from '@jest/globals';
import type { CallChange } from '@switchboard/contract';
import { heldLeg } from '../aside/held-leg.ts';
import { blankCall, type Call, type Leg } from '../call.schema.ts';
import { applyChange, JOIN_MS } from './apply-change.ts';

const at = new Date('2026-03-02T10:00:00Z');
const later = new Date(+at + 3000);
const leg = (id: string, role: Leg['role'], state: Leg['state']): Leg => ({
  ...{ id, role, state, agentId: role === 'agent' ? 'ada' : null, name: id },
  ...{ held: false, at, joinedAt: at, leftAt: null },
});
const call = (now: Partial<Call>): Call =>
  blankCall('call', at, {
    ...{ channelAccountId: 'line', externalId: 'C1', direction: 'inbound', line: '', customerName: 'Bo' },
    ...{ customer: { externalId: '+1', handles: [] }, ticketId: 't', state: 'in-progress', sequence: 1 },
    ...{ phase: 'connecting', language: 'en', records: false, mayPause: true, startedAt: at, queuedAt: at },
    ...{ agent: { id: 'ada', name: 'Ada' }, calledFor: 'A1', unsettledSince: null, ...now },
  });
const left: CallChange = {
  externalId: 'C1',
  direction: 'inbound',
  leg: { externalId: 'A1', role: 'agent', change: 'left' },
};
const told = { at: later, rawRef: null, name: 'Ada' };

describe('an agent’s browser that goes', () => {
  it.each([
    ['before the customer is in', [leg('A1', 'agent', 'joined')], 'connecting'],
    ['under the customer', [leg('C1', 'customer', 'joined'), leg('A1', 'agent', 'joined')], 'talking'],
  ] as const)('%s has the time of a reload to come back', (_, legs, phase) => {
    const answeredAt = phase === 'talking' ? at : null;
    expect(applyChange(call({ legs, phase, answeredAt }), left, told)).toMatchObject({
      phase: 'connecting',
      joinBy: new Date(+later + JOIN_MS),
    });
  });

  it('does not put off when it must have joined', () => {
    const joinBy = new Date(+at + JOIN_MS);
    expect(applyChange(call({ legs: [leg('A1', 'agent', 'joined')], joinBy }), left, told)).toMatchObject({ joinBy });
  });
});

it('takes a leg that comes back within one second of the provider’s clock by the count of its reports', () => {
  const customer = { externalId: 'C1', role: 'customer' } as const;
  const tell = (now: Call, change: 'joined' | 'left', sequence: number, roomSession = 'first'): Call =>
    applyChange(
      now,
      { ...{ externalId: 'C1', direction: 'inbound', roomSession, sequence }, leg: { ...customer, change } },
      told,
    );
  const back = [1, 2, 3].reduce((now, count) => tell(now, count === 2 ? 'left' : 'joined', count), call({}));
  expect(back.legs).toMatchObject([{ id: 'C1', state: 'joined' }]);
  expect(tell(back, 'left', 2)).toBe(back);
  // Out of that room, and into it as it opens anew: it counts from one again.
  const again = tell(tell(back, 'left', 4), 'joined', 2, 'second');
  expect(again.legs).toMatchObject([{ id: 'C1', state: 'joined', roomSession: 'second' }]);
  expect(tell(again, 'left', 4)).toBe(again);
});

it('takes the echo of what we did for no news, whenever it comes', () => {
  const ms = (count: number) => new Date(+at + count);
  const tell = (now: Call, change: 'held' | 'resumed', seconds: number): Call => {
    const about = { externalId: 'C1', role: 'customer' } as const;
    const reported = { ...told, at: ms(seconds * 1000) };
    return applyChange(now, { externalId: 'C1', direction: 'inbound', leg: { ...about, change } }, reported);
  };
  const talks = call({ phase: 'talking', legs: [leg('C1', 'customer', 'joined'), leg('A1', 'agent', 'joined')] });
  const back = heldLeg(heldLeg(talks, 'C1', true, ms(1200)), 'C1', false, ms(2700));
  expect(tell(tell(tell(back, 'held', 1), 'resumed', 2), 'held', 1)).toBe(back);
  // Of later it is news: who did it was killed before it could be written down.
  expect(tell(back, 'held', 3).moments.map(({ what }) => what)).toEqual(['held', 'resumed', 'held']);
});
