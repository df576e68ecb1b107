import { switchover, requireRange } from './numbers.ts';

/**
 * Erlang B: the share of calls that find all lines busy and are lost; `traffic` in erlangs.
 * The recurrence only adds and multiplies positive numbers, so it keeps its precision for any number of lines.
 */
export function erlangB(traffic: number, lines: number): number {
  requireRange({ traffic }, 0);
  requireRange({ lines }, 0, 'whole');
  let blocking = 1;
  for (let line = 1; line <= lines; line++) blocking = (traffic * blocking) / (line + traffic * blocking);
  return blocking;
}

/** The lines that keep the blocking at or under a limit. */
export function erlangBLines(traffic: number, maxBlocking: number): number {
  requireRange({ traffic }, 0);
  requireShare(maxBlocking);
  let blocking = 1;
  let lines = 0;
  while (blocking > maxBlocking) {
    lines++;
    blocking = (traffic * blocking) / (lines + traffic * blocking);
  }
  return lines;
}

/** The most traffic, in erlangs, that so many lines carry at this blocking. */
export function erlangBTraffic(lines: number, maxBlocking: number): number {
  requireRange({ lines }, 0, 'whole');
  requireShare(maxBlocking);
  // What gets through is never more than the lines: traffic * (1 - blocking) <= lines.
  return switchover((traffic) => erlangB(traffic, lines) > maxBlocking, 0, lines / (1 - maxBlocking));
}

function requireShare(maxBlocking: number): void {
  if (!(maxBlocking > 0 && maxBlocking < 1))
    throw new RangeError(`maxBlocking must be more than 0 and less than 1, not ${maxBlocking}`);
}
