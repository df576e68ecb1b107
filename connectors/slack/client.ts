import { buffer } from 'node:stream/consumers';
import { ConnectorError } from '@switchboard/contract';
import type { webApi } from '@slack/bolt';
import type { Effect } from '../kit/provider-error.ts';
import type { SafeFetch } from '../kit/safe-fetch.ts';
import { errorOfCall } from './api-errors.ts';

export interface SlackClient {
  /** Any method of the Web API. Throws ConnectorErrors; `effect` says what a lost answer means. */
  call(
    method: string,
    args: Record<string, unknown>,
    effect: Effect,
  ): Promise<webApi.WebAPICallResult & Record<string, unknown>>;
}

/** Its own way to the network hides whether a request was ever sent, on which it depends whether it may be sent again. */
const fetchFor =
  (safeFetch: SafeFetch, timeoutMs: number | undefined) =>
  async (url: string | URL, init: { method?: string; headers?: Record<string, string>; body?: unknown } = {}) => {
    const { method = 'POST', headers = {}, body } = init;
    const response = await safeFetch(String(url), { method, headers, body: String(body ?? ''), timeoutMs });
    const bytes = await buffer(response.body);
    const ok = response.status >= 200 && response.status < 300;
    return {
      ...{ ok, status: response.status, statusText: '', url: String(url), headers: response.headers },
      arrayBuffer: async () => Uint8Array.from(bytes).buffer,
      json: async (): Promise<unknown> => JSON.parse(bytes.toString('utf8')),
      text: async () => bytes.toString('utf8'),
    };
  };

export const silentLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => 'error' as webApi.LogLevel,
  setName: () => undefined,
};

/** What is asked without a token: it is about to be given. */
export const noToken = Symbol('no token');

/** Bolt's Web API client, loaded when first needed. It repeats nothing by itself: the hub knows what may be repeated. */
export const openClient = (
  token: string | typeof noToken | undefined,
  slackApiUrl: string,
  safeFetch: SafeFetch,
): SlackClient => {
  const open = async (timeoutMs?: number) => {
    if (token === undefined)
      throw new ConnectorError('unauthorised', 'There is no bot token yet: install the app in the workspace');
    const { webApi: api } = (await import('@slack/bolt')).default as unknown as { webApi: typeof webApi };
    return new api.WebClient(token === noToken ? undefined : token, {
      slackApiUrl,
      logger: silentLogger,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      fetch: fetchFor(safeFetch, timeoutMs) as unknown as NonNullable<webApi.WebClientOptions['fetch']>,
    });
  };
  let writing: ReturnType<typeof open> | undefined;
  let reading: ReturnType<typeof open> | undefined;
  return {
    call: async (method, args, effect) => {
      const client = await (effect === 'write' ? (writing ??= open()) : (reading ??= open(9_000)));
      try {
        return (await client.apiCall(method, args)) as webApi.WebAPICallResult & Record<string, unknown>;
      } catch (error) {
        throw errorOfCall(error, effect);
      }
    },
  };
};
