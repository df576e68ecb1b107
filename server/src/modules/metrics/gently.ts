import { setTimeout as delay } from 'node:timers/promises';

/** What the database does in some 50 ms. */
const AT_ONCE = 50;

/** Many writes, a few at a time and with as long a rest after each: who gives work to agents needs the database in between. */
export async function gently<T>(all: readonly T[], write: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const began = performance.now();
    await write(all.slice(at, at + AT_ONCE));
    if (at + AT_ONCE < all.length) await delay(performance.now() - began);
  }
}
