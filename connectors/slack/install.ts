import { ConnectorError } from '@switchboard/contract';
import type { Grant, Install, InstallKind } from '@switchboard/contract';
import { z } from 'zod';
import type { SlackClient } from './client.ts';
import { understood } from './payload.ts';
import { scopes } from './scopes.ts';

export const installKind: InstallKind = {
  title: 'Add to Slack',
  scopes: Object.entries(scopes).map(([name, purpose]) => ({ name, purpose })),
  needs: ['clientId', 'clientSecret', 'signingSecret'],
};

const Access = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.number().positive().nullish(),
  scope: z.string().nullish(),
  team: z.object({ id: z.string().min(1), name: z.string().nullish() }).nullish(),
});

const grantOf = (answer: unknown, now: Date): Grant => {
  const { access_token, refresh_token, expires_in, scope, team } = understood(Access, answer, 'Slack’s answer');
  if (!team) throw new ConnectorError('rejected', 'Install it in one workspace, not in the whole organisation');
  return {
    accessToken: access_token,
    ...(refresh_token ? { refreshToken: refresh_token } : {}),
    ...(expires_in ? { expiresAt: new Date(now.getTime() + expires_in * 1000).toISOString() } : {}),
    holder: { id: team.id, name: team.name || team.id },
    scopes: (scope ?? '').split(',').filter((one) => one !== ''),
  };
};

interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiBaseUrl: string;
}

/** https://docs.slack.dev/authentication/installing-with-oauth and /using-token-rotation. */
export const openInstall = (
  { clientId, clientSecret, apiBaseUrl }: App,
  client: SlackClient,
  now: () => Date,
): Install => {
  const access = async (ask: object): Promise<Grant> => {
    const body = { client_id: clientId, client_secret: clientSecret, ...ask };
    return grantOf(await client.call('oauth.v2.access', body, 'write'), now());
  };
  return {
    authoriseUrl: ({ state, redirectUrl }) => {
      const url = new URL('../oauth/v2/authorize', apiBaseUrl);
      const scope = Object.keys(scopes).join(',');
      url.search = String(new URLSearchParams({ client_id: clientId, scope, redirect_uri: redirectUrl, state }));
      return url.href;
    },
    exchange: ({ code, redirectUrl }) => access({ code, redirect_uri: redirectUrl }),
    refresh: async (grant) => {
      if (grant.refreshToken === undefined) return grant;
      const renewed = await access({ grant_type: 'refresh_token', refresh_token: grant.refreshToken });
      return { ...renewed, holder: grant.holder };
    },
  };
};
