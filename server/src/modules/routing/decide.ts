import type { AgentState, ChannelLoad, RoutingDecision } from '@switchboard/contract';
import { noRoom, type Load } from './capacity.ts';

/** Of a large team the decision keeps those who came closest. */
const MOST_KEPT = 20;

/** A member of the ticket's queue. Of who is not ready nothing else matters. */
export type Candidate = { readonly agent: { id: string; name: string } } & (
  | { readonly state: Exclude<AgentState, 'ready'> }
  | {
      readonly state: 'ready';
      readonly load: Load;
      readonly capacity: number;
      /** When work of theirs last changed. */
      readonly lastAt: number;
    }
);
type Judged = RoutingDecision['candidates'][number];

/** The ready agent of whose capacity the least is used; between equals, who got work longest ago. */
export function decide(candidates: readonly Candidate[], wanted: ChannelLoad): Omit<RoutingDecision, 'at'> {
  const judged = candidates
    .map((candidate) => ({ ...judge(candidate, wanted), lastAt: candidate.state === 'ready' ? candidate.lastAt : 0 }))
    .sort((a, b) => farness(a) - farness(b) || (a.score ?? 0) - (b.score ?? 0) || a.lastAt - b.lastAt)
    .map(({ lastAt: _, ...each }): Judged => each);
  return {
    candidates: judged.slice(0, MOST_KEPT),
    omitted: Math.max(0, judged.length - MOST_KEPT),
    winner: judged.find(({ removedBy }) => removedBy === null)?.agent ?? null,
  };
}

function judge(candidate: Candidate, wanted: ChannelLoad): Judged {
  const agent = { id: candidate.agent.id, name: candidate.agent.name };
  if (candidate.state !== 'ready') return { agent, removedBy: candidate.state, score: null };
  const { load, capacity } = candidate;
  return {
    agent,
    removedBy: noRoom(load, capacity, wanted),
    score: capacity === 0 ? 1 : load.used / capacity,
    load: { used: load.used, capacity },
  };
}

/** Who is ruled out comes last, in the order of how far away they are. */
const far = ['full', 'exclusive', 'busy', 'away', 'offline'] as const;
const farness = ({ removedBy }: Judged): number => (removedBy === null ? -1 : far.indexOf(removedBy));
