import { z } from 'zod';
import { PhoneNumber } from './call-menus.ts';
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
    'unwritten',
    'asked',
    'declined',
    'unanswered',
    'taken-back',
    'conference',
    'listens',
    'whispers',
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

/** How asking somebody in ended. */
export const AsideEnd = z.enum([
  'completed',
  'merged',
  'cancelled',
  'declined',
  'busy',
  'unanswered',
  'failed',
  /** They hung up. */
  'left',
  /** Who asked has gone, and was not back in time. */
  'lost',
  /** The customer hung up. */
  'ended',
]);
export type AsideEnd = z.infer<typeof AsideEnd>;

/** Somebody who is asked into a call while its customer hears music; the newest is kept when it is over. */
export const AsideView = z.object({
  id: Id,
  /** `sent`: the customer is given to them at once; who had the call has left. */
  state: z.enum(['asked', 'private', 'sent', 'over']),
  end: AsideEnd.nullable(),
  kind: z.enum(['agent', 'queue', 'number']),
  /** Who is asked, as people read it: a colleague, a queue, a number. */
  name: z.string(),
  /** Who may answer: of a queue, whoever is ready; once somebody has, they alone. */
  agentIds: z.array(Id),
  /** The provider's id of their leg, once it is there. */
  legId: z.string().nullable(),
  note: z.string(),
  by: z.object({ id: Id, name: z.string() }),
});
export type AsideView = z.infer<typeof AsideView>;

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
  /** null: nobody was asked in. */
  aside: AsideView.nullable(),
  legs: z.array(CallLegView),
  moments: z.array(CallMoment),
  recordings: z.array(CallRecording),
  /** Something that was said in it is written down: `calls.said`. */
  hasSaid: z.boolean(),
  disposition: z.string().nullable(),
  /** Why it failed, in words for the agent. */
  reason: z.string().nullable(),
});
export type CallView = z.infer<typeof CallView>;

/** What somebody has said in a call. */
export const SaidView = z.object({
  id: z.string(),
  at: Instant,
  by: z.enum(['customer', 'us']),
  /** null: one of several of us. */
  name: z.string().nullable(),
  text: z.string(),
});
export type SaidView = z.infer<typeof SaidView>;

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
/** What the calls of a queue are asked about by its own list; null where they are asked as the organisation says. */
export const OwnWrapUp = z
  .object({ dispositions: Dispositions.min(1, 'Write at least one'), required: z.boolean() })
  .nullable();
export type OwnWrapUp = z.infer<typeof OwnWrapUp>;
/** What the wrap-up of a call asks; nothing where there is nothing to choose from. */
export const WrapUpQuestion = z.object({ dispositions: Dispositions, required: z.boolean() });
export type WrapUpQuestion = z.infer<typeof WrapUpQuestion>;
export const DEFAULT_DISPOSITIONS = ['Solved', 'Follow-up needed', 'Wrong number', 'Not reached'];

/** Whom a call is given to, or who is asked in. */
export const CallTarget = z.union([
  z.object({ agentId: Id }),
  z.object({ queueId: Id }),
  z.object({ number: PhoneNumber }),
]);
export type CallTarget = z.infer<typeof CallTarget>;

/** What is allowed in the calls of a number. */
export const CallRules = z.object({
  /** Agents may bring numbers outside of the hub into a call, and give calls to them. */
  outsideNumbers: z.boolean(),
  /** Agents see who listens to their call. Who speaks to all is always seen. */
  showsListeners: z.boolean(),
});
export type CallRules = z.infer<typeof CallRules>;
export const DEFAULT_CALL_RULES: CallRules = { outsideNumbers: false, showsListeners: true };
