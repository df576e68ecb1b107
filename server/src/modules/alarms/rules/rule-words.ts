import type { AlertMetric, AlertRuleSettings } from '@switchboard/contract';

type Told = Pick<AlertRuleSettings, 'metric' | 'over' | 'threshold'>;

const plainly = (what: string) => (limit: string) => `${limit} ${what}`;
const words: Record<AlertMetric, (limit: string) => string> = {
  waiting: plainly('tickets wait'),
  unassigned: plainly('tickets are nobody’s'),
  overdue: plainly('tickets are overdue'),
  agentsReady: plainly('agents are ready'),
  longestWait: (limit) => `the longest wait is ${limit} seconds`,
  serviceLevel: (limit) => `the service level of the last half hour is ${limit} %`,
};
const sides: Record<AlertMetric, Record<AlertRuleSettings['over'], string>> = {
  waiting: { above: 'more than', below: 'fewer than' },
  unassigned: { above: 'more than', below: 'fewer than' },
  overdue: { above: 'more than', below: 'fewer than' },
  agentsReady: { above: 'more than', below: 'fewer than' },
  longestWait: { above: 'more than', below: 'less than' },
  serviceLevel: { above: 'above', below: 'below' },
};

/** “Billing: more than 10 tickets wait”: no figure of the moment, or it would be told anew with each. */
export const ruleWords = ({ metric, over, threshold }: Told, queueName: string | null): string =>
  `${queueName ?? 'All queues'}: ${words[metric](`${sides[metric][over]} ${threshold}`)}`;
