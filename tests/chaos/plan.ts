import { Random } from '../../connectors/simulator/random.ts';
import { stages, type Stage } from '../../server/src/modules/flow/stages.ts';
import type { Delivery } from './people/customer.ts';
import { moods, type Mood } from './world/mood.ts';

/** What can go wrong at an instant. */
export type Fault =
  | { kind: 'kill-hub'; hub: number; stage: Stage; pass: number }
  | { kind: 'kill-database' }
  | { kind: 'fill-disk'; ms: number }
  | { kind: 'restart-broker'; signal: 'SIGTERM' | 'SIGKILL' }
  | { kind: 'cut-broker' }
  | { kind: 'close-broker' }
  | { kind: 'flush-redis' }
  | { kind: 'restart-redis'; downMs: number }
  | { kind: 'cut-sockets' }
  | { kind: 'change-mood'; sms: Mood; mail: Mood };

/** A run has one of them alone, or several at once. The last two are no instants: they hold for the whole run. */
export const troubles = [
  'hubs-killed',
  'database-killed',
  'disk-full',
  'broker-restarted',
  'broker-cut',
  'redis-flushed',
  'redis-restarted',
  'sockets-cut',
  'providers-moody',
  'webhooks-odd',
  'clocks-apart',
] as const;
export type Trouble = (typeof troubles)[number];

export interface Plan {
  readonly seed: number;
  readonly loadMs: number;
  readonly troubles: readonly Trouble[];
  readonly faults: readonly { atMs: number; fault: Fault }[];
  /** How far each hub's clock is from the right one. */
  readonly clocksMs: readonly number[];
  readonly delivery: Delivery;
}

const HUBS = 2;
const MOST_APART_MS = 4_000;

/** The same seed, the same plan. Every second seed has one trouble alone, each in its turn. */
export function planOf(
  seed: number,
  { seconds = 15, only }: { seconds?: number; only?: readonly Trouble[] } = {},
): Plan {
  const random = new Random(seed);
  const chosen = only ?? chosenFor(seed, random);
  const loadMs = seconds * 1000;
  const faults = chosen.flatMap((trouble) => instants[trouble]?.(random, seed) ?? []);
  const odd = chosen.includes('webhooks-odd');
  return {
    seed,
    loadMs,
    troubles: chosen,
    faults: faults
      .map((fault) => ({ atMs: Math.round(random.between(0.1, 0.98) * loadMs), fault }))
      .sort((a, b) => a.atMs - b.atMs),
    clocksMs: Array.from({ length: HUBS }, () => (chosen.includes('clocks-apart') ? apart(random) : 0)),
    delivery: odd ? { twice: 0.4, late: 0.4 } : { twice: 0, late: 0 },
  };
}

function chosenFor(seed: number, random: Random): Trouble[] {
  if (seed % 2 === 1) return [troubles[((seed - 1) / 2) % troubles.length] ?? 'hubs-killed'];
  const count = random.int(3, 5);
  const left = [...troubles];
  return Array.from({ length: count }, () => left.splice(random.int(0, left.length - 1), 1)).flat();
}

const apart = (random: Random) => random.int(-MOST_APART_MS, MOST_APART_MS);
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

const instants: { [T in Trouble]?: (random: Random, seed: number) => Fault[] } = {
  // The stages go round with the seeds, so that a hundred runs see each of them often.
  'hubs-killed': (random, seed) =>
    times(random.int(3, 6), (at) => ({
      kind: 'kill-hub',
      hub: random.int(0, HUBS - 1),
      stage: stages[(seed + at * 5) % stages.length] ?? 'raw.kept',
      pass: random.int(1, 2),
    })),
  'database-killed': (random) => times(random.int(1, 3), () => ({ kind: 'kill-database' })),
  'disk-full': (random) => [{ kind: 'fill-disk', ms: random.int(1_000, 3_000) }],
  'broker-restarted': (random) => [{ kind: 'restart-broker', signal: random.chance(0.5) ? 'SIGKILL' : 'SIGTERM' }],
  'broker-cut': (random) =>
    times(random.int(1, 3), () => ({ kind: random.chance(0.5) ? 'cut-broker' : 'close-broker' })),
  'redis-flushed': (random) => times(random.int(1, 3), () => ({ kind: 'flush-redis' })),
  'redis-restarted': (random) =>
    times(random.int(1, 2), () => ({ kind: 'restart-redis', downMs: random.int(0, 2_500) })),
  'sockets-cut': (random) => times(random.int(2, 5), () => ({ kind: 'cut-sockets' })),
  'providers-moody': (random) =>
    times(random.int(2, 4), () => ({ kind: 'change-mood', sms: random.pick(moods), mail: random.pick(moods) })),
};
