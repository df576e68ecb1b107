import type { ChannelAccount } from './channel-account.schema.ts';

type Arrival = Partial<Pick<ChannelAccount['health'], 'lastInboundAt' | 'connectedAt' | 'refused'>>;

/** Refused for the same reason again is told no more often. */
const AGAIN_MS = 10_000;

/** Whether consoles should hear of it: a first time, an end of refusals, a refusal. That messages come in is no news. Pure. */
export function isNews(before: Arrival, now: Arrival): boolean {
  const { lastInboundAt, connectedAt, refused } = before;
  const good = newest(lastInboundAt, connectedAt);
  if (newest(now.lastInboundAt, now.connectedAt) > 0 && (good === 0 || newest(refused?.at) > good)) return true;
  if (!now.refused) return false;
  const told = refused && refused.at.getTime() > good && refused.reason === now.refused.reason;
  return !told || now.refused.at.getTime() - refused.at.getTime() > AGAIN_MS;
}

/** Since when requests are refused and nothing good has come. Pure. */
export function refusedSince({ lastInboundAt, connectedAt, refused }: Arrival, at: Date): Date {
  const goesOn = refused && refused.at.getTime() > newest(lastInboundAt, connectedAt);
  return goesOn ? (refused.since ?? refused.at) : at;
}

const newest = (...dates: readonly (Date | null | undefined)[]): number =>
  Math.max(0, ...dates.map((date) => date?.getTime() ?? 0));
