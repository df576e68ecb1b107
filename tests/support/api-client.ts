import { api, type Api, type Ask, type Endpoint, type OperationId, type ReplyOf } from '@switchboard/contract';

export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: { error?: { code: string; message: string; fields?: { path: string }[]; current?: unknown } };

  constructor(operation: string, status: number, text: string) {
    super(`${operation} answered ${status}: ${text.slice(0, 300)}`);
    this.status = status;
    this.body = text.startsWith('{') ? JSON.parse(text) : {};
    this.code = this.body.error?.code ?? '';
  }
}

/** The REST API as a browser uses it: with a cookie jar and an origin. */
export class ApiClient {
  readonly url: string;
  cookie = '';

  constructor(url: string) {
    this.url = url;
  }

  async call<Id extends OperationId>(id: Id, ask: Ask<Api[Id]> = {} as Ask<Api[Id]>): Promise<ReplyOf<Api[Id]>> {
    const endpoint: Endpoint = api[id];
    const {
      params = {},
      query,
      body,
    } = ask as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown };
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const search = new URLSearchParams(Object.entries(query ?? {}).map(([key, value]) => [key, String(value)]));
    const response = await fetch(`${this.url}/api/v1${path}${search.size > 0 ? `?${search}` : ''}`, {
      method: endpoint.method,
      headers: {
        origin: this.url,
        cookie: this.cookie,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    if (!response.ok) throw new ApiFailure(id, response.status, text);
    return (text === '' ? undefined : JSON.parse(text)) as ReplyOf<Api[Id]>;
  }
}
