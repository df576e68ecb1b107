import { setTimeout as pause } from 'node:timers/promises';
import {
  api,
  type Api,
  type Ask,
  type Endpoint,
  type OperationId,
  type Passing,
  type ReplyOf,
  type TicketChanged,
} from '@switchboard/contract';
import { io, type Socket } from 'socket.io-client';

const PATIENCE_MS = 15_000;

/** What the hub said to a call. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    operation: string,
    words: string,
  ) {
    super(`${operation} was refused with ${status}: ${words}`);
  }
}

/** A console without a screen: the same calls and the same socket, from outside. */
export class ConsoleLine {
  private socket: Socket | undefined;
  private cookie = '';

  constructor(
    private readonly url: string,
    private readonly signal: AbortSignal,
    private readonly hears: { ticket(changed: TicketChanged): void; passing(event: Passing): void },
  ) {}

  /** Signs in and is there: whoever is at a console is on duty. */
  async open(email: string, password: string): Promise<ReplyOf<Api['session.signIn']>> {
    const me = await this.call('session.signIn', { body: { email, password } });
    const socket = io(`${this.url}/console`, {
      transports: ['websocket'],
      extraHeaders: { cookie: this.cookie, origin: this.url },
      forceNew: true,
    });
    socket.on('ticket', this.hears.ticket);
    socket.on('passing', this.hears.passing);
    socket.on('connect', () => socket.emit('active', true));
    this.socket = socket;
    return me;
  }

  /** What the console tells of its person. */
  says(what: 'handling' | 'watch' | 'unwatch' | 'typing', ...told: readonly unknown[]): void {
    this.socket?.emit(what, ...told);
  }

  /** Throws Refused. */
  async call<Id extends OperationId>(id: Id, ask: Ask<Api[Id]> = {} as Ask<Api[Id]>): Promise<ReplyOf<Api[Id]>> {
    const { method, path }: Endpoint = api[id];
    const {
      params = {},
      query = {},
      body,
    } = ask as { params?: Record<string, string>; query?: object; body?: unknown };
    const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const response = await fetch(`${this.url}/api/v1${filled}?${new URLSearchParams({ ...query })}`, {
      method,
      headers: {
        origin: this.url,
        cookie: this.cookie,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    if (!response.ok) throw new Refused(response.status, id, await response.text());
    for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(';')[0] ?? '';
    return (response.status === 204 ? undefined : await response.json()) as ReplyOf<Api[Id]>;
  }

  wait(seconds: number): Promise<void> {
    return pause(seconds * 1000, undefined, { signal: this.signal });
  }

  /** Signs out where there is a hub still. */
  async close(): Promise<void> {
    if (this.socket === undefined) return;
    if (!this.signal.aborted) await this.call('session.signOut');
    this.socket.disconnect();
    this.socket = undefined;
  }
}
