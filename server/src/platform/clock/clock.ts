import { v7 } from 'uuid';

/** Time and ids, passed in so that tests can hold them. */
export interface Clock {
  now(): Date;
}
export const systemClock: Clock = { now: () => new Date() };

/** A UUID of version 7: sorts by the time it was made. */
export type NewId = () => string;
export const newId: NewId = () => v7();
