import {
  BACKLOG_AGES_MS,
  type AgentFigures,
  type Capacity,
  type ChannelKind,
  type FloorAgent,
  type FloorQueue,
} from '@switchboard/contract';
import type { Colleague } from '../agents/index.ts';
import { loadOf } from '../routing/index.ts';
import type { Work } from './work.ts';

export type QueueFigures = Pick<FloorQueue, 'now' | 'today'>;
export interface Centre {
  readonly queues: readonly { readonly id: string; readonly name: string }[];
  readonly members: readonly Colleague[];
  readonly capacity: Capacity;
  /** By queue. */
  readonly figures: ReadonlyMap<string, QueueFigures>;
  /** By agent. */
  readonly agentFigures: ReadonlyMap<string, AgentFigures>;
  readonly onScreen: ReadonlyMap<string, { readonly ticketId: string; readonly from: Date }>;
}
export interface Board {
  readonly queues: FloorQueue[];
  readonly agents: FloorAgent[];
}

interface Tally {
  open: number;
  waiting: number;
  longest: number;
  unassigned: number;
  overdue: number;
  backlog: number[];
}

const nobody: QueueFigures = { now: null, today: null };

/** The floor at one moment. Pure. */
export function board(works: readonly Work[], centre: Centre, now: Date): Board {
  const { tallies, byAgent } = counted(works, now.getTime());
  const shownTo = screens(works, centre.onScreen);
  return {
    queues: centre.queues.map(({ id, name }) => ({
      id,
      name,
      ...shown(tallies.get(id) ?? none()),
      agents: staffOf(id, centre.members),
      ...(centre.figures.get(id) ?? nobody),
    })),
    agents: centre.members.map((member) => {
      const { id } = member.agent;
      const today = centre.agentFigures.get(id) ?? null;
      const row = agentRow(member, byAgent.get(id) ?? [], centre.capacity, now);
      return { ...row, onScreen: shownTo.get(id) ?? null, today };
    }),
  };
}

function counted(works: Iterable<Work>, now: number): { tallies: Map<string, Tally>; byAgent: Map<string, Work[]> } {
  const tallies = new Map<string, Tally>();
  const byAgent = new Map<string, Work[]>();
  for (const work of works) {
    const { queueId, assigneeId } = work.row;
    const tally = tallies.get(queueId) ?? none();
    tallies.set(queueId, tally);
    count(tally, work, now);
    if (assigneeId === null) continue;
    const theirs = byAgent.get(assigneeId);
    if (theirs === undefined) byAgent.set(assigneeId, [work]);
    else theirs.push(work);
  }
  return { tallies, byAgent };
}

function count(tally: Tally, { row, waitingSince, dueAt, createdAt }: Work, now: number): void {
  tally.open += 1;
  if (row.assigneeId === null) tally.unassigned += 1;
  if (dueAt !== null && dueAt <= now) tally.overdue += 1;
  if (waitingSince !== null) {
    tally.waiting += 1;
    tally.longest = Math.min(tally.longest, waitingSince);
  }
  const older = BACKLOG_AGES_MS.findIndex((age) => now - createdAt < age);
  const bucket = older === -1 ? BACKLOG_AGES_MS.length : older;
  tally.backlog[bucket] = (tally.backlog[bucket] ?? 0) + 1;
}

const none = (): Tally => ({
  ...{ open: 0, waiting: 0, longest: Infinity, unassigned: 0, overdue: 0 },
  backlog: Array.from({ length: BACKLOG_AGES_MS.length + 1 }, () => 0),
});

const shown = ({ longest, ...tally }: Tally) => ({
  ...tally,
  longestWaitSince: longest === Infinity ? null : new Date(longest).toISOString(),
});

/** What agents have before them, of what is open. */
function screens(works: readonly Work[], onScreen: Centre['onScreen']): Map<string, FloorAgent['onScreen']> {
  if (onScreen.size === 0) return new Map();
  const wanted = new Set([...onScreen.values()].map(({ ticketId }) => ticketId));
  const rows = new Map(works.flatMap(({ row }) => (wanted.has(row.id) ? [[row.id, row] as const] : [])));
  return new Map(
    [...onScreen].map(([agentId, { ticketId, from }]) => {
      const row = rows.get(ticketId);
      if (row === undefined) return [agentId, null];
      const { id, number, customer, channel } = row;
      return [agentId, { id, number, customer, channel, since: from.toISOString() }];
    }),
  );
}

function staffOf(queueId: string, members: readonly Colleague[]): FloorQueue['agents'] {
  const team = members.filter(({ queueIds, state }) => state !== 'offline' && queueIds.includes(queueId));
  return { ready: team.filter(({ state }) => state === 'ready').length, connected: team.length };
}

function agentRow(
  { agent, state, reason, since, queueIds, capacity, returned }: Colleague,
  works: readonly Work[],
  { perAgent, channels }: Capacity,
  now: Date,
): Omit<FloorAgent, 'onScreen' | 'today'> {
  const weighed = works.map(({ row, waitingSince, lastWordAt }) => ({
    ticketId: row.id,
    channel: row.channel,
    waitingSince: waitingSince === null ? null : new Date(waitingSince),
    lastWordAt,
  }));
  const used = Math.round(100 * loadOf(weighed, channels, now).used) / 100;
  const standing = { state, reason, since: since?.toISOString() ?? null };
  return {
    ...{ ...agent, ...standing, queueIds: [...queueIds], used, capacity: capacity ?? perAgent },
    returnsAt: state === 'offline' && since !== null ? returnsAt(weighed, channels, since) : null,
    returned: returned && { count: returned.count, at: returned.at.toISOString() },
  };
}

/** The first of what waits for somebody who is gone. */
function returnsAt(
  works: readonly { channel: ChannelKind; waitingSince: Date | null }[],
  channels: Capacity['channels'],
  since: Date,
): string | null {
  const seconds = works.flatMap(({ channel, waitingSince }) =>
    waitingSince === null ? [] : (channels[channel].returnSeconds ?? []),
  );
  return seconds.length === 0 ? null : new Date(since.getTime() + Math.min(...seconds) * 1000).toISOString();
}
