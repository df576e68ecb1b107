import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext, Desk, DeskKind, DeskLine, DeskMark, DeskPost, DeskTicket } from '@switchboard/contract';
import { heldFileId } from '../../kit/held-file.ts';
import type { SafeFetch } from '../../kit/safe-fetch.ts';
import type { SlackClient } from '../client.ts';
import { destinationOf } from '../conversation.ts';
import { askPerson } from '../people.ts';
import { shareFiles, uploadFile } from '../upload.ts';
import { fileLink, lineText, ticketMessage } from './show.ts';

export interface DeskParts {
  readonly client: SlackClient;
  readonly fetch: SafeFetch;
  readonly context: Pick<ConnectorContext, 'readMedia'>;
}
type Where = { channel: string; thread_ts?: string };
type Listed = { messages?: { ts?: string; metadata?: { event_payload?: { key?: unknown } } }[] };

export const deskKind: DeskKind = {
  title: 'Slack channel',
  description: 'Its id, such as C0123456789, at the bottom of the channel’s details. Invite the app there first.',
  example: 'C0DESK0000',
  pattern: /^[CG][A-Z0-9]{2,}$/,
  // One a second in each channel, and short bursts: https://docs.slack.dev/apis/web-api/rate-limits
  rate: { messages: 5, withinMs: 5_000 },
};

const EVENT = 'switchboard_desk';
/** Slack's clock and ours are not the same. */
const SLACK_MS = 120_000;
const MOST_PAGES = 10;

const markOf = (channel: string, ts: string): DeskMark => ({
  ref: `${channel}:${ts}`,
  at: new Date(Math.floor(Number(ts) * 1000)),
});

/** Slack takes no idempotency key, but keeps what we write beside a message, and lists it. */
const findPosted = async (client: SlackClient, { channel, thread_ts }: Where, key: string, since: Date) => {
  const method = thread_ts === undefined ? 'conversations.history' : 'conversations.replies';
  const oldest = String(Math.floor((since.getTime() - SLACK_MS) / 1000));
  const ask = { channel, ts: thread_ts, oldest, limit: 200, include_all_metadata: true };
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await client.call(method, { ...ask, cursor }, 'read');
    const found = (answer as Listed).messages?.find(({ metadata }) => metadata?.event_payload?.key === key);
    if (found?.ts !== undefined) return found.ts;
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return undefined;
  }
  return undefined;
};

const post = async <T>(
  client: SlackClient,
  where: Where,
  { key, again }: DeskPost<T>,
  write: () => object | Promise<object>,
): Promise<DeskMark> => {
  const earlier = again && (await findPosted(client, where, key, again));
  if (earlier) return markOf(where.channel, earlier);
  const metadata = { event_type: EVENT, event_payload: { key } };
  const body = { ...where, ...(await write()), metadata, unfurl_links: false };
  const { ts } = await client.call('chat.postMessage', body, 'write');
  if (typeof ts !== 'string') throw new ConnectorError('unknown', 'Slack did not say which message it is');
  return markOf(where.channel, ts);
};

/** Uploaded for nobody, and shown by naming its address in the message: so words and files are one step, done or not. */
const filesOf = async ({ parts }: DeskLine, { client, fetch, context }: DeskParts): Promise<string[]> => {
  const links: string[] = [];
  for (const part of parts) {
    if (part.type !== 'media') continue;
    const name = part.media.fileName ?? 'file';
    if (part.media.mediaId === undefined) links.push(`:paperclip: ${name}: ${part.media.problem ?? 'see the console'}`);
    else links.push(await fileOf(heldFileId(part.media), name, { client, fetch, context }));
  }
  return links;
};

const fileOf = async (mediaId: string, name: string, { client, fetch, context }: DeskParts): Promise<string> => {
  const file = await uploadFile(client, fetch, context.readMedia, mediaId);
  await shareFiles(client, [file], null);
  const { file: info } = await client.call('files.info', { file: file.id }, 'read');
  const permalink = (Object(info) as { permalink?: unknown }).permalink;
  return typeof permalink === 'string' ? fileLink(permalink, name) : `:paperclip: ${name}`;
};

const look = async (client: SlackClient, place: string): Promise<string> => {
  const { channel } = await client.call('conversations.info', { channel: place }, 'read');
  const { name, is_member, is_archived } = Object(channel) as Record<string, unknown>;
  const shown = `#${typeof name === 'string' ? name : place}`;
  if (is_archived === true) throw new ConnectorError('rejected', `${shown} is archived`);
  if (is_member === false)
    throw new ConnectorError(
      'rejected',
      `The app is no member of ${shown}: invite it there (/invite), then save again`,
    );
  return shown;
};

const signs = { sent: 'outbox_tray', noted: 'lock' } as const;
const isSigned = (error: unknown) => error instanceof ConnectorError && /\(already_reacted\)$/.test(error.message);

/** Slack as another face of the console. */
export const openDesk = (parts: DeskParts): Desk => {
  const { client } = parts;
  return {
    look: (place) => look(client, place),
    open: (channel, wanted: DeskPost<DeskTicket>) =>
      post(client, { channel }, wanted, () => ticketMessage(wanted.content)),
    update: async (threadRef, ticket) => {
      const { channel, thread_ts: ts } = destinationOf(threadRef);
      await client.call('chat.update', { channel, ts, ...ticketMessage(ticket) }, 'write');
    },
    say: (threadRef, wanted: DeskPost<DeskLine>) =>
      post(client, destinationOf(threadRef), wanted, async () => ({
        text: lineText(wanted.content, await filesOf(wanted.content, parts)),
      })),
    tell: async (threadRef, user, text) => {
      await client.call('chat.postEphemeral', { ...destinationOf(threadRef), user, text }, 'write');
    },
    sign: async (threadRef, timestamp, as) => {
      const { channel } = destinationOf(threadRef);
      await client.call('reactions.add', { channel, timestamp, name: signs[as] }, 'write').catch((error: unknown) => {
        if (!isSigned(error)) throw error;
      });
    },
    person: (personId) => askPerson(client, personId),
  };
};
