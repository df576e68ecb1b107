import type { CallView } from '@switchboard/contract';

/** Mine, one that I take part in because somebody asked me, or one that I am asked into. */
export type Part = 'own' | 'guest' | 'asked';

export function partOf({ agent, phase, endedAt, aside, legs }: CallView, me: string): Part | null {
  if (agent?.id === me) return ['connecting', 'talking', 'wrap-up'].includes(phase) ? 'own' : null;
  if (endedAt !== null) return null;
  if (legs.some(({ agentId, role, state }) => agentId === me && role === 'agent' && state === 'joined')) return 'guest';
  return aside?.state === 'asked' && aside.agentIds.includes(me) ? 'asked' : null;
}

/** Those in the call besides me, in the order in which they came; the customer first. */
export const othersIn = ({ legs }: CallView, me: string): CallView['legs'] =>
  legs
    .filter(({ agentId, state }) => agentId !== me && (state === 'joined' || state === 'ringing'))
    .toSorted((a, b) => Number(b.role === 'customer') - Number(a.role === 'customer'));
