import type { ChannelKind, RoutingMethod, Skill } from '@switchboard/contract';
import type { Load } from './capacity.ts';
import { levelsOf, type Needs } from './skills.ts';

export interface ReadyAgent {
  readonly agent: { readonly id: string; readonly name: string };
  readonly state: 'ready';
  readonly skills: readonly Skill[];
  /** Channels of which they take nothing now. */
  readonly pausedChannels: readonly ChannelKind[];
  readonly load: Load;
  readonly capacity: number;
  /** When work was last given to them; 0: never. */
  readonly givenAt: number;
  /** Since when nothing came to them and nothing was finished. */
  readonly idleSince: number;
}
export interface Asked {
  readonly needs: Needs;
  /** Who had the customer last; null: nobody, or it does not matter here. */
  readonly lastAgentId: string | null;
  readonly now: Date;
}

const used = ({ load, capacity }: ReadyAgent): number => (capacity === 0 ? 1 : load.used / capacity);

/** The lower goes first. Between equals: of whose capacity less is used, then who was given work longest ago. */
export const scores: Record<RoutingMethod, (agent: ReadyAgent, asked: Asked) => number> = {
  'least-loaded': used,
  // Seconds, less than none: who has been without new or finished work for longest has the lowest.
  'longest-idle': ({ idleSince }, { now }) => (idleSince - now.getTime()) / 1000,
  // Who was given work longest ago; never is before everyone.
  'round-robin': ({ givenAt }) => givenAt,
  'best-skill': ({ skills }, { needs }) => -levelsOf(skills, needs),
  'last-agent': ({ agent }, { lastAgentId }) => (agent.id === lastAgentId ? 0 : 1),
};
export const tieBreakers: readonly ((agent: ReadyAgent) => number)[] = [used, ({ givenAt }) => givenAt];
