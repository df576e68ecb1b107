import type { ChannelAccountView } from '@switchboard/contract';

type Health = Pick<ChannelAccountView['health'], 'lag' | 'behind' | 'expires'>;
export type Wait =
  { readonly kind: 'in' | 'out'; readonly ms: number } | { readonly kind: 'unfetched'; readonly count: number };

const SOON_MS = 14 * 86_400_000;

/** What waits over an account; nothing where it keeps up. */
export function waitsOf({ lag, behind }: Health): Wait[] {
  const all: Wait[] = [
    { kind: 'in', ms: lag.inMs },
    { kind: 'out', ms: lag.outMs },
    { kind: 'unfetched', count: behind?.count ?? 0 },
  ];
  return all.filter((wait) => (wait.kind === 'unfetched' ? wait.count : wait.ms) > 0);
}

/** Time to renew what ends. */
export const endsSoon = ({ expires }: Health, now: number): boolean =>
  expires !== null && Date.parse(expires.at) - now <= SOON_MS;
