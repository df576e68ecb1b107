import type { ChannelAccountView, ConnectorView, QueueView } from '@switchboard/contract';
import type { Resource } from '../../app/resource.svelte.ts';

/** What the pages of the channels share. */
export type CentreResource = Resource<{
  accounts: ChannelAccountView[];
  connectors: ConnectorView[];
  queues: QueueView[];
}>;

export type Health = {
  readonly tone: 'positive' | 'warning' | 'critical' | 'plain';
  readonly state: 'working' | 'limited' | 'failing' | 'paused' | 'off' | 'unchecked';
};

/** One word for an account's state and health. Pure. */
export function healthOf({ state, health }: Pick<ChannelAccountView, 'state' | 'health'>): Health {
  if (state === 'disabled') return { tone: 'plain', state: 'off' };
  if (state === 'paused') return { tone: 'critical', state: 'paused' };
  if (!health.ok && health.message !== null) return { tone: 'critical', state: 'failing' };
  if (health.ok && health.lacks.length > 0) return { tone: 'warning', state: 'limited' };
  return health.ok ? { tone: 'positive', state: 'working' } : { tone: 'plain', state: 'unchecked' };
}
