import { text } from 'node:stream/consumers';
import twilio from 'twilio';
import { asConnectorError } from '../kit/provider-error.ts';
import type { Effect } from '../kit/provider-error.ts';
import type { SafeFetch } from '../kit/safe-fetch.ts';
import { authorizationOf } from './account.ts';
import type { TwilioAccount } from './account.ts';
import { errorOfAnswer, readAnswer } from './api-errors.ts';

type RequestOptions = Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0];

const formOf = (fields: unknown): URLSearchParams => {
  const pairs = Object.entries(fields ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)] satisfies [string, string]),
  );
  return new URLSearchParams(pairs);
};

/**
 * The client's way to the network. Its own takes no base URL, hides Retry-After and does not tell "never sent" from "perhaps
 * sent", on which it depends whether a message may be sent again.
 */
class TwilioHttp extends twilio.RequestClient {
  readonly #account: TwilioAccount;
  readonly #fetch: SafeFetch;
  readonly #now: () => Date;

  constructor(account: TwilioAccount, fetch: SafeFetch, now: () => Date) {
    super();
    this.#account = account;
    this.#fetch = fetch;
    this.#now = now;
  }

  override async request<Data>({ method, uri, headers, params, data }: RequestOptions) {
    const { pathname } = new URL(uri);
    const query = formOf(params).toString();
    const base = this.#account.apiBaseUrl.replace(/\/+$/, '');
    const effect: Effect = method === 'get' ? 'read' : 'write';
    try {
      const response = await this.#fetch(`${base}${pathname}${query ? `?${query}` : ''}`, {
        method: method.toUpperCase(),
        headers: { ...(headers as Record<string, string>), authorization: authorizationOf(this.#account) },
        timeoutMs: effect === 'read' ? 9_000 : undefined,
        ...(data === undefined ? {} : { body: formOf(data).toString() }),
      });
      const body = await text(response.body);
      if (response.status >= 300) throw errorOfAnswer(response, body, effect, this.#now());
      // 204: done, and nothing to say about it.
      const told = response.status === 204 ? undefined : readAnswer(body, effect);
      return { statusCode: response.status, body: told as Data, headers: response.headers };
    } catch (error) {
      throw asConnectorError(error, 'Twilio', effect);
    }
  }
}

export const connect = (account: TwilioAccount, fetch: SafeFetch, now: () => Date): twilio.Twilio =>
  twilio(account.accountSid, account.authToken, { httpClient: new TwilioHttp(account, fetch, now) });
