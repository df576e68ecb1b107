import type { Random } from './random.ts';

/** How a conversation is now: nobody has looked at it, the customer waits again, or one of the ends. */
export type Ending = 'new' | 'waiting' | 'pending' | 'snoozed' | 'resolved';

const hour = 3_600_000;
const day = 24 * hour;
/** What is not done yet, with how many hours ago it began. */
const unfinished: readonly { ending: Ending; count: number; hours: readonly [number, number] }[] = [
  { ending: 'new', count: 7, hours: [0.02, 0.6] },
  { ending: 'waiting', count: 9, hours: [0.4, 3] },
  { ending: 'pending', count: 6, hours: [10, 40] },
  { ending: 'snoozed', count: 3, hours: [12, 48] },
];

/** What came in is kept raw for thirty days: what is older by the day's end would have lost its files. */
const LONGEST_AGO = 26;

/** Two in three between eight and eighteen o'clock, fewer at the week's end. */
const atWork = (random: Random, now: Date): Date => {
  const at = new Date(now.getTime() - random.between(1.5, LONGEST_AGO) * day);
  if (random.chance(0.66)) at.setHours(random.int(8, 17), random.int(0, 59), random.int(0, 59), random.int(0, 999));
  const weekend = at.getDay() === 0 || at.getDay() === 6;
  return weekend && random.chance(0.5) ? new Date(at.getTime() - 2 * day) : at;
};

/** When each conversation began, oldest first. */
export const startTimes = (count: number, now: Date, random: Random): { at: Date; ending: Ending }[] => {
  const open = unfinished.flatMap(({ ending, count: howMany, hours }) =>
    Array.from({ length: howMany }, () => ({ at: new Date(now.getTime() - random.between(...hours) * hour), ending })),
  );
  const done = Array.from({ length: Math.max(count - open.length, 0) }, () => ({
    at: atWork(random, now),
    ending: 'resolved' as const,
  }));
  return [...done, ...open].toSorted((one, other) => one.at.getTime() - other.at.getTime());
};
