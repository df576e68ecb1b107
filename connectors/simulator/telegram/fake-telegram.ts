import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { answering, type FakeAnswer, type Reaction } from '../answering.ts';
import type { SentFile } from '../files.ts';

export interface BotCall {
  readonly method: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Their names and sizes, by the field that they came in. */
  readonly files: Readonly<Record<string, { fileName: string; bytes: number }>>;
}
export interface FakeTelegram {
  readonly url: string;
  /** The newest calls that send or change something, in order. */
  readonly calls: BotCall[];
  /** What a request got wrong. Empty is good. */
  readonly problems: string[];
  readonly webhook: { url: string; secret: string };
  /** Answers the next sending call so, or breaks the connection. */
  next(answer: FakeAnswer | 'hang-up'): void;
  /** Holds a file that a customer sent; gives its id. */
  host(file: SentFile): string;
  /** The newest picture of a person, by their number: its sizes by the ids of their files, smallest first. */
  readonly pictures: Map<number, readonly { file_id: string; width: number; height: number }[]>;
  close(): Promise<void>;
}

export interface FakeTelegramOptions {
  /** Hears of each message, by its number. */
  readonly sent?: (call: BotCall, messageId: number) => void;
  /** So that numbers stay unique over several runs. */
  readonly firstMessage?: number;
  /** Where it sends to, if somebody connected it before. */
  readonly webhook?: FakeTelegram['webhook'];
}

const mostKept = 1000;
const longest: Readonly<Record<string, number>> = { text: 4096, caption: 1024 };
const needed: Readonly<Record<string, readonly string[]>> = {
  sendMessage: ['chat_id', 'text'],
  sendPhoto: ['chat_id', 'photo'],
  sendVideo: ['chat_id', 'video'],
  sendAudio: ['chat_id', 'audio'],
  sendDocument: ['chat_id', 'document'],
  sendMediaGroup: ['chat_id', 'media'],
  sendLocation: ['chat_id', 'latitude', 'longitude'],
  sendVenue: ['chat_id', 'latitude', 'longitude', 'title', 'address'],
  sendContact: ['chat_id', 'phone_number', 'first_name'],
  sendChatAction: ['chat_id', 'action'],
  editMessageText: ['chat_id', 'message_id', 'text'],
  editMessageCaption: ['chat_id', 'message_id', 'caption'],
  deleteMessage: ['chat_id', 'message_id'],
  setMessageReaction: ['chat_id', 'message_id', 'reaction'],
};

const readCall = async (request: IncomingMessage, method: string): Promise<BotCall> => {
  const body = await buffer(request);
  const contentType = request.headers['content-type'] ?? '';
  if (!contentType.startsWith('multipart/form-data'))
    return { method, fields: JSON.parse(body.toString('utf8') || '{}') as BotCall['fields'], files: {} };
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
  const entries = [...form.entries()];
  const parsed = (value: string): unknown => (/^[{[\d]/.test(value) ? JSON.parse(value) : value);
  return {
    method,
    fields: Object.fromEntries(
      entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, parsed(value)]] : [])),
    ),
    files: Object.fromEntries(
      entries.flatMap(([name, value]) =>
        typeof value === 'string' ? [] : [[name, { fileName: value.name, bytes: value.size }]],
      ),
    ),
  };
};

const problemsOf = ({ method, fields, files }: BotCall): string[] => {
  const wanted = needed[method];
  if (wanted === undefined) return [`no such method: ${method}`];
  const missing = wanted.filter((name) => fields[name] === undefined).map((name) => `${method}: ${name} is missing`);
  const long = Object.entries(longest)
    .filter(([name, most]) => String(fields[name] ?? '').length > most)
    .map(([name]) => `${method}: ${name} is too long`);
  const attached = [...JSON.stringify(fields).matchAll(/attach:\/\/(\w+)/g)].map(([, name = '']) => name);
  return [...missing, ...long, ...attached.filter((name) => !(name in files)).map((name) => `no file ${name}`)];
};

/** https://core.telegram.org/bots/api on this machine, as far as a bot of ours goes. */
export const startFakeTelegram = async (botToken: string, options: FakeTelegramOptions = {}): Promise<FakeTelegram> => {
  const calls: BotCall[] = [];
  const problems: string[] = [];
  const prepared: (FakeAnswer | 'hang-up')[] = [];
  const files = new Map<string, SentFile>();
  const pictures: FakeTelegram['pictures'] = new Map();
  const { sent = () => undefined, firstMessage = 5000, webhook = { url: '', secret: '' } } = options;
  let messages = firstMessage;
  const ok = (result: unknown): FakeAnswer => ({ status: 200, body: { ok: true, result } });
  const failed = (status: number, description: string): FakeAnswer => ({
    status,
    body: { ok: false, error_code: status, description },
  });

  const act = (call: BotCall): FakeAnswer | 'hang-up' => {
    const wrong = problemsOf(call);
    problems.push(...wrong);
    if (wrong[0] !== undefined) return failed(400, `Bad Request: ${wrong[0]}`);
    const answer = prepared.shift();
    if (answer !== undefined) return answer;
    calls.push(call);
    if (calls.length > mostKept) calls.shift();
    if (!call.method.startsWith('send') || call.method === 'sendChatAction') return ok(true);
    const count = call.method === 'sendMediaGroup' ? (call.fields['media'] as unknown[]).length : 1;
    const made = Array.from({ length: count }, () => ({
      message_id: (messages += 1),
      chat: { id: call.fields['chat_id'] },
    }));
    sent(call, made[0]?.message_id ?? 0);
    return ok(call.method === 'sendMediaGroup' ? made : made[0]);
  };
  const asked: Readonly<Record<string, (fields: BotCall['fields']) => FakeAnswer>> = {
    getMe: () => ok({ id: Number(botToken.split(':')[0]), is_bot: true, username: 'field_and_fern_bot' }),
    getWebhookInfo: () => ok({ url: webhook.url, pending_update_count: 0 }),
    setWebhook: ({ url, secret_token }) => {
      Object.assign(webhook, { url, secret: secret_token });
      return ok(true);
    },
    getFile: ({ file_id }) =>
      files.has(String(file_id))
        ? ok({ file_path: `files/${String(file_id)}` })
        : failed(400, 'Bad Request: wrong file_id'),
    getUserProfilePhotos: ({ user_id }) => {
      const sizes = pictures.get(Number(user_id));
      return ok({ total_count: sizes ? 1 : 0, photos: sizes ? [sizes] : [] });
    },
    getChat: ({ chat_id }) => ok({ id: chat_id, type: 'private' }),
  };

  const react = async (request: IncomingMessage): Promise<Reaction> => {
    const [, place, method = ''] = /^(\/file)?\/bot[^/]+\/(.+)$/.exec(request.url ?? '') ?? [];
    if (!request.url?.includes(`/bot${botToken}/`)) return failed(401, 'Unauthorized');
    const file = files.get(method.replace(/^files\//, ''));
    if (place !== undefined) return file ?? failed(404, 'Not Found');
    const call = await readCall(request, method);
    return asked[method]?.(call.fields) ?? act(call);
  };

  const server = await answering(react, (what) => problems.push(what));
  return {
    ...server,
    calls,
    problems,
    webhook,
    pictures,
    next: (answer) => void prepared.push(answer),
    host: (file) => {
      const id = `file-${files.size + 1}`;
      files.set(id, file);
      return id;
    },
  };
};
