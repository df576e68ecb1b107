import { setTimeout as delay } from 'node:timers/promises';

/** Asks again until `check` no longer throws; fails with its last error. */
export async function eventually<T>(check: () => T | Promise<T>, waitMs = 30_000): Promise<T> {
  for (const deadline = Date.now() + waitMs; ; await delay(15)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

/** Inside `eventually`: what is not there yet. */
export function found<T>(what: string, value: T): NonNullable<T> {
  if (value === undefined || value === null || value === false) throw new Error(`Not found: ${what}`);
  return value;
}
