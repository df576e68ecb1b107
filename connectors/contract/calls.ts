import { z } from 'zod';
import { Id, Party } from './common.ts';

/**
 * A call, as the hub and a provider of telephony speak of it. The hub decides what happens (`CallStep`), the connector says it
 * in the provider's words. A conversation by voice is a room: the customer's leg is parked until an agent's leg joins it; who
 * is called in (a colleague, a number, a listening supervisor) is one more leg of the same room.
 */

/** Words that a caller hears, in a language (BCP 47). */
export const Spoken = z.object({ text: z.string().min(1).max(4000), language: z.string().min(2).max(20) });
export type Spoken = z.infer<typeof Spoken>;

/** How a leg takes part: a monitor hears all and is heard by nobody, a coach is heard by the agent alone. */
export const LegRole = z.enum(['customer', 'agent', 'number', 'monitor', 'coach']);
export type LegRole = z.infer<typeof LegRole>;

/** What a caller hears and does next. */
export const CallStep = z.discriminatedUnion('does', [
  /** Says, then takes keys or words; comes back as the turn `answered`, with `step`, also when nothing was given. */
  z.object({
    does: z.literal('ask'),
    step: z.string().max(200),
    say: z.array(Spoken).max(20),
    /** The keys that mean something, in the order of the menu; one is taken. */
    keys: z.array(z.string().regex(/^[0-9*#]$/)).max(12),
    /** Words to expect, where speech is taken as well. */
    speech: z.object({ hints: z.array(z.string().max(100)).max(100), language: z.string() }).nullable(),
    timeoutSeconds: z.int().min(1).max(60),
  }),
  /**
   * Parked: says, then plays music for so long, then asks again (turn `waiting`). A key ends it at once. A provider that cannot
   * cut a file off plays it to its end: hold music is best as long as the pause between two announcements.
   */
  z.object({
    does: z.literal('wait'),
    say: z.array(Spoken).max(20),
    musicUrl: z.url().nullable(),
    musicSeconds: z.int().min(1).max(600),
    /** It comes from a room where what is said is written down: no more of it is. */
    endsTranscript: z.boolean().optional(),
    keys: z.array(z.string().regex(/^[0-9*#]$/)).max(12),
  }),
  z.object({
    does: z.literal('join'),
    room: z.string().min(1).max(200),
    role: LegRole,
    /** The customer's leg, where another one joins: what happens in the room is then told as of that call. */
    callExternalId: z.string().max(1000).optional(),
    /** The customer's address, beside it. */
    customer: z.string().max(512).optional(),
    /** The agent's leg that alone hears a `coach`. */
    coaches: z.string().max(1000).optional(),
    /** The room ends with this leg. */
    endsRoom: z.boolean(),
    record: z.boolean(),
    /**
     * What is said from then on is written down in this language, where the provider can, until the customer's leg leaves the room:
     * it comes as `call.changed` with `said`.
     */
    transcribe: z.string().min(2).max(20).optional(),
    say: z.array(Spoken).max(20),
  }),
  /** A message for later; comes back as the turn `recorded`, its sound as a `call.changed` with `recording`. */
  z.object({
    does: z.literal('record'),
    say: z.array(Spoken).max(20),
    maxSeconds: z.int().min(5).max(600),
    /** Comes as the recording's `transcript`. */
    transcribe: z.boolean(),
  }),
  /** Says, then rings somebody outside; comes back as the turn `forwarded`, with `step`, whether somebody was reached or not. */
  z.object({
    does: z.literal('forward'),
    step: z.string().max(200),
    say: z.array(Spoken).max(20),
    number: z.string().max(200),
    timeoutSeconds: z.int().min(5).max(120),
    record: z.boolean(),
  }),
  z.object({ does: z.literal('hang-up'), say: z.array(Spoken).max(20) }),
]);
export type CallStep = z.infer<typeof CallStep>;

/** A moment of a call in which the provider waits for an answer. The same turn twice gets the same step. */
export interface CallTurn {
  /** Of the leg that waits: the customer's, but at `agent` the agent's own. */
  readonly callExternalId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly customer: Party;
  /** The number of ours that it goes over, E.164. */
  readonly line: string;
  readonly at:
    | { readonly what: 'arrived' }
    | { readonly what: 'answered'; readonly step: string; readonly key?: string; readonly speech?: string }
    | { readonly what: 'waiting'; readonly secondsInQueue: number; readonly key?: string }
    /** It has left the line for the step that the hub gave at `waiting`: that step, again. */
    | { readonly what: 'left' }
    | { readonly what: 'recorded' }
    | { readonly what: 'forwarded'; readonly step: string; readonly reached: boolean }
    /** What it was joined to has ended, and the call still stands. */
    | { readonly what: 'parted' }
    /**
     * An agent's browser dials in, to be joined to the room that the hub named to it. Who it is, the provider vouches for;
     * ticket and role are only what the browser asks for. `customer` is the agent's own address.
     */
    | { readonly what: 'agent'; readonly agentId: string; readonly ticketId: string; readonly role: LegRole };
}

/** What the hub makes of a turn; asked by `webhook.reply`. Rejects when nobody can say: the connector then apologises and hangs up. */
export type NextStep = (turn: CallTurn) => Promise<CallStep>;

/** What an agent's browser needs to take part. `kind` says which softphone of the console speaks it. */
export interface AgentLine {
  /** `twilio`, or `simulated`: the simulator's, which speaks to `url`. */
  readonly kind: string;
  readonly token: string;
  readonly url?: string;
  readonly expiresAt: Date;
}

/** What the hub makes a provider do with a call that stands, or with a new one. */
export const CallControl = z.discriminatedUnion('action', [
  /** Calls the command's recipient from `line`; who answers takes `step`. */
  z.object({
    action: z.literal('dial'),
    line: z.string(),
    step: CallStep,
    timeoutSeconds: z.int().min(5).max(120),
    /** Finds out whether a person answered: told as `answeredBy`, a few seconds later. */
    detectMachine: z.boolean().optional(),
  }),
  /** Takes the leg out of what it is in, into `step`: a parked caller joins, a call ends. */
  z.object({ action: z.literal('steer'), step: CallStep }),
  /** The leg hears music and nobody hears it. */
  z.object({ action: z.literal('hold'), room: z.string(), legExternalId: z.string(), on: z.boolean() }),
  z.object({ action: z.literal('mute'), room: z.string(), legExternalId: z.string(), on: z.boolean() }),
  /** Calls somebody into the room: an agent's browser or a number. */
  z.object({
    action: z.literal('invite'),
    room: z.string(),
    who: z.union([z.object({ agentId: Id }), z.object({ number: z.string() })]),
    role: LegRole,
    coaches: z.string().max(1000).optional(),
    timeoutSeconds: z.int().min(5).max(120),
  }),
  /** A leg of the room takes part in another way: a monitor whispers (`coach`) or barges in (`agent`). */
  z.object({
    action: z.literal('role'),
    room: z.string(),
    legExternalId: z.string(),
    role: LegRole,
    coaches: z.string().max(1000).optional(),
  }),
  z.object({ action: z.literal('remove'), room: z.string(), legExternalId: z.string() }),
  /** `on` resumes what is paused, and begins where nothing was recorded yet. */
  z.object({
    action: z.literal('recording'),
    room: z.string(),
    to: z.enum(['paused', 'on']),
    /** What is said is written down in this language as well, and no more than it is recorded. */
    transcribe: z.string().min(2).max(20).optional(),
  }),
]);
export type CallControl = z.infer<typeof CallControl>;

export const CallState = z.enum(['ringing', 'in-progress', 'completed', 'missed', 'busy', 'failed', 'canceled']);
export type CallState = z.infer<typeof CallState>;

/**
 * What became of a call, one fact an event; what is not said did not change. Only the first report of a call is sure to name
 * the customer (`sender`); later ones may name the leg or the room alone.
 */
export const CallChange = z.object({
  /** The customer's leg; of a room whose customer is not known (yet), the room. */
  externalId: z.string().min(1).max(1000),
  /** The room that it happened in, where the provider says it of the room. */
  room: z.string().max(200).optional(),
  /** The provider's id of one opening of the room, from who came first to who left last; a room that opens anew has another. */
  roomSession: z.string().max(200).optional(),
  /** The command of ours that made this call or leg. */
  commandId: Id.optional(),
  direction: z.enum(['inbound', 'outbound']),
  /** Of the customer's leg. Terminal states are final. */
  state: CallState.optional(),
  /**
   * The provider's own count of its reports, where it has one: a lower one is older, whenever it comes. Reports with `state` and
   * reports of the room (`leg`) are counted apart, and those of the room by `roomSession`.
   */
  sequence: z.int().optional(),
  durationSeconds: z.int().nonnegative().optional(),
  /** Ours and theirs, as the provider says them. */
  line: z.string().max(200).optional(),
  /** How it was proven that the number is the caller's own (STIR/SHAKEN), in the provider's words. */
  attestation: z.string().max(100).optional(),
  /** Why it failed, in words for the agent. */
  reason: z.string().max(500).optional(),
  /** What the caller pressed or said when asked; neither: nothing. */
  input: z
    .object({
      step: z.string().max(200).optional(),
      keys: z.string().max(200).optional(),
      speech: z.string().max(10_000).optional(),
      /** Of the speech, 0 to 1. */
      confidence: z.number().min(0).max(1).optional(),
    })
    .optional(),
  answeredBy: z.enum(['human', 'machine', 'fax', 'unknown']).optional(),
  /**
   * Where it is in the provider's line, or how it left it: `joining` and `joined` somebody, `left` or was `redirected` by us,
   * `hung-up` by the caller. `seconds`: how long it was in it, absent when it never was.
   */
  queue: z
    .object({
      result: z.enum(['waiting', 'joining', 'joined', 'left', 'redirected', 'hung-up', 'full', 'error']),
      seconds: z.number().nonnegative().optional(),
      /** 1: the next. */
      position: z.int().positive().optional(),
      /** In the provider's words. */
      said: z.string().max(100).optional(),
    })
    .optional(),
  /** Of the room itself. */
  roomState: z.enum(['open', 'ended']).optional(),
  leg: z
    .object({
      externalId: z.string().max(1000),
      role: LegRole,
      agentId: Id.optional(),
      number: z.string().max(200).optional(),
      change: z.enum(['ringing', 'joined', 'left', 'held', 'resumed', 'muted', 'unmuted', 'unreached']),
      /** Why it left or was not reached, in the provider's words: busy, no-answer, completed. */
      reason: z.string().max(200).optional(),
      durationSeconds: z.int().nonnegative().optional(),
    })
    .optional(),
  /** Words of a recorded call as somebody has said them; `occurredAt` is when. `us`: whoever talks to the customer. */
  said: z
    .object({
      /** The very same words have the same; of two of one time the lower was said first. */
      id: z.string().min(1).max(200),
      by: z.enum(['customer', 'us']),
      text: z.string().min(1).max(10_000),
    })
    .optional(),
  /** Why what is said is not written down any more, in words for the agent. */
  unwritten: z.string().max(500).optional(),
  recording: z
    .object({
      externalId: z.string().max(1000),
      of: z.enum(['call', 'voicemail']),
      /** What `openMedia` understands; absent while it is not ready or where it failed. */
      source: z.string().max(4096).optional(),
      state: z.enum(['in-progress', 'paused', 'completed', 'absent', 'failed']),
      durationSeconds: z.int().nonnegative().optional(),
      transcript: z.string().max(100_000).optional(),
    })
    .optional(),
});
export type CallChange = z.infer<typeof CallChange>;
