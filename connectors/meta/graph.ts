import { text } from 'node:stream/consumers';
import { ConnectorError } from '@switchboard/contract';
import { z } from 'zod';
import { asConnectorError, codeOfStatus, retryAfterMs } from '../kit/provider-error.ts';
import type { Effect } from '../kit/provider-error.ts';
import type { SafeFetch, SafeResponse } from '../kit/safe-fetch.ts';
import type { MetaAccount } from './account.ts';
import { graphError } from './graph-errors.ts';

export interface Graph {
  get(path: string, query?: Readonly<Record<string, string>>, token?: string): Promise<unknown>;
  post(path: string, body: object): Promise<unknown>;
}

const Failure = z.object({
  error: z.object({
    message: z.string().default(''),
    code: z.number().default(0),
    error_subcode: z.number().optional(),
    error_data: z.object({ details: z.string().optional() }).optional(),
  }),
});

const version = 'v23.0';

const readJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const errorOf = (response: SafeResponse, answer: unknown, effect: Effect, now: Date): ConnectorError => {
  const failure = Failure.safeParse(answer);
  const wait = retryAfterMs(response.headers.get('retry-after'), now);
  const options = wait === undefined ? {} : { retryAfterMs: wait };
  if (failure.success) return graphError(failure.data.error, response.status, effect, options);
  return new ConnectorError(
    codeOfStatus(response.status, effect),
    `Meta answered with status ${response.status}`,
    options,
  );
};

/** https://developers.facebook.com/docs/graph-api; throws ConnectorErrors. The token is in no address, so in no message. */
export const openGraph = ({ apiBaseUrl, accessToken }: MetaAccount, fetch: SafeFetch, now: () => Date): Graph => {
  const base = `${apiBaseUrl.replace(/\/+$/, '')}/${version}`;
  const call = async (url: string, effect: Effect, token: string, body?: object): Promise<unknown> => {
    try {
      const response = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        timeoutMs: effect === 'read' ? 9_000 : undefined,
      });
      const answer = readJson(await text(response.body));
      if (response.status >= 300) throw errorOf(response, answer, effect, now());
      if (answer === undefined)
        throw new ConnectorError(effect === 'write' ? 'unknown' : 'temporary', 'Meta’s answer is not JSON');
      return answer;
    } catch (error) {
      throw asConnectorError(error, 'Meta', effect);
    }
  };
  return {
    get: (path, query = {}, token = accessToken) => {
      const asked = new URLSearchParams(query).toString();
      return call(`${base}/${path}${asked && `?${asked}`}`, 'read', token);
    },
    post: (path, body) => call(`${base}/${path}`, 'write', accessToken, body),
  };
};
