import type { Health } from '@switchboard/contract';
import { healthOf } from '../kit/health-of.ts';
import type { SlackClient } from './client.ts';
import { deskScopes, scopes } from './scopes.ts';
import type { SlackSettings } from './settings.ts';

/** The token is good, and the app may do what it needs. */
export const checkSlack = (
  client: SlackClient,
  { showAgent, desks }: Pick<SlackSettings, 'showAgent'> & { desks: readonly string[] },
): Promise<Health> =>
  healthOf(async () => {
    const { team, user, response_metadata } = await client.call('auth.test', {}, 'read');
    const granted = response_metadata?.scopes;
    const unneeded = [...(showAgent ? [] : ['chat:write.customize']), ...(desks.length > 0 ? [] : deskScopes)];
    const wanted = Object.keys(scopes).filter((scope) => !unneeded.includes(scope));
    const missing = granted === undefined ? [] : wanted.filter((scope) => !granted.includes(scope));
    if (missing.includes('chat:write'))
      return { ok: false, code: 'rejected', message: 'The app lacks the permission chat:write, to answer' };
    const lacks = missing.map(
      (scope) =>
        `The permission ${scope}, ${scopes[scope]}: add it under “OAuth & Permissions” and install the app again`,
    );
    return { ok: true, detail: `Workspace “${String(team)}”, as ${String(user)}`, lacks };
  });
