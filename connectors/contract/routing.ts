import { z } from 'zod';
import { ChannelKind, Id, Instant, perChannel } from './common.ts';

/** To whom waiting work is given, and how much of it somebody has at once. */

/** What one conversation of a channel takes from its agent's capacity. */
export const ChannelLoad = z.object({
  weight: z.number().min(0, 'From 0, which never counts').max(100, 'At most 100'),
  /** Nothing is given beside it, and it is given to who has nothing else: a call. */
  exclusive: z.boolean(),
  /** It stops counting when we have answered and nobody has written for so long; null: it counts until it is resolved. */
  idleMinutes: z.int('Whole minutes').min(1, 'From 1 minute').max(10_080, 'At most 10080 minutes, a week').nullable(),
  /** The time after its end in which its agent is given nothing, to write down what is left; null: none. */
  wrapUpSeconds: z
    .int('Whole seconds')
    .min(5, 'From 5 seconds')
    .max(3600, 'At most 3600 seconds')
    .nullable()
    .default(null),
  /** Once its agent has been gone for so long, what waits for us goes back to the queue; null: it stays with the agent. */
  returnSeconds: z
    .int('Whole seconds')
    .min(5, 'From 5 seconds')
    .max(604_800, 'At most 604800 seconds, a week')
    .nullable()
    .default(null),
});
export type ChannelLoad = z.infer<typeof ChannelLoad>;

const AgentCapacity = z.number().min(0, 'From 0, who is given nothing').max(1000, 'At most 1000');
export const OwnCapacity = AgentCapacity.nullable();

export const Capacity = z.object({
  /** Of an agent who has no capacity of their own. */
  perAgent: AgentCapacity,
  channels: z.record(ChannelKind, ChannelLoad),
});
export type Capacity = z.infer<typeof Capacity>;
/** As it was written at some time. */
export type StoredCapacity = Pick<Capacity, 'perAgent'> & {
  readonly channels: Partial<Record<ChannelKind, Partial<ChannelLoad>>>;
};

const kept = { exclusive: false, wrapUpSeconds: null, returnSeconds: null } as const;
const text: ChannelLoad = { ...kept, weight: 0.5, idleMinutes: 30 };
const mail: ChannelLoad = { ...kept, weight: 0.34, idleMinutes: 60 };
/** Of those that are unlike a text message. */
const loads: Partial<Record<ChannelKind, ChannelLoad>> = {
  voice: { weight: 1, exclusive: true, idleMinutes: null, wrapUpSeconds: 30, returnSeconds: 60 },
  webchat: { weight: 1, exclusive: false, idleMinutes: 5, wrapUpSeconds: null, returnSeconds: 60 },
  email: mail,
  form: mail,
};
export const DEFAULT_CAPACITY: Capacity = { perAgent: 5, channels: perChannel((channel) => loads[channel] ?? text) };

/** What was kept before a channel, or one of its settings, was thought of has its default. */
export const completedCapacity = ({ perAgent, channels }: StoredCapacity): Capacity => ({
  perAgent,
  channels: perChannel((channel) => ({ ...DEFAULT_CAPACITY.channels[channel], ...channels[channel] })),
});

export const SkillLevel = z.int('A level from 1 to 5').min(1, 'A level from 1 to 5').max(5, 'A level from 1 to 5');
/** What somebody is able to, or must be, and how well. The same skill whatever its case. */
export const Skill = z.object({ name: z.string().trim().min(1).max(60), level: SkillLevel });
export type Skill = z.infer<typeof Skill>;
const sameName = (name: string) => name.toLowerCase();
export const Skills = z
  .array(Skill)
  .max(30, 'At most 30 skills')
  .refine((skills) => new Set(skills.map(({ name }) => sameName(name))).size === skills.length, 'Each skill once');
export const sameSkill = (a: string, b: string): boolean => sameName(a) === sameName(b);

/** Who of those that could take a ticket gets it. */
export const RoutingMethod = z.enum(['least-loaded', 'longest-idle', 'round-robin', 'best-skill', 'last-agent']);
export type RoutingMethod = z.infer<typeof RoutingMethod>;

const AfterSeconds = z.int('Whole seconds').min(1, 'From 1 second').max(604_800, 'At most 604800 seconds, a week');

/** From `afterSeconds` of waiting on, required levels are lower by `lowerBy`; null: what is required is only preferred. */
export const Relaxation = z.object({
  afterSeconds: AfterSeconds,
  lowerBy: z.int().min(1).max(4).nullable(),
});
export type Relaxation = z.infer<typeof Relaxation>;

/** What comes to the help of a queue. */
export const Overflow = z.object({
  /** Of waiting; null: while the queue is closed. */
  afterSeconds: AfterSeconds.nullable(),
  /** `offer`: the agents of those queues may have it, too, and it stays in its own; `move`: it goes to the first of them. */
  does: z.enum(['offer', 'move']),
  queueIds: z.array(Id).min(1, 'Choose a queue').max(20, 'At most 20 queues'),
});
export type Overflow = z.infer<typeof Overflow>;

export const QueueHours = z.object({
  /** A calendar's, or OPENING_HOURS; null: always open. */
  calendarId: z.string().max(100).nullable(),
  /** What becomes of a ticket outside of them: nothing, what the overflow for closed hours says, or the same as ever. */
  whenClosed: z.enum(['wait', 'overflow', 'route']),
});
export type QueueHours = z.infer<typeof QueueHours>;

/** A conversation goes to who says yes to it in time. */
export const OfferSettings = z.object({
  seconds: z.int('Whole seconds').min(5, 'From 5 seconds').max(300, 'At most 300 seconds'),
  /** Whoever lets it pass goes on being ready, or is away from then on. */
  missed: z.enum(['stay', 'away']),
});
export type OfferSettings = z.infer<typeof OfferSettings>;
/** Whose customers are there while it is asked: others lose nothing by being given at once. */
export const OFFERED_CHANNELS = ['webchat', 'voice'] as const satisfies readonly ChannelKind[];
/** Whose customers would be connected to somebody who has not said yes. */
export const isAlwaysOffered = (channel: ChannelKind): boolean => channel === 'voice';
export const DEFAULT_OFFER: OfferSettings = { seconds: 20, missed: 'stay' };

export const QueueRouting = z.object({
  method: RoutingMethod,
  /** Who lacks one of them gets nothing of the queue. */
  required: Skills,
  /** Who has more of them comes first. */
  preferred: Skills,
  relax: z.array(Relaxation).max(6, 'At most 6 steps'),
  hours: QueueHours.default({ calendarId: null, whenClosed: 'wait' }),
  overflow: z.array(Overflow).max(6, 'At most 6 steps').default([]),
  /** Channels that are offered first; what is of others is given at once. */
  offers: z.partialRecord(ChannelKind, OfferSettings).default({}),
});
export type QueueRouting = z.infer<typeof QueueRouting>;
export const DEFAULT_QUEUE_ROUTING: QueueRouting = {
  method: 'least-loaded',
  required: [],
  preferred: [],
  relax: [],
  hours: { calendarId: null, whenClosed: 'wait' },
  overflow: [],
  offers: {},
};

/** A conversation that went back to its queue because its agent was gone. */
export const ReturnedWork = z.object({
  ticketId: Id,
  number: z.int(),
  customer: z.string(),
  queue: z.string(),
  at: Instant,
});
export type ReturnedWork = z.infer<typeof ReturnedWork>;

/** How an offer ended; `withdrawn`: somebody took the ticket, or it needs nobody any more. */
export const OfferEnd = z.enum(['accepted', 'declined', 'missed', 'withdrawn']);
export type OfferEnd = z.infer<typeof OfferEnd>;
/** What an agent sees of a conversation before saying yes. */
export const OfferView = z.object({
  id: Id,
  ticketId: Id,
  number: z.int(),
  customer: z.string(),
  queue: z.string(),
  channel: ChannelKind,
  preview: z.string(),
  /** How long it stood at first, and how long it still stands, as of now: clocks of browsers differ. */
  seconds: z.int(),
  leftMs: z.number(),
});
export type OfferView = z.infer<typeof OfferView>;

/** The place of who waits, and how long it usually takes from there; null: nobody knows. */
export const ExpectedWait = z.object({
  /** From 1: the next. */
  position: z.int().positive(),
  range: z.object({ fromSeconds: z.number(), toSeconds: z.number() }).nullable(),
  /** In words for who waits. */
  text: z.string(),
});
export type ExpectedWait = z.infer<typeof ExpectedWait>;
