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
    error: z.object({ message: z.string() }).optional(),
  }),
});

/** https://developers.facebook.com/docs/graph-api/reference/debug_token: only the app itself may ask, so its id is needed. */
const tokenOf = async (graph: Graph, { appId, appSecret, accessToken }: MetaAccount): Promise<Outlook> => {
  if (appId === undefined) return {};
  const { data } = Token.parse(await graph.get('debug_token', { input_token: accessToken }, `${appId}|${appSecret}`));
  if (!data.is_valid) throw new ConnectorError('unauthorised', data.error?.message ?? 'The access token is not valid');
  const ends = [data.expires_at, data.data_access_expires_at].filter((at) => at > 0);
  return ends.length === 0 ? {} : { expires: { what: 'access token', at: new Date(Math.min(...ends) * 1000) } };
};

/** `describe` asks for whatever the account is, and says it in words. */
export const checkMeta = (
  graph: Graph,
  account: MetaAccount,
  describe: () => Promise<string>,
  withToken = true,
): Promise<Health> =>
  healthOf(async () => {
    const detail = await describe();
    return { ok: true, detail, ...(withToken && (await tokenOf(graph, account))) };
  });
