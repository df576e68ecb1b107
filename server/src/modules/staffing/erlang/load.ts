import { requirePositive, requireRange } from './numbers.ts';

/** What comes in an interval, and how long one takes. */
export interface Load {
  readonly calls: number;
  readonly intervalSeconds: number;
  /** Average handling time: talk, hold and wrap-up. */
  readonly ahtSeconds: number;
}

/** Erlangs: the hours of work that come in an hour. */
export function trafficOf({ calls, intervalSeconds, ahtSeconds }: Load): number {
  requireRange({ calls }, 0);
  requirePositive({ intervalSeconds, ahtSeconds });
  return (calls * ahtSeconds) / intervalSeconds;
}

/** How a staffed interval goes; shares from 0 to 1. */
export interface Outcome {
  /** Answered within the time ÷ offered. */
  readonly serviceLevel: number;
  readonly waitProbability: number;
  /** Those who hang up ÷ offered. */
  readonly abandonmentProbability: number;
  readonly occupancy: number;
  /** Over all that come, those too who do not wait or hang up. Infinity: the queue only grows. */
  readonly meanWaitSeconds: number;
}

export const nothingComes: Outcome = {
  serviceLevel: 1,
  waitProbability: 0,
  abandonmentProbability: 0,
  occupancy: 0,
  meanWaitSeconds: 0,
};
export const nobodyThere: Omit<Outcome, 'abandonmentProbability' | 'meanWaitSeconds'> = {
  serviceLevel: 0,
  waitProbability: 1,
  occupancy: 0,
};
