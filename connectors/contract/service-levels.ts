import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { Priority } from './priority.ts';

/** Business calendars, and what is promised in their time. */

const Name = z.string().trim().min(1).max(100);
/** "HH:MM" on the wall clock; what ends at or before its start runs past midnight. */
export const DaySpan = z.object({ from: z.string().max(5), to: z.string().max(5) });
export type DaySpan = z.infer<typeof DaySpan>;
/** ISO weekday, 1 = Monday; several spans a day are split shifts. */
export const WeeklySpan = DaySpan.extend({ weekday: z.int().min(1).max(7) });
export const Holiday = z.object({
  /** "2026-12-25"; with `yearly` on this day of every year. */
  date: z.string().max(10),
  name: z.string().trim().max(100).default(''),
  yearly: z.boolean().default(false),
  /** Open at these hours nevertheless; none: closed. */
  hours: z.array(DaySpan).max(10).default([]),
});
export type Holiday = z.infer<typeof Holiday>;
export const MOST_HOLIDAYS = 1_000;
export const CalendarSettings = z.object({
  name: Name,
  timeZone: z.string().max(60),
  hours: z.array(WeeklySpan).max(70),
  holidays: z.array(Holiday).max(MOST_HOLIDAYS),
});
export type CalendarSettings = z.infer<typeof CalendarSettings>;
export const CalendarView = CalendarSettings.extend({ id: Id });
export type CalendarView = z.infer<typeof CalendarView>;

export const ClockKind = z.enum(['firstResponse', 'nextResponse', 'resolution']);
export type ClockKind = z.infer<typeof ClockKind>;

/** A service-level clock. Running while `doneAt` and `pausedAt` are null; `dueAt` null means no target, or none while paused. */
export const Clock = z.object({
  startedAt: Instant,
  /** From here on it is a warning. */
  warnAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  doneAt: Instant.nullable(),
  /** It does not count since then: the ticket is pending on the customer. */
  pausedAt: Instant.nullable(),
  /** What is left of the target while paused, in business ms. */
  leftMs: z.number().nullable(),
});
export type Clock = z.infer<typeof Clock>;

/** The organisation's opening hours stand for a calendar, too. */
export const OPENING_HOURS = 'opening-hours';
const Minutes = z.int().min(0).max(100_000);
const Tags = z.array(z.string().trim().min(1).max(50)).max(20);

/** What happens besides when a clock warns or breaches. */
export const EscalationActions = z.object({
  notify: z.array(z.enum(['assignee', 'supervisors'])).max(2),
  /** Raised to it; a higher one stays. */
  priority: Priority.nullable(),
  queueId: Id.nullable(),
  addTags: Tags,
});
export type EscalationActions = z.infer<typeof EscalationActions>;

export const PolicySettings = z.object({
  name: Name,
  active: z.boolean(),
  /** All of them must hold; an empty list holds always, others where one of them does. */
  when: z.object({
    queueIds: z.array(Id).max(200),
    priorities: z.array(Priority).max(4),
    tags: Tags,
    /** Of the customer, without regard to case. */
    attributes: z
      .array(z.object({ name: Name, values: z.array(z.string().trim().min(1).max(200)).min(1).max(50) }))
      .max(10),
  }),
  /** Business minutes; null or 0: none. */
  targets: z.record(ClockKind, Minutes.nullable()),
  /** null: around the clock. */
  calendarId: z.string().max(100).nullable(),
  /** Which clocks stand still while the ticket is pending on the customer. */
  pauseWhilePending: z.enum(['none', 'resolution', 'all']),
  /** How long before the end of the target; null: no warning. */
  warnBefore: z
    .discriminatedUnion('unit', [
      z.object({ unit: z.literal('percent'), value: z.int().min(1).max(99) }),
      z.object({ unit: z.literal('minutes'), value: z.int().min(1).max(100_000) }),
    ])
    .nullable(),
  onWarning: EscalationActions,
  onBreach: EscalationActions,
});
export type PolicySettings = z.infer<typeof PolicySettings>;
export const PolicyView = PolicySettings.extend({ id: Id });
export type PolicyView = z.infer<typeof PolicyView>;
