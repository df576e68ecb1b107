import { Readable } from 'node:stream';
import type { Headers, Response } from 'undici';
import { NotPublicError, assertNoPrivateLiteral, publicLookup } from './public-address.ts';

export type FetchFailure =
  /** Not http(s), or not on the public internet. */
  | 'forbidden'
  /** No connection came about: the other side has seen nothing. */
  | 'never-sent'
  /** No answer in time, or the connection broke: the other side may have acted. */
  | 'timed-out'
  | 'broken'
  | 'too-large'
  | 'too-many-redirects';

export class FetchError extends Error {
  readonly failure: FetchFailure;

  constructor(failure: FetchFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'FetchError';
    this.failure = failure;
  }
}

export interface SafeFetchLimits {
  /** For the whole exchange, redirects and body included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Origins (`http://localhost:8080`) that may have a private address: what an administrator configured by hand. */
  readonly allow?: readonly string[];
}

export interface SafeRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Shorter or longer than the limits say. */
  readonly timeoutMs?: number | undefined;
}

export interface SafeResponse {
  readonly status: number;
  readonly headers: Headers;
  /** Fails with a FetchError past `maxBytes` or `timeoutMs`. Read it to the end or destroy it. */
  readonly body: Readable;
}

export interface SafeFetch {
  (url: string, request?: SafeRequest): Promise<SafeResponse>;
  close(): Promise<void>;
}

const maxRedirects = 5;
/** Must not reach whom a redirect names. */
const credentials = new Set(['authorization', 'cookie', 'proxy-authorization']);
const noConnection = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const failureOf = (error: unknown, deadline: AbortSignal): FetchError => {
  if (error instanceof FetchError) return error;
  const { cause = error } = Object(error) as { cause?: unknown };
  if (cause instanceof NotPublicError) return new FetchError('forbidden', cause.message, error);
  if (deadline.aborted) return new FetchError('timed-out', 'no answer in time', error);
  const { code } = Object(cause) as { code?: unknown };
  const name = typeof code === 'string' ? code : String(cause);
  return noConnection.has(name)
    ? new FetchError('never-sent', `there was no connection (${name})`, error)
    : new FetchError('broken', `the connection broke (${name})`, error);
};

/** Passes the bytes on until there are too many or the time is over. */
async function* limited(response: Response, maxBytes: number, deadline: AbortSignal): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new FetchError('too-large', `the answer is larger than ${maxBytes} bytes`);
      yield chunk;
    }
  } catch (error) {
    throw failureOf(error, deadline);
  }
}

/** Where the answer sends us on to; null: nowhere, this is the answer. */
const redirectOf = (response: Response, method: string, from: URL): URL | null => {
  const location = response.headers.get('location');
  const redirects = response.status >= 300 && response.status < 400 && (method === 'GET' || method === 'HEAD');
  if (!redirects || location === null) return null;
  if (!URL.canParse(location, from.href)) throw new FetchError('broken', 'it redirects to no URL');
  return new URL(location, from);
};

const headersFor = (next: URL, from: URL, headers: Readonly<Record<string, string>>) =>
  next.origin === from.origin
    ? headers
    : Object.fromEntries(Object.entries(headers).filter(([name]) => !credentials.has(name.toLowerCase())));

/** undici takes 20 MB, which only who fetches should pay. */
const openAgents = async (timeout: number) => {
  const { Agent, fetch } = await import('undici');
  return {
    fetch,
    strict: new Agent({ connect: { lookup: publicLookup, timeout } }),
    trusting: new Agent({ connect: { timeout } }),
  };
};

/** Fetches from where others say. Redirects are followed for GET and HEAD alone, without credentials to another origin. */
export const openSafeFetch = ({ timeoutMs, maxBytes, allow = [] }: SafeFetchLimits): SafeFetch => {
  const trusted = new Set(allow.map((url) => new URL(url).origin));
  let opened: ReturnType<typeof openAgents> | undefined;

  const send = async (url: URL, request: SafeRequest, signal: AbortSignal): Promise<Response> => {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new FetchError('forbidden', 'not http or https');
    const trust = trusted.has(url.origin);
    if (!trust) assertNoPrivateLiteral(url.hostname);
    const { fetch, strict, trusting } = await (opened ??= openAgents(Math.min(timeoutMs, 10_000)));
    const { method = 'GET', headers = {}, body = null } = request;
    return fetch(url, { method, headers, body, dispatcher: trust ? trusting : strict, redirect: 'manual', signal });
  };

  const follow = async (url: URL, request: SafeRequest, deadline: AbortSignal, left: number): Promise<SafeResponse> => {
    const response = await send(url, request, deadline);
    const next = redirectOf(response, request.method ?? 'GET', url);
    if (!next) {
      const body = Readable.from(limited(response, maxBytes, deadline), { objectMode: false });
      return { status: response.status, headers: response.headers, body };
    }
    await response.body?.cancel();
    if (left === 0) throw new FetchError('too-many-redirects', 'it redirects too often');
    return follow(next, { ...request, headers: headersFor(next, url, request.headers ?? {}) }, deadline, left - 1);
  };

  const safeFetch = async (url: string, request: SafeRequest = {}): Promise<SafeResponse> => {
    const deadline = AbortSignal.timeout(request.timeoutMs ?? timeoutMs);
    if (!URL.canParse(url)) throw new FetchError('forbidden', 'not a URL');
    return follow(new URL(url), request, deadline, maxRedirects).catch((error: unknown) => {
      throw failureOf(error, deadline);
    });
  };
  const close = async (): Promise<void> => {
    const agents = await opened;
    await Promise.all([agents?.strict.destroy(), agents?.trusting.destroy()]);
  };
  return Object.assign(safeFetch, { close });
};
