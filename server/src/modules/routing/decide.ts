import type { AgentState, RoutingDecision } from '@switchboard/contract';

/** An agent who has as many in work is given no more; the rest waits and is seen under "Unassigned". */
export const MOST_IN_WORK = 20;
/** Of a large team the decision keeps those who came closest. */
const MOST_KEPT = 20;

export interface Candidate {
  readonly agent: { id: string; name: string };
  readonly state: AgentState;
  /** Tickets in work and when the last of them changed; null: was not looked at, for the state rules the agent out. */
  readonly load: { inWork: number; lastAt: number } | null;
}
type Judged = RoutingDecision['candidates'][number];

/** The ready agent who has the least in work; between equals, who got work longest ago. */
export function decide(candidates: readonly Candidate[]): Omit<RoutingDecision, 'at'> {
  const ordered = candidates.toSorted((a, b) => rankOf(a) - rankOf(b) || lastOf(a) - lastOf(b));
  const judged = ordered.map(judge);
  return {
    candidates: judged.slice(0, MOST_KEPT),
    omitted: Math.max(0, judged.length - MOST_KEPT),
    winner: judged.find(({ removedBy }) => removedBy === null)?.agent ?? null,
  };
}

function judge({ agent: { id, name }, state, load }: Candidate): Judged {
  const removedBy = state !== 'ready' ? state : load !== null && load.inWork >= MOST_IN_WORK ? 'full' : null;
  return { agent: { id, name }, removedBy, score: load?.inWork ?? null };
}

/** Who is ruled out by the state comes last, in the order of how far away they are. */
const stateRank: Record<AgentState, number> = { ready: 0, busy: 1, away: 2, offline: 3 };
const rankOf = ({ state, load }: Candidate): number => stateRank[state] * 1e6 + (load?.inWork ?? 0);
const lastOf = ({ load }: Candidate): number => load?.lastAt ?? 0;
