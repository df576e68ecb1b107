import { isDeepStrictEqual } from 'node:util';
import type { Party } from '@switchboard/contract';
import type { Joined } from './find-thread.ts';

const MINUTE_MS = 60_000;

/** Who wrote a message, as far as it says so. */
export interface Writer {
  readonly _id: string;
  readonly name: string;
}

/**
 * Of a conversation of two that just goes on: the customer, who need not be looked up again while they come with the same name
 * and identities as before. Null: they have to be, as for the first message of each minute, which says when they were last seen.
 */
export function sameWriter({ thread, ticket }: Joined, sender: Party, now: Date): Writer | null {
  const known =
    thread.shape === 'direct' &&
    thread.customerId === ticket.customerId &&
    thread.lastInboundAt !== null &&
    minuteOf(thread.lastInboundAt) === minuteOf(now) &&
    isDeepStrictEqual(thread.recipient, sender);
  return known ? { _id: ticket.customerId, name: ticket.customerName } : null;
}

const minuteOf = (at: Date): number => Math.floor(at.getTime() / MINUTE_MS);
