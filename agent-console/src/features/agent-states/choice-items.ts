import type { AgentStanding, StateReason } from '@switchboard/contract';
import { t } from '../../text/index.ts';
import type { MenuItem } from '../../ui/menu-items.ts';
import { choices, isChosen, keyOf, type Choice } from './choices.ts';
import { standingWords, stateWord } from './words.ts';

/** `hints`: with what each state means, and its key. */
export const choiceItems = (
  reasons: readonly StateReason[],
  standing: Pick<AgentStanding, 'state' | 'reason'>,
  choose: (choice: Choice) => void,
  { hints = false } = {},
): MenuItem[] =>
  choices(reasons).map((choice) => ({
    label: choice.reason ? standingWords(choice) : stateWord(choice.state),
    hint: hints && choice.reason === null ? t(`state.${choice.state}.hint`) : undefined,
    shortcut: hints && choice.reason === null ? keyOf(choice.state) : undefined,
    checked: isChosen(choice, standing),
    run: () => choose(choice),
  }));
