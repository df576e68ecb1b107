import { PoisonError } from './bus.ts';

export type Verdict =
  { readonly kind: 'retry'; readonly delayMs: number } | { readonly kind: 'dead'; readonly reason: string };

/** What becomes of a message whose handler threw at its attempt number `attempt` (1 at first). */
export function judgeFailure(error: unknown, attempt: number, retryDelaysMs: readonly number[]): Verdict {
  const delayMs = retryDelaysMs[attempt - 1];
  if (error instanceof PoisonError || delayMs === undefined) return { kind: 'dead', reason: reasonOf(error) };
  return { kind: 'retry', delayMs };
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
