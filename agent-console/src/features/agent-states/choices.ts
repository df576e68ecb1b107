import { type AgentStanding, ChosenState, INACTIVITY, REASONED, type StateReason } from '@switchboard/contract';

export interface Choice {
  readonly state: ChosenState;
  readonly reason: AgentStanding['reason'];
}

/** All that a person can be set to: each state, and where it has reasons, those after it. */
export const choices = (reasons: readonly StateReason[]): Choice[] =>
  ChosenState.options.flatMap((state) => [
    { state, reason: null },
    ...(REASONED.some((each) => each === state)
      ? reasons
          .filter((reason) => reason.state === state && reason.id !== INACTIVITY)
          .map(({ id, name }) => ({ state, reason: { id, name } }))
      : []),
  ]);

export const isChosen = ({ state, reason }: Choice, standing: Pick<AgentStanding, 'state' | 'reason'>): boolean =>
  standing.state === state && standing.reason?.id === reason?.id;

/** `t 1` is ready, and so on in the order of the states. */
export const keyOf = (state: ChosenState): string => `t ${ChosenState.options.indexOf(state) + 1}`;
