import type { CallPhase, CallState } from '@switchboard/contract';

/** The customer's leg only moves forward; what is over stays as it ended. */
const rank: Record<CallState, number> = {
  ringing: 0,
  'in-progress': 1,
  completed: 2,
  missed: 2,
  busy: 2,
  failed: 2,
  canceled: 2,
};

export const isOver = (state: CallState): boolean => rank[state] === 2;
export const movesOn = (from: CallState, to: CallState): boolean => rank[to] > rank[from];

/** Where a call may go from where it is. */
export const nextPhases: Record<CallPhase, readonly CallPhase[]> = {
  menu: ['menu', 'queue', 'voicemail', 'forwarded', 'over'],
  forwarded: ['menu', 'queue', 'voicemail', 'over'],
  queue: ['callback', 'voicemail', 'connecting', 'over'],
  callback: ['over'],
  voicemail: ['over'],
  connecting: ['talking', 'queue', 'forwarded', 'wrap-up', 'over'],
  talking: ['connecting', 'queue', 'forwarded', 'wrap-up', 'over'],
  'wrap-up': ['over'],
  over: [],
};

/** Somebody is on the line, or waits for it. */
export const LIVE_PHASES = [
  'menu',
  'queue',
  'voicemail',
  'forwarded',
  'connecting',
  'talking',
] as const satisfies CallPhase[];
/** Its agent has something to do with it. */
export const HELD_PHASES = ['connecting', 'talking', 'wrap-up'] as const satisfies CallPhase[];

/** Every phase can be reached, and each leads to the end: checked at boot. */
export function assertPhasesReachable(): void {
  const reach = (from: CallPhase): Set<CallPhase> => {
    const seen = new Set([from]);
    for (const phase of seen) for (const next of nextPhases[phase]) seen.add(next);
    return seen;
  };
  const all = Object.keys(nextPhases) as CallPhase[];
  const starts = new Set([...reach('menu'), ...reach('connecting')]);
  const lost = all.filter((phase) => !starts.has(phase) || !reach(phase).has('over'));
  if (lost.length > 0) throw new Error(`Phases of calls that can't be reached or left: ${lost.join(', ')}`);
}
