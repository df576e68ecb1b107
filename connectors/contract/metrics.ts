import { z } from 'zod';
import { ChannelKind, Id, Instant } from './common.ts';
import { Rating } from './feedback.ts';
import { Priority } from './priority.ts';

/** What the service is measured by (DESIGN.md §6): one dictionary for panels, wallboard, reports and API. */

/** Moments of a ticket. */
export const TicketFactKind = z.enum([
  'opened',
  'assigned',
  'first-response',
  'next-response',
  'abandoned',
  'resolved',
  'reopened',
  'transferred',
  // The customer was asked how it was; the answer, when it comes, is of this moment, too.
  'asked',
]);
/** What people did for a time, by the quarter of an hour: with a ticket before them, after one, and able to have one. */
export const SpellFactKind = z.enum(['handled', 'wrapped-up', 'available']);
export type SpellFactKind = z.infer<typeof SpellFactKind>;
/** What is counted: each row is one of them. */
export const FactKind = z.enum([...TicketFactKind.options, ...SpellFactKind.options]);
export type FactKind = z.infer<typeof FactKind>;

export const MetricId = z.enum([
  'opened',
  'resolved',
  'backlogGrowth',
  'firstResponse',
  'nextResponse',
  'firstResolution',
  'resolution',
  'serviceLevel',
  'slaMet',
  'asa',
  'abandonment',
  'aht',
  'occupancy',
  'oneTouch',
  'firstContact',
  'reopenRate',
  'transferRate',
  'csat',
  'csatResponse',
]);
export type MetricId = z.infer<typeof MetricId>;

export interface MetricDefinition {
  readonly title: string;
  readonly formula: string;
  readonly unit: 'count' | 'ms' | 'percent';
  /** Durations can also be told by the opening hours. */
  readonly clocks: readonly MetricClock[];
  readonly better: 'lower' | 'higher' | null;
  /** The moments that a figure is made of. */
  readonly rows: readonly FactKind[];
}

/** `calendar`: all the time; `business`: within the organisation's opening hours. */
export const MetricClock = z.enum(['calendar', 'business']);
export type MetricClock = z.infer<typeof MetricClock>;

/** Who leaves within it was not waiting yet. Milliseconds. */
export const SHORT_ABANDON_MS = 5_000;
/** In time where no service level says otherwise. Milliseconds. */
export const USUAL_ANSWER_MS = 3_600_000;
/** A new contact within it says that the last one was not settled. Milliseconds. */
export const CONTACT_AGAIN_MS = 7 * 86_400_000;

const both = ['calendar', 'business'] as const;
const plain = ['calendar'] as const;

export const metrics: Readonly<Record<MetricId, MetricDefinition>> = {
  opened: {
    title: 'Tickets opened',
    formula: 'Tickets opened, by customers or by us',
    ...{ unit: 'count', clocks: plain, better: null, rows: ['opened'] },
  },
  resolved: {
    title: 'Tickets resolved',
    formula: 'Resolutions; a ticket that is reopened and resolved again counts each time',
    ...{ unit: 'count', clocks: plain, better: null, rows: ['resolved'] },
  },
  backlogGrowth: {
    title: 'Backlog growth',
    formula: 'Opened + reopened − resolved',
    ...{ unit: 'count', clocks: plain, better: 'lower', rows: ['opened', 'reopened', 'resolved'] },
  },
  firstResponse: {
    title: 'First response time',
    formula: 'The customer’s first message → the first public reply by a person',
    ...{ unit: 'ms', clocks: both, better: 'lower', rows: ['first-response'] },
  },
  nextResponse: {
    title: 'Next response time',
    formula: 'Start of each later turn of the customer → the next public reply by a person',
    ...{ unit: 'ms', clocks: both, better: 'lower', rows: ['next-response'] },
  },
  firstResolution: {
    title: 'Time to first resolution',
    formula: 'Opened → first resolved, less the time pending on the customer where the service level says so',
    ...{ unit: 'ms', clocks: both, better: 'lower', rows: ['resolved'] },
  },
  resolution: {
    title: 'Resolution time',
    formula: 'Opened → last resolved, less the time pending on the customer where the service level says so',
    ...{ unit: 'ms', clocks: both, better: 'lower', rows: ['resolved'] },
  },
  serviceLevel: {
    title: 'Service level',
    formula:
      'First answers within their target (an hour where no service level has one) ÷ (first answers + abandoned after 5 seconds)',
    ...{ unit: 'percent', clocks: plain, better: 'higher', rows: ['first-response', 'abandoned'] },
  },
  slaMet: {
    title: 'Service levels met',
    formula: 'Promises kept ÷ promises that ended, kept or not: first response, next response and resolution',
    ...{ unit: 'percent', clocks: plain, better: 'higher', rows: ['first-response', 'next-response', 'resolved'] },
  },
  asa: {
    title: 'Average speed of answer',
    formula: 'Mean wait in the queue of the tickets that an agent got',
    ...{ unit: 'ms', clocks: plain, better: 'lower', rows: ['assigned'] },
  },
  abandonment: {
    title: 'Abandonment',
    formula: 'Live conversations that ended unanswered after 5 seconds ÷ (first answers + those)',
    ...{ unit: 'percent', clocks: plain, better: 'lower', rows: ['abandoned', 'first-response'] },
  },
  aht: {
    title: 'Average handling time',
    formula: 'Time with a ticket before an agent who is at it, and wrap-up (which has no queue), ÷ tickets resolved',
    ...{ unit: 'ms', clocks: plain, better: 'lower', rows: ['handled', 'resolved'] },
  },
  occupancy: {
    title: 'Occupancy',
    formula: 'Handling time and wrap-up ÷ (signed in − unavailable), at most 100 %; n is the minutes of the latter',
    ...{ unit: 'percent', clocks: plain, better: null, rows: ['handled'] },
  },
  oneTouch: {
    title: 'One-touch resolution',
    formula: 'Resolved with a single reply ÷ resolved, of those that are still resolved',
    ...{ unit: 'percent', clocks: plain, better: 'higher', rows: ['resolved'] },
  },
  firstContact: {
    title: 'First contact resolution',
    formula: 'Resolved with no new contact of the customer in 7 days ÷ resolved; the last 7 days are not final',
    ...{ unit: 'percent', clocks: plain, better: 'higher', rows: ['resolved'] },
  },
  reopenRate: {
    title: 'Reopen rate',
    formula: 'Reopened ÷ resolved',
    ...{ unit: 'percent', clocks: plain, better: 'lower', rows: ['reopened', 'resolved'] },
  },
  transferRate: {
    title: 'Transfer rate',
    formula: 'Moves to another queue or from agent to agent ÷ tickets that an agent got',
    ...{ unit: 'percent', clocks: plain, better: 'lower', rows: ['transferred', 'assigned'] },
  },
  csat: {
    title: 'Satisfaction (CSAT)',
    formula:
      'Ratings of 4 and 5 ÷ ratings, of the customers who were asked in this time; the last 7 days are not final',
    ...{ unit: 'percent', clocks: plain, better: 'higher', rows: ['asked'] },
  },
  csatResponse: {
    title: 'Survey response rate',
    formula: 'Customers who rated ÷ customers who were asked in this time; the last 7 days are not final',
    ...{ unit: 'percent', clocks: plain, better: 'higher', rows: ['asked'] },
  },
};

/** Durations whose value is their mean, not their median. */
export const valueIsMean: ReadonlySet<MetricId> = new Set(['asa', 'aht']);

/** `value`: a count, a percentage (0–100), or of durations the median in ms; null where `n` is 0. `n`: what it is made of. */
export const Figure = z.object({
  value: z.number().nullable(),
  n: z.int(),
  mean: z.number().nullable().optional(),
  p90: z.number().nullable().optional(),
});
export type Figure = z.infer<typeof Figure>;
export const Figures = z.record(MetricId, Figure);
export type Figures = z.infer<typeof Figures>;

export const MetricGroup = z.enum(['queue', 'channel', 'agent', 'tag']);
export type MetricGroup = z.infer<typeof MetricGroup>;
export const MetricInterval = z.enum(['quarter', 'hour', 'day', 'week', 'month']);
export type MetricInterval = z.infer<typeof MetricInterval>;

export const MetricRow = z.object({
  /** The queue's or agent's id, the channel, the tag, or the interval's start. */
  key: z.string(),
  name: z.string(),
  figures: Figures,
});
export type MetricRow = z.infer<typeof MetricRow>;

export const MetricReport = z.object({
  from: Instant,
  to: Instant,
  timeZone: z.string(),
  total: Figures,
  /** Of the same length just before. */
  previous: z.object({ from: Instant, to: Instant, total: Figures }).nullable(),
  /** By what was asked; by interval also those in which nothing was. */
  rows: z.array(MetricRow),
  /** What happened until then is in it. */
  asOf: Instant,
});
export type MetricReport = z.infer<typeof MetricReport>;

/** Tickets opened by the hour of the week: seven days from Monday, 24 hours each, in the organisation's zone. */
export const MetricHeat = z.object({ from: Instant, to: Instant, opened: z.array(z.array(z.int())) });
export type MetricHeat = z.infer<typeof MetricHeat>;

/** One moment that a figure is made of. */
export const FactView = z.object({
  id: z.string(),
  kind: FactKind,
  at: Instant,
  ticket: z.object({ id: Id, number: z.int(), subject: z.string(), customer: z.string(), priority: Priority }),
  queue: z.object({ id: Id, name: z.string() }),
  agent: z.object({ id: Id, name: z.string() }).nullable(),
  channel: ChannelKind,
  /** Milliseconds; null where it is no duration. */
  ms: z.number().nullable(),
  businessMs: z.number().nullable(),
  /** null: there was no target. */
  inTime: z.boolean().nullable(),
  /** null: not asked, or not answered. */
  rating: Rating.nullable(),
  comment: z.string().nullable(),
});
export type FactView = z.infer<typeof FactView>;

/** What a recomputation from the tickets' histories found. */
export const MetricCheck = z.object({
  id: Id,
  from: Instant,
  to: Instant,
  startedAt: Instant,
  tookMs: z.int().nullable(),
  tickets: z.int(),
  facts: z.int(),
  rollups: z.int(),
  /** Facts and sums that were not what the histories say; they are mended. */
  drift: z.int(),
  examples: z.array(z.string()),
});
export type MetricCheck = z.infer<typeof MetricCheck>;
