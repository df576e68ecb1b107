import type { Fact } from '../../../metrics/index.ts';
import type { Played, Scene } from '../replay/scene.ts';
import { Cells, factOf, valuesOf, type Values } from './lab-figures.ts';

/** The parts of a week: 168 hours, by the clock on the wall. */
export interface Calendar {
  readonly from: number;
  /** Of each hour since then: which day it is of the week, from 0, and which hour of the day. */
  readonly hours: readonly { readonly day: number; readonly hour: number }[];
}
interface Part {
  readonly serviceLevel: Values['serviceLevel'];
  readonly asa: Values['asa'];
}
export interface AgentValues {
  readonly given: Values['asa'];
  readonly occupancy: Values['asa'];
  readonly used: Values['asa'];
}
/** All figures of one play, or of what was. */
export interface Counted {
  readonly queues: ReadonlyMap<string, { readonly all: Values; readonly days: Part[]; readonly hours: Part[] }>;
  readonly agents: ReadonlyMap<string, AgentValues>;
}

interface Count {
  readonly facts: Iterable<Fact>;
  /** By queue, '' in all. */
  readonly waiting: ReadonlyMap<string, number>;
  readonly helped: Readonly<Record<string, number>> | null;
  /** Null: how full they were is not known. */
  readonly agents: readonly { readonly agentId: string; readonly dutyMs: number; readonly usedMs: number | null }[];
  readonly queueIds: readonly string[];
  readonly calendar: Calendar;
}
const HOUR_MS = 3_600_000;
/** So many are counted before others have a turn. */
const AT_ONCE = 2_000;
const DAYS = 7;
const HOURS = 24;

/** Pauses again and again: it runs beside people's work. */
export async function count({ facts, waiting, helped, agents, queueIds, calendar }: Count): Promise<Counted> {
  const cells = new Cells();
  let counted = 0;
  for (const fact of facts) {
    cells.add(fact, keysOf(fact, calendar));
    if (++counted % AT_ONCE === 0) await new Promise(setImmediate);
  }
  const sum = (of: Readonly<Record<string, number>>) => Object.values(of).reduce((all, each) => all + each, 0);
  const part = (key: string): Part => valuesOf(cells.at(key), { waiting: 0, helped: 0 });
  const queue = (id: string) => ({
    all: valuesOf(cells.at(`queue ${id}`), {
      waiting: waiting.get(id) ?? 0,
      helped: helped === null ? null : id === '' ? sum(helped) : (helped[id] ?? 0),
    }),
    days: Array.from({ length: DAYS }, (_, day) => part(`day ${id} ${day}`)),
    hours: Array.from({ length: HOURS }, (_, hour) => part(`hour ${id} ${hour}`)),
  });
  return {
    queues: new Map(['', ...queueIds].map((id) => [id, queue(id)])),
    agents: new Map(agents.map((agent) => [agent.agentId, agentValues(cells.at(`agent ${agent.agentId}`), agent)])),
  };
}

function keysOf({ kind, queueId, agentId, at }: Fact, { from, hours }: Calendar): string[] {
  const keys = agentId === null ? [] : [`agent ${agentId}`];
  if (kind === 'handled' || kind === 'wrapped-up') return keys;
  const when = hours[Math.floor((at.getTime() - from) / HOUR_MS)];
  for (const id of ['', queueId]) {
    keys.push(`queue ${id}`);
    if (when !== undefined) keys.push(`day ${id} ${when.day}`, `hour ${id} ${when.hour}`);
  }
  return keys;
}

function agentValues(cell: Parameters<typeof valuesOf>[0], { dutyMs, usedMs }: Count['agents'][number]): AgentValues {
  const { given } = valuesOf(cell, { waiting: 0, helped: 0 });
  const minutes = Math.ceil(dutyMs / 60_000);
  const share = (ms: number) => (dutyMs === 0 ? null : Math.min(100, Math.round((1000 * ms) / dutyMs) / 10));
  return {
    given,
    occupancy: { value: share(cell.calendar.handling?.sum ?? 0), n: minutes },
    used: { value: usedMs === null ? null : share(usedMs), n: minutes },
  };
}

/** What a play told, as the metrics would have it. */
export function countPlay(
  { told, ends, helped, agents }: Played,
  scene: Scene,
  about: Pick<Count, 'queueIds' | 'calendar'>,
): Promise<Counted> {
  function* facts() {
    for (const each of told) yield factOf(each);
  }
  const waiting = new Map<string, number>();
  ends.forEach((end, at) => {
    const arrival = scene.arrivals[at];
    if (end === 'waiting' && arrival !== undefined) countIn(waiting, arrival.queueId);
  });
  return count({ ...about, facts: facts(), waiting, helped, agents });
}

export function countIn(counts: Map<string, number>, queueId: string): void {
  for (const id of ['', queueId]) counts.set(id, (counts.get(id) ?? 0) + 1);
}
