import type { AlertMetric, AlertRuleSettings } from '@switchboard/contract';

type Told = Pick<AlertRuleSettings, 'metric' | 'over' | 'threshold'>;

const counted = (one: string, others: string) => (side: string, limit: number) =>
  side === 'fewer than' && limit === 1 ? `no ${one}` : `${side} ${limit} ${limit === 1 ? one : others}`;
const seconds = counted('second', 'seconds');
const minutes = counted('minute', 'minutes');
const words: Record<AlertMetric, (side: string, limit: number) => string> = {
  waiting: counted('ticket waits', 'tickets wait'),
  unassigned: counted('ticket is nobody’s', 'tickets are nobody’s'),
  overdue: counted('ticket is overdue', 'tickets are overdue'),
  agentsReady: counted('agent is ready', 'agents are ready'),
  longestWait: (side, limit) =>
    `the longest wait is ${limit > 0 && limit % 60 === 0 ? minutes(side, limit / 60) : seconds(side, limit)}`,
  serviceLevel: (side, limit) => `the service level of the last half hour is ${side} ${limit} %`,
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
  `${queueName ?? 'All queues'}: ${words[metric](sides[metric][over], threshold)}`;
