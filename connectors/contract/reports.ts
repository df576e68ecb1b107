import { z } from 'zod';
import { ChannelKind, Id, Instant } from './common.ts';
import { MetricClock, MetricGroup } from './metrics.ts';
import { LocalDate, ReportPeriod, spansOf } from './report-periods.ts';

/** What a report shows: what its address says, and what is saved. */
export const ReportQuery = z
  .object({
    period: ReportPeriod,
    /** Of a range. */
    from: LocalDate.optional(),
    to: LocalDate.optional(),
    queueId: Id.optional(),
    channel: ChannelKind.optional(),
    agentId: Id.optional(),
    tag: z.string().min(1).max(100).optional(),
    clock: MetricClock,
    /** What its table compares. */
    by: MetricGroup,
  })
  .refine(({ period, from, to }) => period !== 'range' || (from !== undefined && to !== undefined && from <= to), {
    path: ['to'],
    message: 'A range has a first and a last day',
  })
  .refine(({ channel, agentId, tag, by }) => partsOf({ channel, agentId, tag }) + (by === 'queue' ? 0 : 1) <= 1, {
    path: ['by'],
    message: 'Figures are kept by channel, by agent or by tag: one of them at a time',
  });
export type ReportQuery = z.infer<typeof ReportQuery>;
const partsOf = (parts: object): number => Object.values(parts).filter((part) => part !== undefined).length;

const mailed = {
  /** A full hour of the day. */
  hour: z.int().min(0).max(23),
  /** Whose clock and calendar: an IANA zone; null: the organisation's, whichever it is then. */
  zone: z.string().max(60).nullable().default(null),
  /** Agents, at the addresses that they have then. */
  agentIds: z.array(Id).min(1, 'At least one person').max(50),
};
/** ISO: Monday is 1. */
const Weekday = z.int().min(1).max(7);
/** When a report is mailed. What says nothing of its days is mailed on Mondays, or on the first. */
export const ReportSchedule = z.discriminatedUnion('every', [
  z.object({ every: z.literal('day'), ...mailed }),
  z.object({
    every: z.literal('week'),
    weekdays: z
      .array(Weekday)
      .min(1, 'At least one day')
      .max(7)
      .refine((days) => new Set(days).size === days.length, 'Each day once')
      .default([1]),
    ...mailed,
  }),
  z.object({
    every: z.literal('month'),
    /** One that a month does not have is its last. */
    day: z.int().min(1).max(31).default(1),
    ...mailed,
  }),
]);
export type ReportSchedule = z.infer<typeof ReportSchedule>;

export const SaveReport = z
  .object({
    name: z.string().trim().min(1).max(100),
    /** Other supervisors see it, too. */
    shared: z.boolean(),
    query: ReportQuery,
    schedule: ReportSchedule.nullable(),
  })
  .refine(({ query, schedule }) => schedule === null || query.period !== 'range', {
    path: ['schedule'],
    message: 'A report of fixed days would be the same each time: take a period that moves on',
  });
export type SaveReport = z.infer<typeof SaveReport>;

export const SavedReport = z.object({
  id: Id,
  name: z.string(),
  shared: z.boolean(),
  query: ReportQuery,
  schedule: ReportSchedule.nullable(),
  owner: z.object({ id: Id, name: z.string() }),
  /** Whoever asks may change it: its owner, or an administrator one that is shared. */
  mayChange: z.boolean(),
  nextAt: Instant.nullable(),
  /** The last mailing: to how many it went, and why it did not go to all; null: none yet. */
  lastSent: z.object({ at: Instant, sent: z.int(), problem: z.string().nullable() }).nullable(),
});
export type SavedReport = z.infer<typeof SavedReport>;

/** What a report asks the metrics for: its time, what it is compared with, its filter and clock. */
export function figuresAsked(query: ReportQuery, now: Date, zone: string) {
  const { period, from: first, to: last, by: _, ...filter } = query;
  const { from, to, previous, interval } = spansOf({ period, from: first, to: last }, now, zone);
  return { figures: { ...filter, from, to, previousFrom: previous.from, previousTo: previous.to }, interval };
}

/** The address of a report in the console, below the hub's own. */
export function reportPath(query: ReportQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return `/reports?${new URLSearchParams(given)}`;
}
