import type { ChannelAccountView } from '@switchboard/contract';

type Health = Pick<ChannelAccountView['health'], 'lag' | 'behind' | 'expires'>;
export type Wait =
  | { readonly kind: 'in' | 'out'; readonly ms: number; readonly late: boolean }
  | { readonly kind: 'unfetched'; readonly count: number; readonly late: boolean };

const DAY_MS = 86_400_000;
const SOON_MS = 14 * DAY_MS;
/** From when an account is in trouble and no longer just busy: as of the alarms. */
const LATE_MS = { in: 60_000, out: 5 * 60_000, unfetched: 10 * 60_000 };

/** What waits over an account; nothing where it keeps up. */
export function waitsOf({ lag, behind }: Health): Wait[] {
  const all: Wait[] = [
    { kind: 'in', ms: lag.inMs, late: lag.inMs >= LATE_MS.in },
    { kind: 'out', ms: lag.outMs, late: lag.outMs >= LATE_MS.out },
    { kind: 'unfetched', count: behind?.count ?? 0, late: (behind?.oldestMs ?? 0) >= LATE_MS.unfetched },
  ];
  return all.filter((wait) => (wait.kind === 'unfetched' ? wait.count : wait.ms) > 0);
}

/** Time to renew what ends. */
export const endsSoon = ({ expires }: Health, now: number): boolean =>
  expires !== null && Date.parse(expires.at) - now <= SOON_MS;

/** Whole days until something ends; null where nobody knows, and 0 on its last day. */
export const daysLeft = ({ expires }: Health, now: number): number | null =>
  expires === null ? null : Math.max(-1, Math.floor((Date.parse(expires.at) - now) / DAY_MS));
