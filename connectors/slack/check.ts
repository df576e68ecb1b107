import type { Health } from '@switchboard/contract';
import { healthOf } from '../kit/health-of.ts';
import type { SlackClient } from './client.ts';

/** What each of them is for, in words for whoever sets the app up. */
const scopes: Record<string, string> = {
  'chat:write': 'to answer',
  'users:read': 'to know people’s names',
  'files:read': 'to fetch files',
  'files:write': 'to send files',
};
const wanted = Object.keys(scopes);

/** The token is good, and the app may do what it needs. */
export const checkSlack = (client: SlackClient): Promise<Health> =>
  healthOf(async () => {
    const { team, user, response_metadata } = await client.call('auth.test', {}, 'read');
    const granted = response_metadata?.scopes;
    const missing = granted === undefined ? [] : wanted.filter((scope) => !granted.includes(scope));
    if (missing.includes('chat:write'))
      return { ok: false, code: 'rejected', message: 'The app lacks the permission chat:write, to answer' };
    const lacks = missing.map((scope) => `${scope} (${scopes[scope]})`).join(', ');
    const detail = `Workspace “${String(team)}”, as ${String(user)}`;
    return { ok: true, detail: lacks ? `${detail}. Missing permissions: ${lacks}` : detail };
  });
