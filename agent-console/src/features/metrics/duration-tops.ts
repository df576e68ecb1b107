const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];

/** Where an axis of durations may end, so that its half is a plain time, too. Milliseconds. */
export const durationTops: readonly number[] = [
  ...[10, 30, 60].map((seconds) => seconds * SECOND),
  ...[2, 4, 10, 20, 30, 60].map((minutes) => minutes * MINUTE),
  ...[2, 4, 8, 12, 24].map((hours) => hours * HOUR),
  ...[2, 4, 8, 14, 20, 30, 60, 100, 200].map((days) => days * DAY),
];
