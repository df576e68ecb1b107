import type { HeldState } from '@switchboard/contract';

/** A held reply only moves forward: what went out can't be undone, what came back doesn't go out by itself. */
export const nextHeldStates: Record<HeldState, readonly HeldState[]> = {
  waiting: ['released', 'returned'],
  returned: ['discarded'],
  released: [],
  discarded: [],
};

export const mayBecome = (from: HeldState, to: HeldState): boolean => nextHeldStates[from].includes(to);

/** Stands beside the conversation: it waits for its time, or for a person. */
export const standingStates = ['waiting', 'returned'] as const satisfies HeldState[];
