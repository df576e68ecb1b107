import type { AccountArrival, AccountWay, ChannelAccountView } from '@switchboard/contract';

type Account = Pick<ChannelAccountView, 'way' | 'state'> & {
  readonly health: Pick<ChannelAccountView['health'], keyof AccountArrival | 'ok'>;
};
type Refused = NonNullable<AccountArrival['refused']>;
export type Arrival =
  | { readonly state: 'off' }
  | { readonly state: 'waiting' }
  | { readonly state: 'arrived'; readonly at: string }
  | {
      readonly state: 'refused';
      readonly at: string;
      readonly reason: string;
      readonly cause: Cause;
      readonly host: string | null;
      readonly last: string | null;
    };
export type Cause = 'unproven' | 'elsewhere' | 'secret' | 'bare' | 'place' | 'way' | 'website';

/** Whether what customers write gets here: what is newest counts. Pure. */
export function arrivalOf({ way, state, health }: Account): Arrival {
  if (state === 'disabled') return { state: 'off' };
  const { lastInboundAt, refused } = health;
  // A connection that is gone again has to be there first.
  const connectedAt = way === 'connection' && state === 'active' && health.ok ? health.connectedAt : null;
  const at = newest(lastInboundAt, connectedAt);
  if (refused !== null && (at === null || refused.at > at))
    return { ...refused, state: 'refused', cause: causeOf(refused, way), last: at };
  return at === null ? { state: 'waiting' } : { state: 'arrived', at };
}

/** Of the newer of both each. Pure. */
export function merged(one: AccountArrival, other: AccountArrival): AccountArrival {
  const [a, b] = [one.refused, other.refused];
  return {
    lastInboundAt: newest(one.lastInboundAt, other.lastInboundAt),
    connectedAt: newest(one.connectedAt, other.connectedAt),
    refused: a === null || (b !== null && b.at > a.at) ? b : a,
  };
}

const newest = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a);

function causeOf({ status, host }: Refused, way: AccountWay | null): Cause {
  if (status === 400) return 'bare';
  if (status === 404) return 'place';
  if (status === 405) return 'way';
  if (way === 'visitors') return 'website';
  if (way === 'secret') return 'secret';
  return host === null ? 'unproven' : 'elsewhere';
}

/** How far an address of the hub reaches. Pure. */
export function reachOf(url: string): 'https' | 'plain' | 'local' {
  const { protocol, hostname } = new URL(url);
  if (/^(localhost|.*\.localhost|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|\[::1\])$/.test(hostname))
    return 'local';
  return protocol === 'https:' ? 'https' : 'plain';
}
