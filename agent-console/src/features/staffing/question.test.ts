import { describe, expect, it } from '@jest/globals';
import type { Capabilities } from '@switchboard/contract';
import { questionOf, usual, workOf } from './question.ts';

const can = (more: { call?: boolean; live?: boolean }) =>
  ({ call: more.call ? {} : null, conversation: { live: more.live ?? false } }) as Capabilities;

describe('the question of a plan', () => {
  it('is asked in seconds and shares, with what the kind of work has', () => {
    const calls = questionOf({ date: '2026-03-02', work: 'calls' }, { ...usual.calls, aht: '4,5', change: '−2' });
    expect(calls).toEqual({
      ...{ date: '2026-03-02', work: 'calls', ahtSeconds: 270, serviceLevel: 0.8, answerWithinSeconds: 20 },
      ...{ maxOccupancy: 0.85, shrinkage: 0.3, patienceSeconds: 120 },
      change: { agents: -2, from: '10:00', to: '12:00' },
    });
    const messages = questionOf(
      { date: '2026-03-02', work: 'messages' },
      { ...usual.messages, change: '0', agents: '4' },
    );
    expect(messages).toMatchObject({ answerWithinSeconds: 14_400, agents: 4 });
    expect(messages).not.toHaveProperty('change');
    expect(messages).not.toHaveProperty('patienceSeconds');
  });

  it.each([{ aht: '' }, { goal: 'many' }, { change: '' }])('is none with %j', (wrong) => {
    expect(questionOf({ date: '2026-03-02', work: 'calls' }, { ...usual.calls, ...wrong })).toBeNull();
  });
});

it.each([
  ['calls', [can({ call: true })]],
  ['chats', [can({ live: true }), can({ live: true })]],
  ['messages', [can({}), null]],
  [null, [can({ live: true }), can({})]],
  [null, []],
])('takes the work to be %s by what its channels can do', (kind, capabilities) => {
  expect(workOf(capabilities)).toBe(kind);
});
