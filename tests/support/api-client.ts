import {
  api,
  type Api,
  type ApiError,
  type Ask,
  type Endpoint,
  type OperationId,
  type ReplyOf,
} from '@switchboard/contract';

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers: Headers;
  readonly error: ApiError['error'];
}

/** Calls the REST API as a browser would: keeps its cookies and names its origin. */
export class ApiClient {
  readonly cookies = new Map<string, string>();

  constructor(readonly url: string) {}

  /** The answer of an operation; throws the test when it is refused. */
  async call<Id extends OperationId>(id: Id, ask: Ask<Api[Id]> = {} as Ask<Api[Id]>): Promise<ReplyOf<Api[Id]>> {
    const response = await this.ask(id, ask);
    if (!response.ok) throw new Error(`${id} was refused with ${response.status}: ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as ReplyOf<Api[Id]>;
  }

  /** How an operation is refused; throws the test when it is not. */
  async refused<Id extends OperationId>(id: Id, ask: Ask<Api[Id]> = {} as Ask<Api[Id]>): Promise<Refusal> {
    const response = await this.ask(id, ask);
    if (response.ok) throw new Error(`${id} was not refused: ${response.status}`);
    const { error } = (await response.json()) as ApiError;
    return { status: response.status, code: error.code, message: error.message, headers: response.headers, error };
  }

  ask<Id extends OperationId>(id: Id, ask: Ask<Api[Id]>): Promise<Response> {
    const endpoint: Endpoint = api[id];
    const {
      params = {},
      query = {},
      body,
    } = ask as { params?: Record<string, string>; query?: object; body?: unknown };
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? `:${name}`));
    const given = Object.entries(query).filter(([, value]) => value !== undefined) as [string, string][];
    return this.fetch(`/api/v1${path}${given.length > 0 ? `?${new URLSearchParams(given)}` : ''}`, {
      method: endpoint.method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has('origin')) headers.set('origin', this.url);
    if (this.cookies.size > 0) headers.set('cookie', this.cookieHeader);
    const signal = AbortSignal.timeout(20_000);
    const response = await fetch(new URL(path, this.url), { signal, ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    return response;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** A Set-Cookie header. */
  keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (/max-age=0/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
