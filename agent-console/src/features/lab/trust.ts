import type { LabRow } from '@switchboard/contract';

/** How far the replay by the rules in force is from what was; null: too little was answered to say. */
export interface Trust {
  /** Points of service level. */
  readonly level: number;
  /** Of speed of answer. */
  readonly asaMs: number;
  readonly rough: boolean;
}
const FEWEST = 20;
const ROUGH_POINTS = 10;
const ROUGH_SHARE = 0.5;
/** Half of nearly nothing is nothing to speak of. */
const SMALL_MS = 15_000;

export function trustOf({ real, now }: Pick<LabRow, 'real' | 'now'>): Trust | null {
  const [was, played] = [real.asa, now.asa];
  const [levelWas, levelPlayed] = [real.serviceLevel?.value, now.serviceLevel?.value];
  if (was?.value == null || played?.value == null || levelWas == null || levelPlayed == null) return null;
  if (was.n < FEWEST || played.n < FEWEST) return null;
  const level = Math.abs(levelPlayed - levelWas);
  const asaMs = Math.abs(played.value - was.value);
  return { level, asaMs, rough: level > ROUGH_POINTS || asaMs > Math.max(SMALL_MS, ROUGH_SHARE * was.value) };
}
