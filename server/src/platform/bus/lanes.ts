/** FNV-1a, 32 bit: all processes must put a key into the same lane, in this release and in the next. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  // FNV's low bits hardly mix for short keys that differ in their last letter only.
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}

export function laneOf(key: string, lanes: number): number {
  return hash(key) % lanes;
}

/**
 * Which of the workers should have the lane: all of them reach the same answer without talking, and a worker that
 * comes or goes moves only its own lanes (rendezvous hashing).
 */
export function preferredWorker(lane: string, workers: readonly string[]): string | undefined {
  let best: { worker: string; score: number } | undefined;
  for (const worker of workers) {
    const score = hash(`${lane} ${worker}`);
    if (!best || score > best.score || (score === best.score && worker > best.worker)) best = { worker, score };
  }
  return best?.worker;
}
