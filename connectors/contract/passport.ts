import { z } from 'zod';
import { ChannelKind, Id, Instant } from './common.ts';
import { ExpectedWait, OfferEnd, RoutingMethod, Skill, SkillLevel } from './routing.ts';

/** The way of one message through the hub, and the times that stages of it take. */

/** The steps of a message in the order of the flow; a ticket may get its agent before or after its message is pushed. */
export const passportSteps = {
  in: ['receivedAt', 'verifiedAt', 'normalisedAt', 'queuedAt', 'storedAt', 'assignedAt', 'pushedAt', 'seenAt'],
  out: ['storedAt', 'queuedAt', 'claimedAt', 'acceptedAt', 'sentAt', 'deliveredAt', 'readAt'],
} as const;
export type PassportDirection = keyof typeof passportSteps;
export type PassportStep = (typeof passportSteps)[PassportDirection][number];

/** Milestones of one message in milliseconds precision; a missing one has not happened, or nobody knows any more when. */
export const Passport = z.object({
  /** By the sender's clock, which may be wrong. */
  occurredAt: Instant.optional(),
  receivedAt: Instant.optional(),
  verifiedAt: Instant.optional(),
  normalisedAt: Instant.optional(),
  queuedAt: Instant.optional(),
  storedAt: Instant.optional(),
  /** Already with somebody when it came: the time of storing. */
  assignedAt: Instant.optional(),
  pushedAt: Instant.optional(),
  seenAt: Instant.optional(),
  claimedAt: Instant.optional(),
  acceptedAt: Instant.optional(),
  sentAt: Instant.optional(),
  deliveredAt: Instant.optional(),
  readAt: Instant.optional(),
  duplicates: z.int().optional(),
  traceId: z.string().optional(),
});
export type Passport = z.infer<typeof Passport>;

/** The last step before `step` whose time is known: what its time is measured from. */
export function stepBefore(
  direction: PassportDirection,
  known: Partial<Record<PassportStep, unknown>>,
  step: PassportStep,
): PassportStep | undefined {
  const steps: readonly PassportStep[] = passportSteps[direction];
  return steps.slice(0, steps.indexOf(step)).findLast((each) => known[each] !== undefined);
}

const Person = z.object({ id: Id, name: z.string() });

/** One time that work was given out, or nobody could take it. The lower score goes first. */
export const RoutingDecision = z.object({
  at: Instant,
  candidates: z.array(
    z.object({
      agent: Person,
      /**
       * What kept the work from this agent; null: could have had it. `channel`: takes none of this one now; `exclusive`: on a
       * call, or not free for one; `declined`: it was offered before, while it waited.
       */
      removedBy: z
        .enum(['not-member', 'offline', 'away', 'busy', 'wrap-up', 'channel', 'skill', 'full', 'exclusive', 'declined'])
        .nullable(),
      /** The first of the required skills that is lacking; `has` null: at any level. */
      missing: Skill.extend({ has: SkillLevel.nullable() }).optional(),
      /** What the free ones were compared by (see `method`); where there is no `load`, tickets in work. */
      score: z.number().nullable(),
      /** How many of the preferred skills: who has more goes first whatever the score. */
      preferred: z.int().optional(),
      load: z.object({ used: z.number(), capacity: z.number() }).optional(),
      /** Not of its queue: the queue that helps out with them. */
      via: z.string().optional(),
    }),
  ),
  /** How many more there were; only so many are kept. */
  omitted: z.int().nonnegative(),
  winner: Person.nullable(),
  /** How the queue chose then, and what it still asked for after so long a wait. */
  method: RoutingMethod.optional(),
  needs: z.object({ required: z.array(Skill), preferred: z.array(Skill) }).optional(),
  /** The queue was closed, until then; null: it never opens. */
  closed: z.object({ until: Instant.nullable() }).optional(),
  /** Whose agents could have it besides, since when: so many seconds of waiting, or as the queue was closed. */
  overflow: z.array(z.object({ queue: z.string(), afterSeconds: z.int().nullable() })).optional(),
});
export type RoutingDecision = z.infer<typeof RoutingDecision>;

/** How somebody got a ticket. */
const Assignment = z.object({
  at: Instant,
  agent: Person,
  /** By the routing, by a person, or by answering. */
  how: z.enum(['routing', 'person', 'reply']),
  by: z.string(),
});

/** Why a ticket is with whom it is, or why it waits. */
export const TicketRouting = z.object({
  /** null: it is with nobody. */
  assignment: Assignment.nullable(),
  /** Of that assignment, if the routing made it; of one that waits, as it would be decided now. */
  routing: RoutingDecision.nullable(),
  /** How many of its queue come before it; null: it does not wait. */
  ahead: z.int().nonnegative().nullable(),
  /** While it waits. */
  wait: ExpectedWait.nullable(),
  /** Since nobody has had it: from whom it came back, and how long they were gone; null seconds: they chose to go. */
  returned: z.object({ agent: z.string(), at: Instant, afterSeconds: z.number().nullable() }).nullable(),
  /** To whom it was offered and how that ended, the oldest first; null: it still stands. */
  offers: z.array(z.object({ agent: Person, at: Instant, endedAt: Instant.nullable(), how: OfferEnd.nullable() })),
});
export type TicketRouting = z.infer<typeof TicketRouting>;

/** All that is known of a message's way. */
export const MessagePassport = z.object({
  passport: Passport,
  duplicates: z
    .object({ count: z.int().positive(), lastAt: Instant.optional(), lastTraceId: z.string().optional() })
    .nullable(),
  /** Who the ticket was with when the message came, or who got it first after that. */
  assignment: Assignment.nullable(),
  /** Of that assignment; while nobody has the ticket, the last one that found nobody. */
  routing: RoutingDecision.nullable(),
  hasRaw: z.boolean(),
});
export type MessagePassport = z.infer<typeof MessagePassport>;

/** What is measured: each step of a passport since the one before, and the whole way. */
export const flowStages = {
  in: ['verified', 'normalised', 'queued', 'stored', 'assigned', 'pushed', 'seen', 'total'],
  out: ['queued', 'claimed', 'accepted', 'sent', 'delivered', 'read', 'total'],
} as const;
const FlowStage = z.enum([...new Set([...flowStages.in, ...flowStages.out])]);
export type FlowStage = z.infer<typeof FlowStage>;

export const FlowPeriod = z.enum(['hour', 'day']);
export type FlowPeriod = z.infer<typeof FlowPeriod>;
export const FlowReport = z.object({
  /** The first quarter of an hour that is counted in. */
  since: Instant,
  stages: z.array(
    z.object({
      channel: ChannelKind,
      direction: z.enum(['in', 'out']),
      stage: FlowStage,
      n: z.int().positive(),
      p50Ms: z.number(),
      p95Ms: z.number(),
    }),
  ),
});
export type FlowReport = z.infer<typeof FlowReport>;
