import { z } from 'zod';
import { ChannelKind, Id, Instant } from './common.ts';
import { Figure } from './metrics.ts';
import { Priority } from './priority.ts';
import { AgentStanding, AgentState } from './agent-states.ts';
import { TicketStatus } from './views.ts';

/** What supervisors watch while it happens: who waits in which queue, and who is on what. */

export const FLOOR_METRICS = ['serviceLevel', 'asa', 'abandonment', 'firstResponse', 'aht'] as const;
export const AGENT_METRICS = ['aht', 'occupancy'] as const;
export const FloorFigures = z.record(z.enum(FLOOR_METRICS), Figure);
export type FloorFigures = z.infer<typeof FloorFigures>;

/** Of somebody since midnight. */
export const AgentFigures = z.record(z.enum(AGENT_METRICS), Figure);
export type AgentFigures = z.infer<typeof AgentFigures>;

/** Ages of open tickets: each below it, and what is older than all. Milliseconds. */
export const BACKLOG_AGES_MS = [3_600_000, 4 * 3_600_000, 86_400_000, 3 * 86_400_000] as const;

export const FloorQueue = z.object({
  id: Id,
  name: z.string(),
  /** Somebody of ours may have to act. */
  open: z.int(),
  /** The customer's turn that nobody has answered. */
  waiting: z.int(),
  longestWaitSince: Instant.nullable(),
  unassigned: z.int(),
  /** One of its clocks is over. */
  overdue: z.int(),
  /** Open ones by age: one more than there are ages. */
  backlog: z.array(z.int()),
  agents: z.object({ ready: z.int(), connected: z.int() }),
  /** Of the last half hour, and since midnight in the organisation's zone; null: nothing has happened today. */
  now: FloorFigures.nullable(),
  today: FloorFigures.nullable(),
});
export type FloorQueue = z.infer<typeof FloorQueue>;

export const FloorAgent = z.object({
  id: Id,
  name: z.string(),
  avatarUrl: z.string().optional(),
  state: AgentState,
  reason: AgentStanding.shape.reason,
  /** null: it has just begun. */
  since: Instant.nullable(),
  queueIds: z.array(Id),
  /** Of the capacity; idle conversations do not count. */
  used: z.number(),
  capacity: z.number(),
  /** Gone: when the first of what waits goes back to the queue; and what has gone back, until they have been told. */
  returnsAt: Instant.nullable(),
  returned: z.object({ count: z.int(), at: Instant }).nullable(),
  /** The open ticket that their console shows, while they are at it; null: none, or it is closed. */
  onScreen: z
    .object({ id: Id, number: z.int(), customer: z.string(), channel: ChannelKind, since: Instant })
    .nullable(),
  /** null: they have not been there today. */
  today: AgentFigures.nullable(),
});
export type FloorAgent = z.infer<typeof FloorAgent>;

export const FloorTicket = z.object({
  id: Id,
  number: z.int(),
  subject: z.string(),
  customer: z.string(),
  channel: ChannelKind,
  priority: Priority,
  status: TicketStatus,
  queueId: Id,
  assigneeId: Id.nullable(),
  waitingSince: Instant.nullable(),
  /** When the next of its clocks is over, or was. */
  dueAt: Instant.nullable(),
  createdAt: Instant,
});
export type FloorTicket = z.infer<typeof FloorTicket>;

export const Floor = z.object({
  /** Counts the changes of one process: see FloorChange. */
  seq: z.int(),
  asOf: Instant,
  /** From when the figures are: all that happened since, until `asOf`, is behind them. */
  since: z.object({ now: Instant, today: Instant }),
  queues: z.array(FloorQueue),
  /** All who are active. */
  agents: z.array(FloorAgent),
  /** Open ones that somebody has. */
  tickets: z.array(FloorTicket),
});
export type Floor = z.infer<typeof Floor>;

export type FloorAnswer = ({ kind: 'floor' } & Floor) | { kind: 'forbidden' };

/** What is another since the seq before: whole rows, by id. Whoever misses a seq watches anew. */
export const FloorChange = Floor.extend({
  /** Of any of the three. */
  gone: z.array(Id),
});
export type FloorChange = z.infer<typeof FloorChange>;
