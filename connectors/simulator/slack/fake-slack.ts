import type { IncomingMessage, Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { answering, type FakeAnswer, type Reaction } from '../answering.ts';
import type { SentFile } from '../files.ts';
import { keepMessages, type KeptMessage } from './kept-messages.ts';
import { fakeOauth, type FakeOauth } from './fake-oauth.ts';

/** `lose-answer`: it is done, and nobody hears of it. */
export type SlackAnswer = FakeAnswer | 'hang-up' | 'lose-answer';
export interface SlackCall {
  readonly method: string;
  readonly args: Readonly<Record<string, string>>;
}
export interface SlackUser {
  readonly name: string;
  readonly email?: string;
  readonly team?: string;
  readonly picture?: string;
}

export interface FakeSlack {
  /** The address of the API, with a slash at its end. */
  readonly url: string;
  readonly server: Server;
  /** What it was asked to do, in order; reads (auth.test, users.info) are not in it. */
  readonly calls: SlackCall[];
  readonly problems: string[];
  /** Files that were uploaded, by their ids. */
  readonly uploads: Map<string, Buffer>;
  readonly users: Map<string, SlackUser>;
  /** Answers the next call of a method so. */
  next(method: string, answer: SlackAnswer): void;
  host(id: string, file: SentFile): string;
  /** Messages as Slack keeps them: what stands there now, with what was written beside it. */
  readonly messages: readonly KeptMessage[];
  /** Channels that the app was not invited to. */
  readonly closed: Set<string>;
  /** Words that it refuses to post. */
  readonly unpostable: Set<string>;
  readonly oauth: FakeOauth;
  /** Words that were posted in a thread of a channel, in order. */
  posted(channel: string, threadTs?: string): string[];
  close(): Promise<void>;
}

export const slackTeam = 'T0AAAAAAA';
const scopes = [
  'app_mentions:read,channels:history,channels:read,groups:history,groups:read,im:history',
  'chat:write,chat:write.customize,users:read,users:read.email',
  'files:read,files:write,reactions:read,reactions:write',
].join(',');
const reads = new Set([
  ...['auth.test', 'users.info', 'files.info', 'apps.connections.open'],
  ...['conversations.info', 'conversations.history', 'conversations.replies', 'oauth.v2.access'],
]);
const mostKept = 1000;

/** Slack's Web API as far as we call it, on a port of its own. */
export const startFakeSlack = async (
  botToken: string,
  { posted, socketUrl }: { posted?: (call: SlackCall, ts: string) => void; socketUrl?: () => string } = {},
): Promise<FakeSlack> => {
  const calls: SlackCall[] = [];
  const problems: string[] = [];
  const prepared = new Map<string, SlackAnswer[]>();
  const files = new Map<string, SentFile>();
  const uploads = new Map<string, Buffer>();
  const users = new Map<string, SlackUser>();
  const unpostable = new Set<string>();
  let last = Math.floor(Date.now() / 1000);
  let number = 0;
  const newTs = (): string =>
    `${(last = Math.max(last + 1, Math.floor(Date.now() / 1000)))}.${String(++number).padStart(6, '0')}`;

  const kept = keepMessages();
  const oauth = fakeOauth(botToken);

  const userOf = (id: string): object => {
    const known = users.get(id);
    if (!known) return { ok: false, error: 'user_not_found' };
    const { name, email, team = slackTeam, picture } = known;
    const profile = {
      display_name: name,
      real_name: name,
      ...(email && { email }),
      ...(picture && { image_192: picture }),
    };
    return { ok: true, user: { id, team_id: team, name: name.toLowerCase(), real_name: name, profile } };
  };
  const methods: Record<string, (args: Record<string, string>) => object> = {
    'auth.test': () => ({ ok: true, team: 'Acme', team_id: slackTeam, user: 'switchboard', user_id: 'U0BOT0000' }),
    'users.info': ({ user = '' }) => userOf(user),
    ...kept.methods,
    ...oauth.methods,
    'chat.postMessage': (args) => {
      if ([...unpostable].some((words) => args['text']?.includes(words))) return { ok: false, error: 'msg_too_long' };
      const ts = newTs();
      kept.keep(args, ts);
      posted?.({ method: 'chat.postMessage', args }, ts);
      return { ok: true, channel: args['channel'], ts };
    },
    'chat.delete': ({ channel, ts }) => ({ ok: true, channel, ts }),
    'reactions.add': () => ({ ok: true }),
    'reactions.remove': () => ({ ok: true }),
    'files.getUploadURLExternal': () => {
      const id = `F0UP${String(++number).padStart(5, '0')}`;
      return { ok: true, file_id: id, upload_url: `${base()}upload/${id}` };
    },
    'files.completeUploadExternal': ({ files: list = '[]' }) => ({ ok: true, files: JSON.parse(list) as unknown }),
    'files.delete': () => ({ ok: true }),
    'files.info': ({ file = '' }) => ({
      ok: true,
      file: { id: file, url_private: `${base()}file/${file}`, permalink: `${base()}file/${file}` },
    }),
    'apps.connections.open': () => ({ ok: true, url: socketUrl?.() ?? '' }),
  };

  const isAllowed = (method: string, authorization = ''): boolean => {
    if (method === 'oauth.v2.access') return true;
    const token = authorization.replace('Bearer ', '');
    return method === 'apps.connections.open' ? token.startsWith('xapp-') : oauth.tokens.has(token);
  };
  const handleApi = (method: string, body: Buffer, authorization: string | undefined): FakeAnswer | 'hang-up' => {
    const args = Object.fromEntries(new URLSearchParams(body.toString()));
    const perform = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!perform) {
      problems.push(`no such method: ${method}`);
      return { body: { ok: false, error: 'unknown_method' } };
    }
    if (!isAllowed(method, authorization)) return { body: { ok: false, error: 'invalid_auth' } };
    const answer = prepared.get(method)?.shift();
    if (answer && answer !== 'lose-answer') return answer;
    if (!reads.has(method)) calls.push({ method, args });
    if (calls.length > mostKept) calls.shift();
    const done = perform(args);
    return answer === 'lose-answer' ? 'hang-up' : { body: done, headers: { 'x-oauth-scopes': scopes } };
  };
  const handle = async (request: IncomingMessage): Promise<Reaction> => {
    const body = await buffer(request);
    if (request.url?.startsWith('/oauth/v2/authorize')) return oauth.page(new URL(request.url, base()));
    const path = (request.url ?? '').split('?')[0]?.replace(/^\/api\//, '') ?? '';
    if (path.startsWith('upload/')) {
      uploads.set(path.slice('upload/'.length), body);
      return { body: 'OK' };
    }
    if (path.startsWith('file/')) {
      const file = files.get(path.slice('file/'.length));
      if (file && isAllowed('file', request.headers.authorization)) return file;
      return { headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' };
    }
    return handleApi(path, body, request.headers.authorization);
  };

  const { url: origin, server, close } = await answering(handle, (what) => problems.push(what));
  const base = () => `${origin}/api/`;
  return {
    url: base(),
    ...{ server, calls, problems, uploads, users, oauth, unpostable, messages: kept.messages, closed: kept.closed },
    next: (method, answer) => void prepared.set(method, [...(prepared.get(method) ?? []), answer]),
    host: (id, file) => {
      files.set(id, file);
      return `${base()}file/${id}`;
    },
    posted: (channel, threadTs) =>
      calls
        .filter(({ method, args }) => method === 'chat.postMessage' && args['channel'] === channel)
        .filter(({ args }) => threadTs === undefined || args['thread_ts'] === threadTs)
        .map(({ args }) => args['text'] ?? ''),
    close,
  };
};
