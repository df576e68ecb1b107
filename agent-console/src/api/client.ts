import { api } from '@switchboard/contract';
import type { Api, Ask, Endpoint, MediaView, OperationId, ReplyOf } from '@switchboard/contract';
import { ApiProblem, problemFrom } from './problem.ts';

const BASE = '/api/v1';
const TIMEOUT_MS = 15_000;
/** A read on a connection that may be dead is given so long before another one is tried. */
const WARY_MS = 600;
const DISTRUST_MS = 10_000;
let distrustedUntil = 0;
/** Aborted, and renewed, when what was asked so far may wait on dead connections. */
let doubt = new AbortController();

type Options = { signal?: AbortSignal; timeoutMs?: number; keepalive?: boolean; file?: Blob };
/** Operations that need nothing may be called without an `ask`. */
type AskArgs<Id extends OperationId> =
  Record<string, never> extends Ask<Api[Id]>
    ? [ask?: Ask<Api[Id]>, options?: Options]
    : [ask: Ask<Api[Id]>, options?: Options];

const endedListeners = new Set<() => void>();
/** The server no longer knows the session (signed out elsewhere, expired). Returns the way to stop listening. */
export function onSessionEnded(listener: () => void): () => void {
  endedListeners.add(listener);
  return () => endedListeners.delete(listener);
}
export function sessionEnded(): void {
  for (const listener of endedListeners) listener();
}

/** The URL of an operation, for links, pictures and frames. */
export function urlOf(id: OperationId, params: Record<string, string> = {}, query: object = {}): string {
  const path = api[id].path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${id} needs the parameter ${name}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  return BASE + path + (search.size > 0 ? `?${search}` : '');
}

/**
 * The line died without a word (sleep, another network), and so may have the connections that the browser keeps. Reads under way
 * are asked again at once, for the browser keeps few and lets all others wait behind them; and for a while so are new ones
 * that hang. Giving one up closes its connection.
 */
export function distrustConnections(): void {
  distrustedUntil = performance.now() + DISTRUST_MS;
  doubt.abort();
  doubt = new AbortController();
}

/** Calls an operation of the contract's table; `file` is for those that take one. Throws `ApiProblem`. */
export async function call<Id extends OperationId>(id: Id, ...args: AskArgs<Id>): Promise<ReplyOf<Api[Id]>> {
  const [ask, options = {}] = args as [Ask<Endpoint>?, Options?];
  return api[id].method === 'GET' ? read(id, ask, options) : attempt(id, ask, options);
}

/** Once more where it may be the connection. */
async function read<Id extends OperationId>(
  id: Id,
  ask: Ask<Endpoint> | undefined,
  options: Options,
): Promise<ReplyOf<Api[Id]>> {
  const { signal } = doubt;
  const isWary = performance.now() < distrustedUntil;
  for (const patienceMs of isWary ? [WARY_MS, WARY_MS] : []) {
    try {
      return await attempt(id, ask, options, AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
    } catch (error) {
      if (!isTimeout(error)) throw error;
    }
  }
  try {
    return await attempt(id, ask, options, signal);
  } catch (error) {
    if (isTimeout(error) && signal.aborted) return read(id, ask, options);
    throw error;
  }
}

const isTimeout = (error: unknown): boolean => error instanceof ApiProblem && error.code === 'timeout';

/** `givenUp`: sooner than its time-out. */
async function attempt<Id extends OperationId>(
  id: Id,
  ask: Ask<Endpoint> | undefined,
  options: Options,
  givenUp?: AbortSignal,
): Promise<ReplyOf<Api[Id]>> {
  const endpoint: Endpoint = api[id];
  const last = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const timeout = givenUp ? AbortSignal.any([givenUp, last]) : last;
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  try {
    const response = await fetch(urlOf(id, ask?.params, ask?.query), {
      method: endpoint.method,
      credentials: 'same-origin',
      keepalive: options.keepalive ?? false,
      headers: {
        accept: 'application/json',
        ...(ask?.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: bodyOf(ask, options.file),
      signal,
    });
    return (await answerOf(id, response)) as ReplyOf<Api[Id]>;
  } catch (error) {
    throw asProblem(error, timeout, options.signal);
  }
}

function bodyOf(ask: Ask<Endpoint> | undefined, file: Blob | undefined): BodyInit | null {
  if (file === undefined) return ask?.body === undefined ? null : JSON.stringify(ask.body);
  const form = new FormData();
  form.append('file', file);
  return form;
}

async function answerOf(id: OperationId, response: Response): Promise<unknown> {
  if (response.ok) return response.status === 204 ? undefined : response.json();
  const body: unknown = await response.json().catch(() => null);
  noticeSessionEnd(id, response.status);
  throw problemFrom(response.status, body);
}

/** `session.read` asks whether there is a session: its 401 is an answer, not an end. */
function noticeSessionEnd(id: OperationId, status: number): void {
  if (status === 401 && api[id].access !== 'public' && id !== 'session.read') sessionEnded();
}

function asProblem(error: unknown, timeout: AbortSignal, given?: AbortSignal): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (given?.aborted) return new ApiProblem('cancelled', 'Cancelled.', 0);
  if (timeout.aborted) return new ApiProblem('timeout', 'The server did not answer in time.', 0);
  if ((error as Error).name === 'SyntaxError')
    return new ApiProblem('bad-answer', 'The server’s answer could not be read.', 0);
  return new ApiProblem('network', 'The server can’t be reached.', 0);
}

/** Hands in a file for a reply. `fetch` can't tell how far an upload is, so this is an XMLHttpRequest. */
export function upload(file: File, onProgress: (share: number) => void, signal?: AbortSignal): Promise<MediaView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file, file.name);
    request.open(api['media.upload'].method, urlOf('media.upload'));
    request.responseType = 'json';
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return resolve(request.response as MediaView);
      noticeSessionEnd('media.upload', request.status);
      reject(problemFrom(request.status, request.response));
    };
    request.onerror = () => reject(new ApiProblem('network', 'The file could not be uploaded: no connection.', 0));
    request.onabort = () => reject(new ApiProblem('cancelled', 'Cancelled.', 0));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
