import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { Capacity, OwnCapacity, QueueRouting, Skills } from './routing.ts';

/** The routing lab: a past week played again by other rules, and with other people, before they are put in force. */

const Name = z.string().trim().min(1, 'Give it a name').max(100, 'At most 100 characters');
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'A time from 00:00 to 24:00')
  .max(5);
const weekdays = z
  .array(z.int().min(1).max(7))
  .min(1, 'Choose a day')
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'Each day once');
/** ISO weekdays: 1 is Monday. Times are the organisation's own; they do not run past midnight. */
const hours = { weekdays, from: time, to: time };

/** Who is there besides, or is not: for the replay alone, as there are no shifts to be changed. */
export const LabStaff = z
  .discriminatedUnion('does', [
    z.object({
      does: z.literal('add'),
      agents: z.int('Whole people').min(1, 'From 1').max(50, 'At most 50'),
      queueIds: z.array(Id).min(1, 'Choose a queue').max(200),
      skills: Skills,
      ...hours,
    }),
    z.object({ does: z.literal('remove'), agentId: Id, ...hours }),
  ])
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'Later than it begins' });
export type LabStaff = z.infer<typeof LabStaff>;

export const LabQueueChange = z.object({ queueId: Id, routing: QueueRouting });
export type LabQueueChange = z.infer<typeof LabQueueChange>;
export const LabAgentChange = z.object({
  agentId: Id,
  skills: Skills,
  queueIds: z.array(Id).max(200),
  capacity: OwnCapacity,
});
export type LabAgentChange = z.infer<typeof LabAgentChange>;

/** What is to be otherwise; what is not named stays as it is in force. */
export const LabChanges = z.object({
  queues: z.array(LabQueueChange).max(200),
  capacity: Capacity.nullable(),
  agents: z.array(LabAgentChange).max(1000),
  staff: z.array(LabStaff).max(50, 'At most 50 changes of staff'),
});
export type LabChanges = z.infer<typeof LabChanges>;
export const NO_CHANGES: LabChanges = { queues: [], capacity: null, agents: [], staff: [] };

export const CreateLabDraft = z.object({ name: Name });
export const SaveLabDraft = z.object({
  name: Name,
  changes: LabChanges,
  /** As it was read: who changes what another has changed meanwhile is refused. */
  version: z.int(),
  /** Begin anew from what is in force now: what was changed there meanwhile is replaced when this is published. */
  rebase: z.boolean().default(false),
});
/** `publishing` and `rolling-back`: begun and not through; to be tried again. */
export const LabState = z.enum(['draft', 'publishing', 'published', 'rolling-back']);
export type LabState = z.infer<typeof LabState>;

/** One thing in force that somebody changed since the draft was made from it, or since it was published. */
export const LabConflict = z.object({ what: z.enum(['queue', 'agent', 'capacity']), id: z.string(), name: z.string() });
export type LabConflict = z.infer<typeof LabConflict>;

const who = z.object({ id: Id, name: z.string() });
const draft = {
  id: Id,
  name: z.string(),
  state: LabState,
  changedBy: who,
  changedAt: Instant,
  publishedBy: who.nullable(),
  publishedAt: Instant.nullable(),
};
export const LabDraftRow = z.object({ ...draft, count: z.int() });
export type LabDraftRow = z.infer<typeof LabDraftRow>;

/** Of several plays: the one in the middle, the least and the most. Percent, ms, or a count. */
export const LabFigure = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** What it is made of. */
  n: z.int(),
});
export type LabFigure = z.infer<typeof LabFigure>;
export const LabFigureId = z.enum([
  'serviceLevel',
  'asa',
  'waitP90',
  'abandonment',
  'given',
  'moved',
  'helped',
  'waiting',
]);
export type LabFigureId = z.infer<typeof LabFigureId>;
export const LabFigures = z.record(LabFigureId, LabFigure);
export type LabFigures = z.infer<typeof LabFigures>;

/** What was, the replay by what is in force, and the replay by the draft. */
export const LabColumn = z.enum(['real', 'now', 'draft']);
export type LabColumn = z.infer<typeof LabColumn>;
const columns = <T extends z.ZodType>(of: T) => z.object({ real: of, now: of, draft: of });
const LabPart = z.object({ key: z.string(), ...columns(z.object({ serviceLevel: LabFigure, asa: LabFigure })).shape });
export type LabPart = z.infer<typeof LabPart>;
export const LabRow = z.object({
  /** The queue's id; '' of all. */
  key: z.string(),
  name: z.string(),
  ...columns(LabFigures).shape,
  /** The seven dates, and the 24 hours of the day. */
  days: z.array(LabPart),
  hours: z.array(LabPart),
});
export type LabRow = z.infer<typeof LabRow>;
const LabLoad = z.object({
  given: LabFigure,
  /** Handling and wrap-up ÷ the time in which they could be given work. Percent. */
  occupancy: LabFigure,
  /** The share of their capacity in use over that time; not known of what really was. Percent. */
  used: LabFigure,
});
export type LabLoad = z.infer<typeof LabLoad>;
export const LabAgentRow = z.object({ key: z.string(), name: z.string(), ...columns(LabLoad).shape });
export type LabAgentRow = z.infer<typeof LabAgentRow>;

/** What is to be known to judge a replay. */
export const LabNote = z.enum([
  'days-without-staff',
  'handling-not-measured',
  'nobody-left',
  'courses-drawn',
  'offers-assumed',
  'people-unknown',
]);
export type LabNote = z.infer<typeof LabNote>;

export const LabResult = z.object({
  from: Instant,
  to: Instant,
  timeZone: z.string(),
  arrivals: z.int(),
  /** Tickets that were somebody's from the beginning, and are not routed. */
  placed: z.int(),
  /** How often it was played; 1 where nothing was drawn. */
  plays: z.int(),
  /** Who could be given work in that week, by the history of states. */
  agentsOnRecord: z.int(),
  hoursOnRecord: z.number(),
  notes: z.array(LabNote),
  total: LabRow,
  queues: z.array(LabRow),
  agents: z.array(LabAgentRow),
  tookMs: z.int(),
});
export type LabResult = z.infer<typeof LabResult>;

export const LabReplay = z.object({
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'lost']),
  from: Instant,
  startedAt: Instant,
  startedBy: who,
  /** From 0 to 1. */
  progress: z.number(),
  /** Why there is no result. */
  problem: z.string().nullable(),
  /** The draft has been changed since. */
  outdated: z.boolean(),
  result: LabResult.nullable(),
});
export type LabReplay = z.infer<typeof LabReplay>;

export const LabDraft = z.object({
  ...draft,
  version: z.int(),
  changes: LabChanges,
  conflicts: z.array(LabConflict),
  replay: LabReplay.nullable(),
});
export type LabDraft = z.infer<typeof LabDraft>;
/** The seven days from this one on, by the organisation's time; they are over. */
export const StartLabReplay = z.object({ from: z.iso.date() });
