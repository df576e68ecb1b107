import { expect } from '@jest/globals';
import type { Me, StateSpell } from '@switchboard/contract';
import type { Agent } from './agent.ts';

type Signed = Pick<Agent, 'api'>;
export const me = ({ api }: Signed): Promise<Me> => api.call('session.read');
export const idOf = async (agent: Signed): Promise<string> => (await me(agent)).id;

/** What an agent was doing, the latest first. */
export const history = async ({ api }: Signed): Promise<StateSpell[]> =>
  (await api.call('me.states', { query: { limit: 200 } })).items;

export const inShort = (spells: readonly StateSpell[]) =>
  spells.map(({ state, reason, cause }) => [state, reason?.name ?? null, cause]);

/** One goes on, and each of the others ends where the next begins. */
export function isWithoutGaps(spells: readonly StateSpell[]): void {
  expect(spells.map(({ to }) => to)).toEqual([null, ...spells.slice(0, -1).map(({ from }) => from)]);
}
