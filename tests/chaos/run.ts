import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../../connectors/simulator/random.ts';
import { letHappen } from './faults.ts';
import { violations } from './invariants.ts';
import type { Plan } from './plan.ts';
import { openScene, type Cast } from './scene.ts';
import { Centre } from './world/centre.ts';
import type { Servers } from './world/servers.ts';

/** Everything that a hub leaves for later has come by then. */
const SETTLE_MS = 100_000;
/** Time goes on for the hubs, so that what waits for a minute or two need not be waited for. */
const LATER_MS = 100_000;
/** What a process may weigh more at the end: code that was compiled meanwhile, caches that are bounded. */
const MORE_BYTES = 40_000_000;

export interface Result {
  readonly plan: Plan;
  readonly faults: readonly string[];
  /** How often a hub process died. */
  readonly deaths: number;
  readonly received: number;
  readonly sent: number;
  /** Snoozes that ended by their time, and replies that nobody knows the outcome of. */
  readonly woken: number;
  readonly unknown: number;
  readonly seconds: number;
  /** Empty: all invariants held. */
  readonly violations: readonly string[];
  /** Where the hubs' logs and a report are, when something did not hold. */
  readonly folder: string | null;
}

/** One run: a centre at work, the plan's faults, then peace; at the end what holds and what does not. */
export async function runPlan(plan: Plan, servers: Servers): Promise<Result> {
  const started = Date.now();
  const folder = await mkdtemp(join(tmpdir(), `switchboard-chaos-${plan.seed}-`));
  const namespace = `chaos-${plan.seed}-${started.toString(36)}`;
  const centre = await Centre.open(servers, { namespace, folder, clocksMs: plan.clocksMs });
  const faults: string[] = [];
  const cast = await openScene(centre, plan);
  let found: string[];
  let seen: Pick<Result, 'woken' | 'unknown'>;
  let ended: string[];
  try {
    const weights = await Promise.all(centre.hubs.map((hub) => hub.weigh()));
    const stuck = await work(plan, cast, (line) => faults.push(line));
    found = [...stuck, ...(await settled(plan, cast)), ...(await heavier(centre, weights))];
    seen = await seenIn(centre);
  } finally {
    cast.leave();
    ended = await centre.close();
  }
  found = [...found, ...ended];
  if (found.length === 0) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  else await writeFile(join(folder, 'report.txt'), [`seed ${plan.seed}`, ...faults, '', ...found, ''].join('\n'));
  return {
    ...{ plan, faults, violations: found, folder: found.length > 0 ? folder : null },
    deaths: centre.hubs.reduce((sum, hub) => sum + hub.deaths, 0),
    ...seen,
    ...{ received: cast.story.said.length, sent: cast.story.replied.length + cast.story.held.length },
    seconds: Math.round((Date.now() - started) / 1000),
  };
}

/** Customers write and agents answer while the faults happen. Answers who could not be heard to the end. */
async function work(plan: Plan, cast: Cast, tell: (line: string) => void): Promise<string[]> {
  const end = Date.now() + plan.loadMs;
  const working = Promise.all([
    ...cast.customers.map((customer, index) => writes(customer, `customer ${index + 1}`, end, plan.seed * 100 + index)),
    ...cast.agents.map((agent) => agent.work(end)),
  ]);
  await letHappen(plan, cast, tell);
  const late = delay(SETTLE_MS, 'late' as const, { ref: false });
  return (await Promise.race([working, late])) === 'late' ? ['somebody could not be heard to the end'] : [];
}

/** Every third falls silent after two messages: what happens to their tickets is not soon overtaken. */
async function writes(customer: Cast['customers'][number], name: string, end: number, seed: number): Promise<void> {
  const random = new Random(seed);
  const most = seed % 3 === 0 ? 2 : Infinity;
  const under: Promise<void>[] = [];
  for (let number = 1; Date.now() < end && number <= most; number += 1) {
    const said = customer.say(`message ${number} of ${name}.`);
    // Most wait for the answer that it has arrived; some write on.
    if (random.chance(0.3)) under.push(said);
    else await said;
    await delay(random.between(300, 2_500));
  }
  await Promise.all(under);
}

/** Waits until all holds, or until nothing more can be waited for. */
async function settled(plan: Plan, cast: Cast): Promise<string[]> {
  const random = new Random(plan.seed);
  for (const [index, hub] of cast.centre.hubs.entries())
    hub.tell({ what: 'clock', ms: (plan.clocksMs[index] ?? 0) + LATER_MS });
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const reported = await cast.centre.phones.report(random);
    const wrong = await violations(cast, cast.story);
    if ((reported && wrong.length === 0) || Date.now() > deadline) return wrong;
    await delay(500);
  }
}

/** Of the processes that lived from the beginning to the end. */
async function heavier(centre: Centre, weights: readonly number[]): Promise<string[]> {
  const grown = await Promise.all(
    centre.hubs.map(async (hub, index) => (hub.deaths > 0 ? 0 : (await hub.weigh()) - (weights[index] ?? 0))),
  );
  return grown.flatMap((bytes, index) =>
    bytes > MORE_BYTES ? [`hub ${index + 1} has grown by ${Math.round(bytes / 1e6)} MB`] : [],
  );
}

async function seenIn({ database }: Centre): Promise<{ woken: number; unknown: number }> {
  const entries = database.collection('entries');
  const [woken, unknown] = await Promise.all([
    entries.countDocuments({ event: 'status.changed', from: 'snoozed', 'author.kind': 'system' }),
    entries.countDocuments({ type: 'message', state: 'unknown' }),
  ]);
  return { woken, unknown };
}
