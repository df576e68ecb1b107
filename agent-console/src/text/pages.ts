import { alerts } from './en/alerts.ts';
import { callMenus } from './en/call-menus.ts';
import { channelGuide } from './en/channel-guide.ts';
import { customers } from './en/customers.ts';
import { desks } from './en/desks.ts';
import { floor } from './en/floor.ts';
import { metrics } from './en/metrics.ts';
import { reports } from './en/reports.ts';
import { routingLab } from './en/routing-lab.ts';
import { serviceLevels } from './en/service-levels.ts';
import { settings } from './en/settings.ts';
import { signIn } from './en/sign-in.ts';
import { staffing } from './en/staffing.ts';
import { addWords } from './words.ts';

/** The words of the pages besides the inbox: each page that is loaded by itself imports this. */
const pages = {
  ...alerts,
  ...callMenus,
  ...channelGuide,
  ...customers,
  ...desks,
  ...floor,
  ...metrics,
  ...reports,
  ...routingLab,
  ...serviceLevels,
  ...settings,
  ...signIn,
  ...staffing,
} as const;
export type PageTable = typeof pages;

addWords(pages);
