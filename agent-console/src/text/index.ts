import { agentStates } from './en/agent-states.ts';
import { app } from './en/app.ts';
import { calls } from './en/calls.ts';
import { feedback } from './en/feedback.ts';
import { routing } from './en/routing.ts';
import { settingsPages } from './en/settings-pages.ts';
import { ui } from './en/ui.ts';
import { work } from './en/work.ts';
import { type Params, format } from './message.ts';
import type { PageTable } from './pages.ts';
import { addWords, wordsOf } from './words.ts';

export * from './format.ts';

/** The words of the first screen, by area; pages that are loaded later bring theirs (pages.ts). Another language is another table with the same keys. */
const first = {
  ...ui,
  ...app,
  ...agentStates,
  ...settingsPages,
  ...feedback,
  ...routing,
  ...calls,
  ...work,
} as const;

type Table = typeof first & PageTable;
export type TextKey = keyof Table;
/** Keys of messages without parameters: what components may take as a property. */
export type PlainKey = { [K in TextKey]: Params<Table[K]> extends [] ? K : never }[TextKey];

const language = 'en';
const plural = new Intl.PluralRules(language);
const number = new Intl.NumberFormat(language);

addWords(first);

/** `t('inbox.new', { count: 3 })`: the words for a key; parameters are checked against the message. */
export function t<K extends TextKey>(key: K, ...[params]: Params<Table[K]>): string {
  return format(wordsOf(key), params ?? {}, plural, number);
}
