import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** One trace id from the webhook to the socket, as W3C trace context: `00-<trace>-<span>-01`. */
const current = new AsyncLocalStorage<string>();

export const traceparent = (): string | undefined => current.getStore();
export const traceIdOf = (parent: string | undefined): string | undefined => parent?.split('-')[1];

/** Runs `work` under the trace that came with a request or message, or under a new one. */
export function traced<T>(parent: string | undefined, work: () => T): T {
  const known = parent !== undefined && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(parent);
  const trace = known ? parent.slice(3, 35) : randomBytes(16).toString('hex');
  return current.run(`00-${trace}-${randomBytes(8).toString('hex')}-01`, work);
}
