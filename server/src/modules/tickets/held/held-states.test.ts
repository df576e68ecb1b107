import { expect, it } from '@jest/globals';
import type { HeldState } from '@switchboard/contract';
import { mayBecome, nextHeldStates, standingStates } from './held-states.ts';

const all = Object.keys(nextHeldStates) as HeldState[];

it('moves forward only', () => {
  const allowed = all.flatMap((from) => all.filter((to) => mayBecome(from, to)).map((to) => `${from} → ${to}`));
  expect(allowed).toEqual(['waiting → returned', 'waiting → released', 'returned → discarded']);
});

it('reaches every state from waiting, and nothing stands that can’t be left', () => {
  const seen = new Set<HeldState>(['waiting']);
  for (const state of seen) for (const next of nextHeldStates[state]) seen.add(next);
  expect([...seen].sort()).toEqual([...all].sort());
  for (const state of standingStates) expect(nextHeldStates[state]).not.toEqual([]);
});
