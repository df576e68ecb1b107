import { ConnectorError } from '@switchboard/contract';
import type { Health, Outlook } from '@switchboard/contract';
import { z } from 'zod';
import { healthOf } from '../kit/health-of.ts';
import type { MetaAccount } from './account.ts';
import type { Graph } from './graph.ts';

const Token = z.object({
  data: z.object({
    is_valid: z.boolean(),
    expires_at: z.number().default(0),
    data_access_expires_at: z.number().default(0),
    scopes: z.array(z.string()).optional(),
    error: z.object({ message: z.string() }).optional(),
  }),
});
const Subscribed = z.object({ data: z.array(z.unknown()) });

export interface MetaChecks {
  /** Asks for whatever the account is, and says it in words. */
  readonly describe: () => Promise<string>;
  /** What the token must allow, and what for; null: `debug_token` does not know tokens of its kind. */
  readonly permissions: Readonly<Record<string, string>> | null;
  /** Where the apps are that are told of messages. */
  readonly subscribedAt: string;
}

/** A day that the settings name. */
const toldEnd = ({ tokenEnds }: MetaAccount): Outlook =>
  tokenEnds === undefined ? {} : { expires: { what: 'access token', at: new Date(`${tokenEnds}T00:00:00Z`) } };

/** https://developers.facebook.com/docs/graph-api/reference/debug_token: only the app itself may ask, so its id is needed. */
const tokenOf = async (
  graph: Graph,
  account: MetaAccount,
  permissions: Readonly<Record<string, string>>,
): Promise<Outlook> => {
  const { appId, appSecret, accessToken } = account;
  if (appId === undefined) return toldEnd(account);
  const { data } = Token.parse(await graph.get('debug_token', { input_token: accessToken }, `${appId}|${appSecret}`));
  if (!data.is_valid) throw new ConnectorError('unauthorised', data.error?.message ?? 'The access token is not valid');
  const { scopes } = data;
  const missing = scopes === undefined ? [] : Object.keys(permissions).filter((one) => !scopes.includes(one));
  const lacks = missing.map(
    (one) => `The access token lacks the permission ${one}, ${permissions[one]}: make a new one`,
  );
  const ends = [data.expires_at, data.data_access_expires_at].filter((at) => at > 0);
  return ends.length === 0
    ? { lacks }
    : { lacks, expires: { what: 'access token', at: new Date(Math.min(...ends) * 1000) } };
};

/** Meta knows the address of the app, and tells it nothing of an account that is not subscribed. */
const subscriptionOf = async (graph: Graph, path: string): Promise<string[]> => {
  try {
    const { data } = Subscribed.parse(await graph.get(path));
    return data.length > 0 ? [] : ['Meta tells the app of no messages yet: press “Connect”'];
  } catch (error) {
    // Who may not read it may send all the same.
    if (!(error instanceof ConnectorError) || !['unauthorised', 'rejected'].includes(error.code)) throw error;
    return [`Whether Meta tells the app of messages could not be read (${error.message})`];
  }
};

export const checkMeta = (
  graph: Graph,
  account: MetaAccount,
  { describe, permissions, subscribedAt }: MetaChecks,
): Promise<Health> =>
  healthOf(async () => {
    const detail = await describe();
    const token = permissions === null ? toldEnd(account) : await tokenOf(graph, account, permissions);
    const lacks = [...(token.lacks ?? []), ...(await subscriptionOf(graph, subscribedAt))];
    return { ok: true, detail, ...token, lacks };
  });
