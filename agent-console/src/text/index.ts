import { alerts } from './en/alerts.ts';
import { agentStates } from './en/agent-states.ts';
import { app } from './en/app.ts';
import { callMenus } from './en/call-menus.ts';
import { calls } from './en/calls.ts';
import { channelGuide } from './en/channel-guide.ts';
import { desks } from './en/desks.ts';
import { customers } from './en/customers.ts';
import { feedback } from './en/feedback.ts';
import { metrics } from './en/metrics.ts';
import { floor } from './en/floor.ts';
import { reports } from './en/reports.ts';
import { routing } from './en/routing.ts';
import { routingLab } from './en/routing-lab.ts';
import { serviceLevels } from './en/service-levels.ts';
import { settings } from './en/settings.ts';
import { signIn } from './en/sign-in.ts';
import { staffing } from './en/staffing.ts';
import { ui } from './en/ui.ts';
import { work } from './en/work.ts';
import { type Message, type Params, format } from './message.ts';

export * from './format.ts';

/** All words of the console, by area. Another language is another table with the same keys. */
const table = {
  ...ui,
  ...app,
  ...agentStates,
  ...signIn,
  ...settings,
  ...channelGuide,
  ...feedback,
  ...metrics,
  ...reports,
  ...routing,
  ...routingLab,
  ...serviceLevels,
  ...desks,
  ...customers,
  ...calls,
  ...callMenus,
  ...staffing,
  ...floor,
  ...alerts,
  ...work,
} as const;

type Table = typeof table;
export type TextKey = keyof Table;
/** Keys of messages without parameters: what components may take as a property. */
export type PlainKey = { [K in TextKey]: Params<Table[K]> extends [] ? K : never }[TextKey];

const language = 'en';
const plural = new Intl.PluralRules(language);
const number = new Intl.NumberFormat(language);

/** `t('inbox.new', { count: 3 })`: the words for a key; parameters are checked against the message. */
export function t<K extends TextKey>(key: K, ...[params]: Params<Table[K]>): string {
  return format(table[key] as Message, params ?? {}, plural, number);
}
