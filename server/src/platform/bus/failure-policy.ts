import { isOutage } from '../database/is-outage.ts';
import { PoisonError } from './bus.ts';

export type Verdict =
  { readonly kind: 'retry'; readonly delayMs: number } | { readonly kind: 'dead'; readonly reason: string };

/**
 * What becomes of a message whose handler threw at its attempt number `attempt` (1 at first). While the database is away no
 * attempt is the last one: the message is as good as it was.
 */
export function judgeFailure(error: unknown, attempt: number, retryDelaysMs: readonly number[]): Verdict {
  const delayMs = retryDelaysMs[attempt - 1] ?? (isOutage(error) ? retryDelaysMs.at(-1) : undefined);
  if (error instanceof PoisonError || delayMs === undefined) return { kind: 'dead', reason: reasonOf(error) };
  return { kind: 'retry', delayMs };
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
