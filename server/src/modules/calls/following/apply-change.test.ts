import { describe, expect, it } from '@jest/globals';
import type { CallChange } from '@switchboard/contract';
import type { Call, Leg } from '../call.schema.ts';
import { applyChange, JOIN_MS } from './apply-change.ts';

const at = new Date('2026-03-02T10:00:00Z');
const later = new Date(+at + 3000);
const leg = (id: string, role: Leg['role'], state: Leg['state']): Leg => ({
  ...{ id, role, state, agentId: role === 'agent' ? 'ada' : null, name: id },
  ...{ held: false, at, joinedAt: at, leftAt: null },
});
const call = (now: Partial<Call>): Call => ({
  ...{ _id: 'call', version: 1, channelAccountId: 'line', externalId: 'C1', direction: 'inbound', line: '' },
  ...{ customer: { externalId: '+1', handles: [] }, customerName: 'Bo', ticketId: 't', wantedTicketId: null },
  ...{
    state: 'in-progress',
    sequence: 1,
    phase: 'connecting',
    outcome: null,
    queueId: null,
    node: null,
    language: 'en',
  },
  ...{ records: false, mayPause: true, tried: 0, triesMost: 1, tryAt: null, promisedBy: null },
  ...{ agent: { id: 'ada', name: 'Ada' }, joinBy: null, handsBack: false, guests: [] },
  ...{ calledFor: 'A1', callbackId: null, startedAt: at, queuedAt: at, answeredAt: null, endedAt: null },
  ...{ legs: [], moments: [], recordings: [], recording: null, disposition: null, reason: null },
  ...{ unsettledSince: null, ...now },
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
