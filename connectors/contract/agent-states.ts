import { z } from 'zod';
import { ChannelKind, Id, Instant } from './common.ts';

/** What somebody is doing: whether they get work, and what their time counts as. */

/** Only who is ready is given work by the routing; a person may give work to anybody. */
export const AgentState = z.enum(['ready', 'busy', 'wrap-up', 'away', 'offline']);
export type AgentState = z.infer<typeof AgentState>;
/** `wrap-up` is none that somebody chooses: it follows work, and ends by itself. */
export const ChosenState = AgentState.exclude(['wrap-up']);
export type ChosenState = z.infer<typeof ChosenState>;

export const REASONED = ['busy', 'away'] as const;
/** The reason that the hub itself gives: no key, pointer or touch for long. */
export const INACTIVITY = 'inactivity';

export const StateReason = z.object({
  id: z.string().min(1).max(60),
  name: z.string().trim().min(1, 'Give it a name').max(40, 'At most 40 characters'),
  state: z.enum(REASONED),
  /** Taken off the time in which somebody could have worked: occupancy is the time at work ÷ (signed in − unavailable). */
  unavailable: z.boolean(),
});
export type StateReason = z.infer<typeof StateReason>;

export const StateReasons = z
  .array(StateReason)
  .max(40, 'At most 40 reasons')
  .refine((reasons) => new Set(reasons.map(({ id }) => id)).size === reasons.length, 'Each reason once')
  .refine(
    (reasons) => new Set(reasons.map(({ state, name }) => `${state} ${name.toLowerCase()}`)).size === reasons.length,
    'Two reasons have the same name',
  )
  .refine(
    (reasons) => reasons.some(({ id, state }) => id === INACTIVITY && state === 'away'),
    'Being away by inactivity can’t be removed',
  );

/** Of away without a reason as well: nobody can say that this person could have worked. */
export const DEFAULT_REASONS: StateReason[] = [
  { id: 'break', name: 'Break', state: 'away', unavailable: true },
  { id: 'lunch', name: 'Lunch', state: 'away', unavailable: true },
  { id: INACTIVITY, name: 'Inactivity', state: 'away', unavailable: true },
  { id: 'training', name: 'Training', state: 'busy', unavailable: true },
  { id: 'meeting', name: 'Meeting', state: 'busy', unavailable: true },
];

export const AgentStateSettings = z.object({
  reasons: StateReasons,
  /** Without key, pointer or touch for so long, somebody is away; 0: never. */
  inactivityMinutes: z.int('Whole minutes').min(0, 'From 0, which is never').max(480, 'At most 480 minutes'),
});
export type AgentStateSettings = z.infer<typeof AgentStateSettings>;
export const DEFAULT_AGENT_STATES: AgentStateSettings = { reasons: DEFAULT_REASONS, inactivityMinutes: 15 };

const GivenReason = z.object({ id: z.string(), name: z.string() });
/** The state of somebody now. */
export const AgentStanding = z.object({
  state: AgentState,
  reason: GivenReason.nullable(),
  /** By the server's clock. */
  since: Instant,
  /** When a wrap-up ends by itself. */
  until: Instant.nullable(),
  /** Channels of which the routing gives nothing now; none: the agent takes all. */
  pausedChannels: z.array(ChannelKind),
});
export type AgentStanding = z.infer<typeof AgentStanding>;

/** Who or what ended the state before. */
export const StateCause = z.enum(['self', 'supervisor', 'inactivity', 'connection', 'wrap-up']);
export type StateCause = z.infer<typeof StateCause>;

/** A time in one state. */
export const StateSpell = z.object({
  id: Id,
  agentId: Id,
  state: AgentState,
  /** As it was called then. */
  reason: GivenReason.nullable(),
  unavailable: z.boolean(),
  from: Instant,
  /** null: it goes on. */
  to: Instant.nullable(),
  cause: StateCause,
  /** Channels of which the routing gave nothing in it, and when; null: still. One that goes on begins anew with the next state. */
  paused: z.array(z.object({ channel: ChannelKind, from: Instant, to: Instant.nullable() })),
  /** The supervisor. */
  by: z.object({ id: Id, name: z.string() }).nullable(),
});
export type StateSpell = z.infer<typeof StateSpell>;
