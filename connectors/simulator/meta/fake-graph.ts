import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { answering, type FakeAnswer, type Reaction } from '../answering.ts';
import type { SentFile } from '../files.ts';

export interface GraphPost {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}
export interface FakeGraph {
  readonly url: string;
  /** The newest posts that were taken, in order. */
  readonly posts: GraphPost[];
  readonly problems: string[];
  /** Answers the next message so, or breaks the connection. */
  next(answer: FakeAnswer | 'hang-up'): void;
  /** Holds a customer's file; gives its id. */
  host(file: SentFile): string;
  /** The apps that are told of messages. */
  readonly subscribed: object[];
  /** What the access token allows, where that is said, and when it ends. */
  readonly token: { scopes?: string[]; expires_at: number };
  /** The same at an address that asks for no token, as those of a page's customers are. */
  share(file: SentFile): string;
  /** Who a customer of a page is, by their id. */
  readonly people: Map<string, Readonly<Record<string, string>>>;
  close(): Promise<void>;
}
export interface GraphAccount {
  readonly accessToken: string;
  readonly phoneNumberId?: string;
  readonly templates?: readonly object[];
  readonly sent?: (id: string, post: GraphPost) => void;
}

const mostKept = 1000;

/** As Meta posts it: escaped unicode, signed over these very bytes. */
export const signedBody = (appSecret: string, body: object): { raw: string; signature: string } => {
  const raw = JSON.stringify(body).replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { raw, signature: `sha256=${createHmac('sha256', appSecret).update(raw).digest('hex')}` };
};

const failure = (status: number, code: number, message: string): FakeAnswer => ({
  status,
  body: { error: { message, code } },
});

const problemsOf = ({ path, body }: GraphPost): string[] => {
  if (!path.endsWith('/messages')) return [];
  if (path !== 'me/messages') {
    const { messaging_product, type, status } = body;
    if (messaging_product !== 'whatsapp') return ['messaging_product is missing'];
    if (status === undefined && (typeof type !== 'string' || body[type] === undefined))
      return [`type ${String(type)} has no content`];
    return status === undefined && body['to'] === undefined && body['recipient'] === undefined
      ? ['nobody is addressed']
      : [];
  }
  const acts = body['sender_action'] !== undefined;
  if (!acts && body['message'] === undefined) return ['there is no message'];
  return !acts && body['messaging_type'] === undefined ? ['messaging_type is missing'] : [];
};

/** https://developers.facebook.com/docs/graph-api on this machine, as far as a page, an Instagram account and a WhatsApp number go. */
export const startFakeGraph = async ({
  accessToken,
  templates = [],
  sent = () => undefined,
}: GraphAccount): Promise<FakeGraph> => {
  const posts: GraphPost[] = [];
  const problems: string[] = [];
  const prepared: (FakeAnswer | 'hang-up')[] = [];
  const files = new Map<string, SentFile>();
  const people = new Map<string, Readonly<Record<string, string>>>();
  const subscribed: object[] = [{ id: '1' }];
  const token: FakeGraph['token'] = { expires_at: 0 };
  let origin = '';
  let messages = 0;

  const take = (post: GraphPost): FakeAnswer | 'hang-up' => {
    const wrong = problemsOf(post);
    problems.push(...wrong);
    if (wrong[0] !== undefined) return failure(400, 100, wrong[0]);
    const isMessage = post.body['message'] !== undefined || post.body['type'] !== undefined;
    const answer = isMessage ? prepared.shift() : undefined;
    if (answer !== undefined) return answer;
    posts.push(post);
    if (posts.length > mostKept) posts.shift();
    if (post.path.endsWith('/subscribed_apps')) subscribed.push({ id: '1' });
    if (!isMessage) return { status: 200, body: { success: true } };
    const id = `${post.path === 'me/messages' ? 'm_sent' : 'wamid.sent'}-${(messages += 1)}-${Date.now()}`;
    sent(id, post);
    const body = post.path === 'me/messages' ? { recipient_id: 'x', message_id: id } : { messages: [{ id }] };
    return { status: 200, body };
  };
  const read = (path: string, fields: readonly string[]): FakeAnswer => {
    if (path === 'debug_token')
      return { status: 200, body: { data: { is_valid: true, data_access_expires_at: 0, ...token } } };
    if (path.endsWith('/subscribed_apps')) return { status: 200, body: { data: subscribed } };
    if (path.endsWith('/message_templates')) return { status: 200, body: { data: templates } };
    if (path === 'me') return { status: 200, body: { id: '1', name: 'Field & Fern', username: 'field_and_fern' } };
    if (files.has(path)) return { status: 200, body: { url: `${origin}/file/${path}`, id: path } };
    const person = people.get(path);
    if (person !== undefined)
      return {
        status: 200,
        body: Object.fromEntries(Object.entries(person).filter(([name]) => fields.includes(name))),
      };
    return /^\d+$/.test(path)
      ? { status: 200, body: { verified_name: 'Field & Fern', display_phone_number: '+1 555 000 1234' } }
      : failure(400, 100, 'Unsupported get request');
  };

  const react = async (request: IncomingMessage): Promise<Reaction> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const shared = files.get(/^\/cdn\/(.+)$/.exec(pathname)?.[1] ?? '');
    if (shared !== undefined) return shared;
    const isApp = pathname.endsWith('/debug_token');
    if (!isApp && request.headers.authorization !== `Bearer ${accessToken}`)
      return failure(401, 190, 'Invalid OAuth access token');
    const file = files.get(/^\/file\/(.+)$/.exec(pathname)?.[1] ?? '');
    if (file !== undefined) return file;
    const path = decodeURIComponent(pathname.replace(/^\/v[\d.]+\//, ''));
    if (request.method === 'GET') return read(path, searchParams.get('fields')?.split(',') ?? []);
    return take({ path, body: (await json(request)) as GraphPost['body'] });
  };

  const server = await answering(react, (what) => problems.push(what));
  origin = server.url;
  const host = (file: SentFile): string => {
    const id = `90${files.size + 1}`;
    files.set(id, file);
    return id;
  };
  return {
    ...server,
    posts,
    problems,
    people,
    subscribed,
    token,
    next: (answer) => void prepared.push(answer),
    host,
    share: (file) => `${origin}/cdn/${host(file)}`,
  };
};
