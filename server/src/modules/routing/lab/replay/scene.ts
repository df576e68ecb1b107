import type { Capacity, ChannelKind, Priority, QueueRouting, Skill } from '@switchboard/contract';

/** What a replay goes by: plain data, for it runs in a thread of its own. All times are in ms since 1970. */
export interface Scene {
  /** What happens from `start` on is played; what happens from `from` until before `to` counts. */
  readonly start: number;
  readonly from: number;
  readonly to: number;
  /** In the order of their times. */
  readonly arrivals: readonly Arrival[];
  /** By the customer's id: who had them last before that. */
  readonly lastAgents: Readonly<Record<string, string>>;
  readonly offers: OfferHabits;
}
/** How an offer is answered, as the week's offers were. */
export interface OfferHabits {
  readonly acceptedShare: number;
  readonly acceptMs: number;
}

/** By what rules, and by whom. */
export interface Rules {
  readonly queues: readonly LabQueue[];
  readonly capacity: Capacity;
  readonly agents: readonly LabAgent[];
}
export type Span = readonly [from: number, to: number];
export interface LabQueue {
  readonly id: string;
  readonly name: string;
  readonly routing: QueueRouting;
  /** In order, and apart; null: always open. */
  readonly open: readonly Span[] | null;
}
export interface LabAgent {
  readonly id: string;
  readonly name: string;
  readonly skills: readonly Skill[];
  readonly queueIds: readonly string[];
  readonly capacity: number | null;
  /** When they could be given work. In order, and apart. */
  readonly duty: readonly Span[];
}

/** One wait of one ticket: it came, or came back, and somebody was to have it. */
export interface Arrival {
  readonly ticketId: string;
  readonly customerId: string;
  readonly queueId: string;
  readonly channel: ChannelKind;
  readonly priority: Priority;
  readonly at: number;
  /** Of its ticket: who came first goes first. */
  readonly createdAt: number;
  /** It did not wait: it was this agent's from the beginning. */
  readonly placedWith: string | null;
  /** Its customer is there while it waits, and may leave. */
  readonly live: boolean;
  /** It waited so long for somebody; null: nobody got it. */
  readonly waited: number | null;
  /** Nobody got it: after so long the customer had left, or somebody closed it. */
  readonly gone: { readonly after: number; readonly as: 'abandoned' | 'closed' } | null;
  /** Until when it should be answered for the first time; null: that is no question any more. */
  readonly dueAt: number | null;
  /** What became of it once somebody had it; null: not known, so it is drawn from what became of others. */
  readonly course: Course | null;
}
export interface Course {
  readonly steps: readonly Step[];
  /** In which somebody had it before them; 0: not measured. */
  readonly handledMs: number;
}
export interface Step {
  /** Since it was given. */
  readonly after: number;
  /** `left`: it waited for somebody else again. */
  readonly does: 'first-reply' | 'replied' | 'wrote' | 'resolved' | 'reopened' | 'abandoned' | 'left';
  /** Of a first reply to what was written after it was given: it took as long as it took. */
  readonly took?: number;
  readonly inTime?: boolean;
}

/** Something that the metrics count. */
export interface Told {
  readonly kind: 'assigned' | 'first-response' | 'abandoned' | 'transferred' | 'handled' | 'wrapped-up';
  readonly at: number;
  readonly queueId: string;
  readonly agentId: string | null;
  readonly channel: ChannelKind;
  /** The arrival, by its place. */
  readonly of: number;
  readonly ms?: number;
  readonly inTime?: boolean;
}
export type End = 'given' | 'abandoned' | 'closed' | 'waiting' | 'placed';
export interface Played {
  readonly told: readonly Told[];
  /** How each arrival's wait ended, by its place. */
  readonly ends: readonly End[];
  readonly agents: readonly AgentLoadPlayed[];
  /** Given to agents of another queue, by the queue that was helped. */
  readonly helped: Readonly<Record<string, number>>;
  /** Something was drawn: another seed plays another week. */
  readonly drew: boolean;
}
export interface AgentLoadPlayed {
  readonly agentId: string;
  /** Of the time that counts. */
  readonly dutyMs: number;
  /** The share of their capacity that was used, summed over that time. */
  readonly usedMs: number;
  /** The most of it that something given to them made: never over 1. */
  readonly fullest: number;
  readonly given: number;
}
