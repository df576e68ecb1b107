import { describe, expect, it } from '@jest/globals';
import type { CallView } from '@switchboard/contract';
import { partOf } from './part.ts';

const leg = {
  id: 'G1',
  role: 'agent',
  name: 'Grace',
  agentId: 'grace',
  held: false,
  joinedAt: null,
  leftAt: null,
} as const;
const aside: NonNullable<CallView['aside']> = {
  ...{ id: 'aside', state: 'asked', end: null, kind: 'agent', name: 'Grace', agentIds: ['grace'], legId: null },
  ...{ note: '', by: { id: 'ada', name: 'Ada' } },
};
const call = (now: Partial<CallView>): CallView =>
  ({ agent: { id: 'ada', name: 'Ada' }, phase: 'talking', endedAt: null, aside: null, legs: [], ...now }) as CallView;

describe('my part in a call', () => {
  it.each<[string, Partial<CallView>, ReturnType<typeof partOf>]>([
    ['is none where nobody asked me', {}, null],
    ['is to say yes or no', { aside }, 'asked'],
    ['is none once a colleague was faster', { aside: { ...aside, agentIds: ['linus'] } }, null],
    ['is none once it was taken back', { aside: { ...aside, state: 'over', end: 'cancelled' } }, null],
    ['is a guest’s while I am on the line', { legs: [{ ...leg, state: 'joined' }] }, 'guest'],
    ['is none after I left', { legs: [{ ...leg, state: 'left' }] }, null],
    ['is none as a listener', { legs: [{ ...leg, role: 'monitor', state: 'joined' }] }, null],
    ['is its agent’s once it was given to me', { agent: { id: 'grace', name: 'Grace' } }, 'own'],
    ['is none once I have given it to a number', { agent: { id: 'grace', name: 'Grace' }, phase: 'forwarded' }, null],
  ])('%s', (_, now, part) => {
    expect(partOf(call(now), 'grace')).toBe(part);
  });
});
