import type { ChannelAccountView, Connector, ConnectorView } from '@switchboard/contract';
import { secretPaths, settingsSchema } from './account-settings.ts';
import type { ChannelAccount } from './channel-account.schema.ts';

export function channelAccountView(
  account: ChannelAccount,
  publicUrl: string,
  { lastHour, lag }: Pick<ChannelAccountView['health'], 'lastHour' | 'lag'>,
): ChannelAccountView {
  const { health } = account;
  return {
    id: account._id,
    connectorId: account.connectorId,
    channel: account.channel,
    name: account.name,
    queueId: account.queueId,
    state: account.state,
    settings: account.settings,
    secretsSet: account.secrets.map(({ path }) => path),
    webhookUrl: `${publicUrl}/webhooks/${account._id}`,
    health: {
      ok: health.ok,
      message: health.message,
      checkedAt: health.checkedAt?.toISOString() ?? null,
      lastInboundAt: health.lastInboundAt?.toISOString() ?? null,
      lastOutboundAt: health.lastOutboundAt?.toISOString() ?? null,
      lastHour,
      lag,
      behind: health.behind ?? null,
      expires: health.expires ? { ...health.expires, at: health.expires.at.toISOString() } : null,
    },
    createdAt: account.createdAt.toISOString(),
  };
}

export function connectorView(
  connector: Connector,
  has: { widget: boolean; webhook: boolean; connect: boolean },
): ConnectorView {
  const schema = settingsSchema(connector);
  const example = structuredClone(connector.exampleSettings) as Record<string, unknown>;
  const secrets = new Set(secretPaths(schema));
  return {
    id: connector.id,
    channel: connector.channel,
    title: connector.title,
    description: connector.description,
    settingsSchema: schema,
    exampleSettings: withoutSecrets(example, secrets, []),
    hasWidget: has.widget,
    embed: connector.embed ?? null,
    hasWebhook: has.webhook,
    canConnect: has.connect,
    capabilities: connector.capabilities,
  };
}

/** An example of a secret would only tempt people to leave it in. */
function withoutSecrets(value: Record<string, unknown>, secrets: Set<string>, path: string[]): Record<string, unknown> {
  const entries = Object.entries(value).flatMap(([key, child]) => {
    const at = [...path, key];
    if (secrets.has(at.join('.'))) return [];
    const nested = typeof child === 'object' && child !== null && !Array.isArray(child);
    return [[key, nested ? withoutSecrets(child as Record<string, unknown>, secrets, at) : child] as const];
  });
  return Object.fromEntries(entries);
}
