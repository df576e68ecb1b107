/** The year 10000: ISO years of more than four digits are no instants of ours. */
const END_MS = 253_402_300_800_000;

/** Milliseconds that somebody told as an instant; what is none is `fallback`. */
export const instantAt = (ms: number, fallback: Date): string =>
  (ms >= 0 && ms < END_MS ? new Date(ms) : fallback).toISOString();
