import { z } from 'zod';
import { ChannelKind, Id, Instant } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import {
  FactView,
  MetricCheck,
  MetricClock,
  MetricGroup,
  MetricHeat,
  MetricId,
  MetricInterval,
  MetricReport,
} from '../metrics.ts';
import { page, paging } from './shared.ts';

const span = {
  from: Instant,
  /** Left out itself. */
  to: Instant,
};
const filter = {
  queueId: Id.optional(),
  channel: ChannelKind.optional(),
  agentId: Id.optional(),
  tag: z.string().max(100).optional(),
};
const clock = { clock: MetricClock.default('calendar') };
const report = z.object({
  ...span,
  ...filter,
  ...clock,
  by: MetricGroup.optional(),
  interval: MetricInterval.optional(),
  /** What it is compared with; else the period just before, as long. */
  previousFrom: Instant.optional(),
  previousTo: Instant.optional(),
});
const heat = z.object({ ...span, ...filter });
const rows = {
  ...span,
  ...filter,
  metric: MetricId,
  /** Those of one hour of the week alone: 0 is Monday's first, 167 Sunday's last, in the organisation's zone. */
  hourOfWeek: z.coerce.number().int().min(0).max(167).optional(),
};

/** How the service does: figures, what they are made of, and the proof that they are right. */
export const metricsApi = {
  'metrics.read': {
    method: 'GET',
    path: '/metrics',
    access: 'supervisor',
    summary:
      'The figures of a period, by queue, channel, agent, tag or interval, beside the period before. At most one of channel, agent and tag',
    query: report,
    reply: MetricReport,
  },
  'metrics.csv': {
    method: 'GET',
    path: '/metrics/figures.csv',
    access: 'supervisor',
    summary: 'The same as a table for spreadsheets: a line per row, the total first; times in seconds',
    query: report,
    produces: 'text/csv',
  },
  'metrics.heat': {
    method: 'GET',
    path: '/metrics/heat',
    access: 'supervisor',
    summary: 'Tickets opened by hour and weekday. At most one of channel, agent and tag',
    query: heat,
    reply: MetricHeat,
  },
  'metrics.heatCsv': {
    method: 'GET',
    path: '/metrics/heat.csv',
    access: 'supervisor',
    summary: 'The same as a table for spreadsheets: a line per weekday, from Monday',
    query: heat,
    produces: 'text/csv',
  },
  'metrics.rows': {
    method: 'GET',
    path: '/metrics/rows',
    access: 'supervisor',
    summary: 'The very moments that a figure is made of, newest first',
    query: z.object({ ...rows, ...paging }),
    reply: page(FactView),
  },
  'metrics.rowsCsv': {
    method: 'GET',
    path: '/metrics/rows.csv',
    access: 'supervisor',
    summary: 'All of them as a table for spreadsheets; times in seconds',
    query: z.object(rows),
    produces: 'text/csv',
  },
  'metrics.check': {
    method: 'POST',
    path: '/metrics/checks',
    access: 'supervisor',
    summary: 'Recompute a period from the tickets’ histories, mend what differs, and say how much did',
    body: z.object(span),
    reply: MetricCheck,
  },
  'metrics.checks': {
    method: 'GET',
    path: '/metrics/checks',
    access: 'supervisor',
    summary: 'What the recomputations found, newest first; one runs each night',
    query: z.object(paging),
    reply: page(MetricCheck),
  },
} as const satisfies Record<string, Endpoint>;
