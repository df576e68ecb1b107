import type { AgentStanding, AgentState, ChannelKind, StateCause } from '@switchboard/contract';
import { Schema } from 'mongoose';

/** What an agent is doing as kept with the agent. It changes in one write, by `agent-states`; others read it. */

export interface Reason {
  readonly id: string;
  readonly name: string;
  readonly unavailable: boolean;
}
/** What the agent, or somebody or something for the agent, has chosen. Who has no console open is offline all the same. */
export interface Chosen {
  readonly state: AgentState;
  readonly reason: Reason | null;
  readonly chosenAt: Date;
  /** When a wrap-up ends by itself. */
  readonly until: Date | null;
  /** What a wrap-up, or being away by inactivity, goes back to. */
  readonly back: { readonly state: AgentState; readonly reason: Reason | null } | null;
}
/** A time in one state, as the hub found it: being connected counts. */
export interface Spell {
  readonly _id: string;
  readonly agentId: string;
  readonly state: AgentState;
  readonly reason: { readonly id: string; readonly name: string } | null;
  readonly unavailable: boolean;
  readonly from: Date;
  readonly to: Date | null;
  readonly cause: StateCause;
  readonly by: { readonly id: string; readonly name: string } | null;
  /** Not there: of before they were kept. */
  readonly paused?: readonly Pause[];
}
/** A time in which nothing of a channel was given; `to` null: it goes on, at most until its spell ends. */
export interface Pause {
  readonly channel: ChannelKind;
  readonly from: Date;
  readonly to: Date | null;
}

export interface StoredStanding extends Partial<Chosen> {
  state: AgentState;
  pausedChannels?: ChannelKind[];
  /** Counts the changes: who changes what another has changed meanwhile is refused. */
  standingVersion?: number;
  /** The one that goes on; null, or not there: never connected yet. */
  spell?: Spell | null;
  /** Spells that are over and not in the history yet. */
  endedSpells?: Spell[];
  /** When a hub process last had a console of this agent. */
  consoleSeenAt?: Date | null;
  /** Of whoever goes just after it: by choice. */
  signedOutAt?: Date | null;
  /** What went back to its queue while they were gone, until they have been told. */
  returned?: {
    readonly ticketId: string;
    readonly number: number;
    readonly customer: string;
    readonly queue: string;
    readonly at: Date;
  }[];
}

const { Mixed } = Schema.Types;
export const standingFields = {
  state: String,
  reason: { type: Mixed, default: null },
  chosenAt: Date,
  until: { type: Date, default: null },
  back: { type: Mixed, default: null },
  pausedChannels: { type: [String], default: [] },
  standingVersion: { type: Number, default: 0 },
  spell: { type: Mixed, default: null },
  endedSpells: { type: [Mixed], default: [] },
  consoleSeenAt: { type: Date, default: null },
  signedOutAt: { type: Date, default: null },
  returned: { type: [Mixed], default: [] },
};

type Kept = StoredStanding & { active: boolean; createdAt: Date };

export function chosenOf({ state, reason, chosenAt, until, back, createdAt }: Kept): Chosen {
  return { state, reason: reason ?? null, chosenAt: chosenAt ?? createdAt, until: until ?? null, back: back ?? null };
}

const offline = (chosenAt: Date): Chosen => ({ state: 'offline', reason: null, chosenAt, until: null, back: null });

/** What counts: whoever has no console open, or may not sign in any more, is offline. */
export const effective = (chosen: Chosen, isThere: boolean): Chosen => (isThere ? chosen : offline(chosen.chosenAt));

export const isSame = (spell: Spell | null, { state, reason }: Chosen): boolean =>
  spell?.state === state && spell.reason?.id === reason?.id;

/** `now`: the beginning of what has just begun and is not in the history yet. */
export function standingView(agent: Kept, connected: boolean, now: Date): AgentStanding {
  const found = effective(chosenOf(agent), agent.active && connected);
  const { state, reason, until } = found;
  const spell = agent.spell ?? null;
  return {
    state,
    reason: reason && { id: reason.id, name: reason.name },
    since: (isSame(spell, found) && spell ? spell.from : now).toISOString(),
    until: until?.toISOString() ?? null,
    pausedChannels: agent.pausedChannels ?? [],
  };
}
