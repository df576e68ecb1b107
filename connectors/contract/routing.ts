import { z } from 'zod';
import { ChannelKind } from './common.ts';

/** To whom waiting work is given, and how much of it somebody has at once. */

/** What one conversation of a channel takes from its agent's capacity. */
export const ChannelLoad = z.object({
  weight: z.number().min(0, 'From 0, which never counts').max(100, 'At most 100'),
  /** Nothing is given beside it, and it is given to who has nothing else: a call. */
  exclusive: z.boolean(),
  /** It stops counting when we have answered and nobody has written for so long; null: it counts until it is resolved. */
  idleMinutes: z.int('Whole minutes').min(1, 'From 1 minute').max(10_080, 'At most 10080 minutes, a week').nullable(),
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

const text: ChannelLoad = { weight: 0.5, exclusive: false, idleMinutes: 30 };
export const DEFAULT_CAPACITY: Capacity = {
  perAgent: 5,
  channels: {
    voice: { weight: 1, exclusive: true, idleMinutes: null },
    webchat: { weight: 1, exclusive: false, idleMinutes: 5 },
    sms: text,
    whatsapp: text,
    messenger: text,
    instagram: text,
    telegram: text,
    slack: text,
    email: { weight: 0.34, exclusive: false, idleMinutes: 60 },
  },
};
