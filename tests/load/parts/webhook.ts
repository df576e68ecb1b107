import { median, summarise } from '../drivers/summary.ts';
import { fullSpeed, openLoop, type Pace } from '../drivers/loops.ts';
import type { Pair } from '../drivers/profiles.ts';
import { SmsLoad, type Passage } from '../drivers/sms-load.ts';
import type { Subject } from '../drivers/subject.ts';
import { atLeast, atMost, ms, type Row } from '../report/row.ts';
import type { Scale } from './part.ts';

const SHARES = [0.25, 0.5, 0.75];
/** Goals at a quarter of the ceiling; of the rest there is none. */
const QUARTER = 0.25;

interface Side {
  readonly subject: Subject;
  readonly load: SmsLoad;
}

/** Signed webhook → the agent's console, the hub and its floor in turn. */
export async function measureWebhook(
  pair: Pair,
  goals: { p50: number; p99: number },
  { small }: Scale,
): Promise<Row[]> {
  const sides = [pair.floor, pair.hub].map((subject): Side => ({ subject, load: new SmsLoad(subject) }));
  const [floor, hub] = sides as [Side, Side];
  const rounds = small ? 1 : 3;
  const roundMs = small ? 2_000 : 2_500;
  try {
    for (const { subject, load } of sides) await fullSpeed(subject, load, small ? 3_000 : 15_000);
    const ceilings = await alternate(rounds, sides, ({ subject, load }) => fullSpeed(subject, load, roundMs));
    const ceiling = median(ceilings.get(hub)?.map(({ perSecond }) => perSecond) ?? []);
    const rows = ceilingRows(ceilings.get(floor) ?? [], ceilings.get(hub) ?? []);
    for (const share of SHARES) {
      const passages = await alternate(rounds, sides, ({ load }) => openLoop(load, ceiling * share, roundMs));
      rows.push(...passageRows(share, ceiling, passages.get(floor) ?? [], passages.get(hub) ?? [], goals));
    }
    return rows;
  } finally {
    for (const { load } of sides) await load.close();
  }
}

/** What disturbs a round of the one, disturbs the next round of the other as well. */
async function alternate<T>(rounds: number, sides: Side[], run: (side: Side) => Promise<T>): Promise<Map<Side, T[]>> {
  const results = new Map(sides.map((side) => [side, [] as T[]]));
  for (let round = 0; round < rounds; round += 1) for (const side of sides) results.get(side)?.push(await run(side));
  return results;
}

function ceilingRows(floor: Pace[], hub: Pace[]): Row[] {
  const [floorPace, hubPace] = [floor, hub].map((paces) => median(paces.map(({ perSecond }) => perSecond))) as [
    number,
    number,
  ];
  const [floorCpu, hubCpu] = [floor, hub].map((paces) =>
    median(paces.map(({ cpuMsPerMessage }) => cpuMsPerMessage)),
  ) as [number, number];
  return [
    atLeast('ceiling, messages per second', hubPace, floorPace, 0.3),
    {
      what: 'processor time per message, database included',
      measured: ms(hubCpu),
      floor: ms(floorCpu),
      ratio: hubCpu / floorCpu,
    },
  ];
}

function passageRows(
  share: number,
  ceiling: number,
  floorRounds: Passage[][],
  hubRounds: Passage[][],
  goals: { p50: number; p99: number },
): Row[] {
  const [floor, hub] = [floorRounds, hubRounds].map((rounds) => figuresOf(rounds));
  if (floor === undefined || hub === undefined) return [];
  const at = `at ${(ceiling * share).toFixed(0)}/s (${share * 100} %)`;
  const judged = [
    atMost(`webhook → console p50 ${at}`, hub.told.p50, floor.told.p50, goals.p50),
    atMost(`webhook → console p99 ${at}`, hub.told.p99, floor.told.p99, goals.p99),
    atMost(`webhook acknowledged p99 ${at}`, hub.acknowledged.p99, floor.acknowledged.p99, 2.5),
  ];
  return share === QUARTER ? judged : judged.map(({ goal: _, met: __, ...row }) => row);
}

/** The median round's figures. */
function figuresOf(rounds: Passage[][]) {
  const of = (pick: (passage: Passage) => number) => {
    const each = rounds.map((passages) => summarise(passages.map(pick)));
    return { p50: median(each.map(({ p50 }) => p50)), p99: median(each.map(({ p99 }) => p99)) };
  };
  return { told: of(({ toldMs }) => toldMs), acknowledged: of(({ acknowledgedMs }) => acknowledgedMs) };
}
