import type {
  AccountArrival,
  AccountWay,
  Channel,
  ChannelAccountView,
  Connector,
  ConnectorView,
} from '@switchboard/contract';
import { secretPaths, settingsSchema } from './account-settings.ts';
import type { ChannelAccount } from './channel-account.schema.ts';

export function channelAccountView(
  account: ChannelAccount,
  publicUrl: string,
  { lastHour, lag, way }: Pick<ChannelAccountView['health'], 'lastHour' | 'lag'> & { way: AccountWay | null },
): ChannelAccountView {
  const { health } = account;
  return {
    id: account._id,
    connectorId: account.connectorId,
    channel: account.channel,
    name: account.name,
    queueId: account.queueId,
    state: account.state,
    tellsRead: account.tellsRead ?? true,
    settings: account.settings,
    secretsSet: account.secrets.map(({ path }) => path),
    webhookUrl: webhookUrlOf(account._id, publicUrl),
    way,
    health: {
      ok: health.ok,
      message: health.message,
      checkedAt: health.checkedAt?.toISOString() ?? null,
      ...arrivalView(health),
      lastOutboundAt: health.lastOutboundAt?.toISOString() ?? null,
      lastHour,
      lag,
      behind: health.behind ?? null,
      expires: health.expires ? { ...health.expires, at: health.expires.at.toISOString() } : null,
      lacks: [...(health.lacks ?? [])],
    },
    installed: account.grant
      ? { holder: account.grant.holder, expiresAt: account.grant.expiresAt?.toISOString() ?? null }
      : null,
    createdAt: account.createdAt.toISOString(),
  };
}

export const webhookUrlOf = (accountId: string, publicUrl: string): string => `${publicUrl}/webhooks/${accountId}`;

export const arrivalView = ({
  lastInboundAt,
  connectedAt,
  refused,
}: Pick<ChannelAccount['health'], keyof AccountArrival>): AccountArrival => ({
  lastInboundAt: lastInboundAt?.toISOString() ?? null,
  connectedAt: connectedAt?.toISOString() ?? null,
  refused: refused
    ? { at: refused.at.toISOString(), status: refused.status, reason: refused.reason, host: refused.host ?? null }
    : null,
});

/** How what customers write gets to an account. */
export function wayOf({ webhook, fetches, listen, visitors }: Channel): AccountWay {
  if (visitors !== undefined || webhook?.perMinute !== undefined) return 'visitors';
  // Where both are set, what the hub fetches is what counts: it needs nobody's call.
  if (listen !== undefined) return fetches === true ? 'connection' : 'receiver';
  return webhook?.proof === 'secret' ? 'secret' : 'signed';
}

export function connectorView(connector: Connector, has: { connect: boolean }): ConnectorView {
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
    guide: connector.guide,
    canConnect: has.connect,
    desk: connector.desk
      ? (({ title, description, example }) => ({ title, description, example }))(connector.desk)
      : null,
    install: connector.install
      ? { ...connector.install, scopes: [...connector.install.scopes], needs: [...connector.install.needs] }
      : null,
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
