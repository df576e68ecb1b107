import type { AgentState, ChannelKind, ChannelLoad, RoutingDecision, RoutingMethod } from '@switchboard/contract';
import { noRoom } from './capacity.ts';
import { scores, tieBreakers, type Asked, type ReadyAgent } from './methods.ts';
import { missingOf, preferredOf } from './skills.ts';

/** Of a large team the decision keeps those who came closest. */
const MOST_KEPT = 20;

/** Who could be thought of. Of who is not ready, or not of the queue, nothing else matters. */
export type Candidate = (
  ReadyAgent | { readonly agent: ReadyAgent['agent']; readonly state: Exclude<AgentState, 'ready'> | 'not-member' }
) & {
  /** Not of its queue: the name of the one that helps out. */
  readonly via?: string | undefined;
  /** Had it offered while it waits, and did not take it. */
  readonly declined?: boolean;
};
export interface Ask extends Asked {
  readonly channel: ChannelKind;
  /** What one conversation of the channel takes. */
  readonly weighs: ChannelLoad;
  readonly method: RoutingMethod;
}
type Judged = RoutingDecision['candidates'][number];
type Ranked = { readonly judged: Judged; readonly order: readonly number[] };

/** Those who can take it by the preferred skills that they have, then by the queue's method. */
export function decide(candidates: readonly Candidate[], ask: Ask): Omit<RoutingDecision, 'at'> {
  const judged = candidates
    .map((candidate) => rank(candidate, ask))
    .sort(byOrder)
    .map((each) => each.judged);
  return {
    candidates: judged.slice(0, MOST_KEPT),
    omitted: Math.max(0, judged.length - MOST_KEPT),
    winner: judged.find(({ removedBy }) => removedBy === null)?.agent ?? null,
    method: ask.method,
    needs: { required: [...ask.needs.required], preferred: [...ask.needs.preferred] },
  };
}

/** Who is ruled out comes last, in the order of how far away they are. */
const far = [
  'declined',
  'full',
  'exclusive',
  'channel',
  'skill',
  'wrap-up',
  'busy',
  'away',
  'offline',
  'not-member',
] as const;

function rank(candidate: Candidate, ask: Ask): Ranked {
  const who = {
    agent: { id: candidate.agent.id, name: candidate.agent.name },
    ...(candidate.via !== undefined && { via: candidate.via }),
  };
  if (candidate.state !== 'ready')
    return { judged: { ...who, removedBy: candidate.state, score: null }, order: [far.indexOf(candidate.state)] };
  const { load, capacity, skills } = candidate;
  const missing = missingOf(skills, ask.needs);
  const removedBy = missing === null ? keptBy(candidate, ask) : 'skill';
  const score = scores[ask.method](candidate, ask);
  const preferred = preferredOf(skills, ask.needs);
  const order = [-preferred, score, ...tieBreakers.map((of) => of(candidate))];
  return {
    judged: {
      ...who,
      removedBy,
      score,
      load: { used: load.used, capacity },
      ...(missing !== null && { missing }),
      ...(ask.needs.preferred.length > 0 && { preferred }),
    },
    order: [removedBy === null ? -1 : far.indexOf(removedBy), ...order],
  };
}

/** What keeps somebody who is able. */
function keptBy({ load, capacity, pausedChannels, declined = false }: ReadyAgent & Candidate, ask: Ask) {
  if (pausedChannels.includes(ask.channel)) return 'channel';
  return noRoom(load, capacity, ask.weighs) ?? (declined ? 'declined' : null);
}

function byOrder({ order: a }: Ranked, { order: b }: Ranked): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
