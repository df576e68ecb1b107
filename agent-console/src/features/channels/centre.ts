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
  readonly state: 'working' | 'failing' | 'paused' | 'off' | 'unchecked';
};

/** One word for an account's state and health. Pure. */
export function healthOf({ state, health }: Pick<ChannelAccountView, 'state' | 'health'>): Health {
  if (state === 'disabled') return { tone: 'plain', state: 'off' };
  if (state === 'paused') return { tone: 'critical', state: 'paused' };
  if (!health.ok && health.message !== null) return { tone: 'critical', state: 'failing' };
  return health.ok ? { tone: 'positive', state: 'working' } : { tone: 'plain', state: 'unchecked' };
}

/** What a site puts where a form should stand. */
export function embedTag({ webhookUrl }: Pick<ChannelAccountView, 'webhookUrl'>, script: string): string {
  return `<script src="${webhookUrl}/${script}"></${'script'}>`;
}

/** What a site puts into its pages. The address is the one that providers use, so that it also holds behind a proxy. */
export function scriptTag(account: Pick<ChannelAccountView, 'id' | 'webhookUrl'>): string {
  return `<script src="${new URL('/widget.js', account.webhookUrl).href}" data-account="${account.id}" async></${'script'}>`;
}
