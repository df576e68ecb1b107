import { z } from 'zod';
import { CallState, LegRole } from './calls.ts';
import { Id, Instant } from './common.ts';

/** Where a call is, as the hub leads it; the provider's state of the customer's leg is `CallState`. */
export const CallPhase = z.enum([
  'menu',
  'queue',
  /** Hung up on the promise of a call; its ticket keeps its place. */
  'callback',
  'voicemail',
  /** Led to a number outside of the hub. */
  'forwarded',
  /** Somebody has it; their line or the customer's is not in the room yet. */
  'connecting',
  'talking',
  /** Over, and its agent has not said yet what it was about. */
  'wrap-up',
  'over',
]);
export type CallPhase = z.infer<typeof CallPhase>;

export const CallOutcome = z.enum(['answered', 'abandoned', 'missed', 'voicemail', 'forwarded', 'unreached']);
export type CallOutcome = z.infer<typeof CallOutcome>;

export const CallLegView = z.object({
  /** The provider's. */
  id: z.string(),
  role: LegRole,
  name: z.string(),
  agentId: Id.nullable(),
  state: z.enum(['ringing', 'joined', 'left', 'unreached']),
  held: z.boolean(),
  joinedAt: Instant.nullable(),
  leftAt: Instant.nullable(),
});
export type CallLegView = z.infer<typeof CallLegView>;

/** One line of a call's course. */
export const CallMoment = z.object({
  at: Instant,
  what: z.enum([
    'arrived',
    'dialled',
    'queued',
    'callback',
    'voicemail',
    'forwarded',
    'consented',
    'refused',
    'tried',
    'unkept',
    'assigned',
    'answered',
    'joined',
    'left',
    'unreached',
    'held',
    'resumed',
    'transferred',
    'requeued',
    'recording-paused',
    'recording-resumed',
    'ended',
  ]),
  /** Whom or what it is about, as people read it. */
  who: z.string().nullable(),
});
export type CallMoment = z.infer<typeof CallMoment>;

export const CallRecording = z.object({
  id: z.string(),
  of: z.enum(['call', 'voicemail']),
  state: z.enum(['in-progress', 'paused', 'completed', 'absent', 'failed']),
  /** Once the hub holds the sound. */
  mediaId: Id.nullable(),
  durationSeconds: z.int().nullable(),
  transcript: z.string().nullable(),
});
export type CallRecording = z.infer<typeof CallRecording>;

/** Of a call that was promised: how often it was tried in vain, and when it is tried again; null: as soon as somebody is free. */
export const CallbackView = z.object({ tried: z.int(), most: z.int(), nextAt: Instant.nullable() });
export type CallbackView = z.infer<typeof CallbackView>;

export const CallView = z.object({
  id: Id,
  /** Counts its changes: the higher one is the newer view. */
  version: z.int(),
  ticketId: Id.nullable(),
  channelAccountId: Id,
  /** Where the menu has led it; null: where its number's calls go. */
  queueId: Id.nullable(),
  direction: z.enum(['inbound', 'outbound']),
  state: CallState,
  phase: CallPhase,
  outcome: CallOutcome.nullable(),
  customer: z.object({ name: z.string(), number: z.string() }),
  /** The number of ours. */
  line: z.string(),
  /** Who has it, or had it last. */
  agent: z.object({ id: Id, name: z.string() }).nullable(),
  startedAt: Instant,
  queuedAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  held: z.boolean(),
  /** null: nothing is recorded. */
  recording: z.enum(['on', 'paused']).nullable(),
  /** Its agent may pause the recording. */
  mayPause: z.boolean(),
  /** null: nobody was promised a call. */
  callback: CallbackView.nullable(),
  legs: z.array(CallLegView),
  moments: z.array(CallMoment),
  recordings: z.array(CallRecording),
  disposition: z.string().nullable(),
  /** Why it failed, in words for the agent. */
  reason: z.string().nullable(),
});
export type CallView = z.infer<typeof CallView>;

/** What an agent's browser needs for a call. */
export const AgentLineView = z.object({
  kind: z.string(),
  token: z.string(),
  url: z.string().optional(),
  expiresAt: Instant,
});
export type AgentLineView = z.infer<typeof AgentLineView>;

export const Dispositions = z
  .array(z.string().trim().min(1, 'Give it a name').max(60, 'At most 60 characters'))
  .max(40, 'At most 40')
  .refine((names) => new Set(names.map((name) => name.toLowerCase())).size === names.length, 'Each once');
export const DEFAULT_DISPOSITIONS = ['Solved', 'Follow-up needed', 'Wrong number', 'Not reached'];

/** Whom a call is given to. */
export const CallTarget = z.union([z.object({ agentId: Id }), z.object({ queueId: Id })]);
export type CallTarget = z.infer<typeof CallTarget>;
