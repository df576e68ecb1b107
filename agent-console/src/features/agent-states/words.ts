import type { AgentState, AgentStanding } from '@switchboard/contract';
import { t } from '../../text/index.ts';

export const stateWord = (state: AgentState): string => t(`state.${state}`);

/** “Away: Lunch” */
export const standingWords = ({ state, reason }: Pick<AgentStanding, 'state' | 'reason'>): string =>
  reason ? t('state.with', { state: stateWord(state), reason: reason.name }) : stateWord(state);
