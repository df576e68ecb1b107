import type { NormalisedEvent } from '@switchboard/contract';
import type { Log } from '../../platform/log/log.ts';
import type { OpenChannel } from '../channels/index.ts';

/** Providers wait three seconds for our answer, and customers' words must not wait for their names. */
const PATIENCE_MS = 2_000;

/** The events with what the provider knows besides. A provider that is slow or fails leaves them as they are. */
export async function enriched(
  { account, channel }: Pick<OpenChannel, 'account' | 'channel'>,
  events: NormalisedEvent[],
  log: Log,
): Promise<NormalisedEvent[]> {
  if (channel.enrich === undefined || events.length === 0) return events;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<NormalisedEvent[]>((resolve) => {
    timer = setTimeout(() => resolve(events), PATIENCE_MS);
  });
  const asked = channel.enrich(events).catch((error: unknown) => {
    log.warn('The provider could not be asked who somebody is', { channelAccountId: account._id, error });
    return events;
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
