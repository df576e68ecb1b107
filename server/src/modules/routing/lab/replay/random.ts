/** What is drawn for an arrival depends on the seed, the arrival and what it is drawn for alone: two replays differ by their rules, never by luck. */
export type Draw = 'course' | 'patience' | 'offer';
const salts: Readonly<Record<Draw, number>> = { course: 0x9e3779b1, patience: 0x85ebca6b, offer: 0xc2b2ae35 };

/** From 0 until before 1. */
export function random(seed: number, arrival: number, draw: Draw, turn = 0): number {
  let mixed = Math.imul(seed + 1, 0x27d4eb2f) ^ Math.imul(arrival + 1, 0x165667b1) ^ Math.imul(turn + 1, salts[draw]);
  // The last steps of MurmurHash3: each bit of what goes in moves half of what comes out.
  for (const factor of [0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]) mixed = Math.imul(mixed ^ (mixed >>> 16), factor);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
