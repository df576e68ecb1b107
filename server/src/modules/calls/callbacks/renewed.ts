import type { Call } from '../call.schema.ts';
import { noted } from '../following/noted.ts';

/** What the next try of a promised call depends on. */
export interface Next {
  readonly now: Date;
  /** When it is made, if another one is. */
  readonly at: Date;
  readonly most: number;
  readonly newId: string;
}

/**
 * A promise after a try that has ended. The customer was rung in vain: it is tried again later, or was the last time. Nobody was
 * rung, because its agent's browser could not take part: it is made by whoever is next. Reached, it is kept. The same try tells
 * it once.
 */
export function renewed(promise: Call, tried: Call, next: Next): Call {
  if (promise.phase !== 'callback' || promise.callbackId !== tried._id || tried.endedAt === null) return promise;
  if (tried.answeredAt !== null) return { ...promise, phase: 'over', tryAt: null };
  const again = { callbackId: next.newId, handsBack: promise.version };
  if (tried.calledFor === null) return { ...promise, ...again, tryAt: null };
  const count = promise.tried + 1;
  const told = { ...promise, tried: count, triesMost: next.most };
  const note = (what: 'tried' | 'unkept') => noted(promise, { at: next.now, what, who: `${count}/${next.most}` });
  if (count >= next.most) return { ...told, phase: 'over', outcome: 'unreached', tryAt: null, ...note('unkept') };
  return { ...told, ...again, tryAt: next.at, ...note('tried') };
}
