import { z } from 'zod';
import { ChannelKind, Id, Instant } from './common.ts';

/** What a queue is to expect, and whom it needs for that. Times of day are the centre's own. */

const LocalDate = z.iso.date();
/** A row for each interval of the day. */
const perInterval = z.array(z.number());
const share = z.number().min(0).max(1);

export const IntervalMinutes = z.union([z.literal(15), z.literal(30)]);
/** The simplest first. */
export const ForecastMethod = z.enum(['weekday-median', 'level', 'level-month']);
export type ForecastMethod = z.infer<typeof ForecastMethod>;
/** Of forecasts that were made for days which had passed, knowing only the days before them. */
export const ForecastError = z.object({
  /** Σ |came - forecast| ÷ Σ came: over intervals, and over whole days. */
  wape: z.number(),
  dayWape: z.number(),
  /** What chance alone does to the intervals: nobody forecasts better. */
  chance: z.number(),
  /** That were compared. */
  days: z.int(),
});
export type ForecastError = z.infer<typeof ForecastError>;

const forecastOf = {
  queue: z.object({ id: Id, name: z.string() }),
  /** Over which something has come. */
  channels: z.array(ChannelKind),
  timeZone: z.string(),
  intervalMinutes: IntervalMinutes,
  /** Days that are known. */
  historyDays: z.int(),
};
export const ArrivalForecast = z.discriminatedUnion('state', [
  /** `daysMore`: until there is a forecast. */
  z.object({ ...forecastOf, state: z.literal('too-little'), daysMore: z.int() }),
  z.object({
    ...forecastOf,
    state: z.literal('ready'),
    method: ForecastMethod,
    error: ForecastError,
    tried: z.array(ForecastError.extend({ method: ForecastMethod })),
    /** From today on. `low` to `high` is meant to hold four of five intervals. */
    days: z.array(z.object({ date: LocalDate, expected: perInterval, low: perInterval, high: perInterval })),
    /** The last days that are over, oldest first. */
    past: z.array(z.object({ date: LocalDate, counts: perInterval })),
  }),
]);
export type ArrivalForecast = z.infer<typeof ArrivalForecast>;

/** Calls are given up, chats are had several at a time, messages lie until somebody has time. */
export const WorkKind = z.enum(['calls', 'chats', 'messages']);
export type WorkKind = z.infer<typeof WorkKind>;

const hour = z
  .string()
  .regex(/^([01]\d|2[0-3]):(00|15|30|45)$|^24:00$/, 'A time from 00:00 to 24:00 in quarters of an hour');
export const StaffingQuestion = z.object({
  date: LocalDate,
  channel: ChannelKind.optional(),
  intervalMinutes: IntervalMinutes.default(30),
  work: WorkKind,
  ahtSeconds: z.number().positive().max(86_400),
  /** This share … */
  serviceLevel: z.number().min(0).max(0.999),
  /** … answered within this time. */
  answerWithinSeconds: z.number().min(0).max(604_800),
  /** How long a customer waits on average before giving up; left out: for ever. */
  patienceSeconds: z.number().positive().max(86_400).optional(),
  /** Chats that an agent has at a time. */
  concurrency: z.number().min(1).max(20).default(1),
  maxOccupancy: z.number().min(0.1).max(1).default(1),
  shrinkage: z.number().min(0).max(0.9).default(0),
  /** At work all day; left out: as many as are needed. */
  agents: z.int().min(0).max(10_000).optional(),
  /** More or fewer of them for a while. */
  change: z.object({ agents: z.int().min(-10_000).max(10_000), from: hour, to: hour }).optional(),
});
export type StaffingQuestion = z.input<typeof StaffingQuestion>;

const Quality = z.object({ serviceLevel: share, occupancy: share, abandonment: share.nullable() });
const Compared = z.object({ arrivals: z.number(), now: share, then: share });
export const StaffingPlan = z.object({
  date: LocalDate,
  intervals: z.array(
    z.object({
      /** Time of day. */
      from: z.string(),
      arrivals: z.number(),
      /** False: outside the opening hours, where nobody is needed. */
      open: z.boolean(),
      needed: z.int(),
      /** With breaks, training and illness on top. */
      neededOnRota: z.int(),
      agents: z.int(),
      now: Quality,
      /** With the change. */
      then: Quality.extend({ agents: z.int() }),
    }),
  ),
  /** Service levels weighted by what comes: of the day, and of the hours of the change. */
  day: Compared,
  changed: Compared.nullable(),
});
export type StaffingPlan = z.infer<typeof StaffingPlan>;

export const ImportArrivals = z.object({
  channel: ChannelKind,
  /** By the start of each quarter of an hour; those left out had none. A day of UTC that is sent again replaces what it was. */
  arrivals: z
    .array(z.object({ at: Instant, count: z.int().min(0).max(1_000_000) }))
    .min(1)
    .max(20_000),
});
