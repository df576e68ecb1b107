import { connectors } from '@switchboard/connectors';
import type { ChannelKind, Connector } from '@switchboard/contract';
import { HubError } from '../../platform/errors/hub-error.ts';

const byId = new Map<string, Connector>(connectors.map((connector) => [connector.id, connector]));
if (byId.size !== connectors.length) throw new Error('Two connectors have the same id: see connectors/index.ts');

export const allConnectors = (): readonly Connector[] => connectors;

/** Whose customers wait in front of the screen. */
export const liveChannels = (): ChannelKind[] => [
  ...new Set(connectors.filter(({ capabilities }) => capabilities.conversation.live).map(({ channel }) => channel)),
];

export function connectorOf(id: string): Connector {
  const connector = byId.get(id);
  if (connector === undefined)
    throw new HubError('invalid', `There is no connector “${id}”; there are ${[...byId.keys()].join(', ')}`);
  return connector;
}
