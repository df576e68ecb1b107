import type { AlertMetric, AlertRule } from '@switchboard/contract';
import { duration, formatNumber, formatPercent, t } from '../../text/index.ts';
import { directory } from '../directory.svelte.ts';

/** In what a limit is typed. */
export const unitOf = (metric: AlertMetric): 'count' | 'seconds' | 'percent' =>
  metric === 'longestWait' ? 'seconds' : metric === 'serviceLevel' ? 'percent' : 'count';

const limits = {
  count: formatNumber,
  seconds: (seconds: number) => duration(seconds * 1000),
  percent: (percent: number) => formatPercent(percent / 100),
};

export const queueName = (queueId: string | null): string =>
  queueId === null
    ? t('alerts.queue.all')
    : (directory.queues.find(({ id }) => id === queueId)?.name ?? t('alerts.queue.gone'));

/** “Billing: waiting above 10, for 1m” */
export function ruleText({ metric, queueId, over, threshold, forSeconds }: AlertRule): string {
  const words = t('alerts.rule', {
    queue: queueName(queueId),
    what: t(`alerts.metric.${metric}`).toLowerCase(),
    side: t(`alerts.over.${over}`),
    limit: limits[unitOf(metric)](threshold),
  });
  return forSeconds === 0 ? words : `${words}, ${t('alerts.rule.for', { time: duration(forSeconds * 1000) })}`;
}

export const waysOf = ({ mail, webhookUrl }: AlertRule): string =>
  [
    t('alerts.by.console'),
    ...(mail ? [t('alerts.by.mail')] : []),
    ...(webhookUrl === null ? [] : [t('alerts.by.webhook')]),
  ].join(', ');
