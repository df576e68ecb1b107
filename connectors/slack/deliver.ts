import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext, ContentPart, OutboundCommand, OutboundCommandOf, Receipt } from '@switchboard/contract';
import { heldFileId } from '../kit/held-file.ts';
import type { SafeFetch } from '../kit/safe-fetch.ts';
import { sendAll } from '../kit/send-all.ts';
import { splitText } from '../kit/split-text.ts';
import { longestPost } from './capabilities.ts';
import type { SlackClient } from './client.ts';
import { fileIdOf, fileSource } from './content.ts';
import { destinationOf } from './conversation.ts';
import { nameOf } from './mrkdwn/emoji.ts';
import { escapeText, mrkdwnOf } from './mrkdwn/write.ts';
import type { SlackSettings } from './settings.ts';
import { shareFiles, uploadFile } from './upload.ts';
import type { Uploaded } from './upload.ts';

export interface Sending {
  readonly client: SlackClient;
  readonly fetch: SafeFetch;
  readonly settings: Pick<SlackSettings, 'showAgent'>;
  readonly context: Pick<ConnectorContext, 'readMedia'>;
}
type Send = OutboundCommandOf<'message.send'>;
type Post = { text: string; blocks?: object[] };

const unsupported = (what: string): ConnectorError => new ConnectorError('unsupported', `Slack cannot carry ${what}`);

const wordsOf = (parts: readonly ContentPart[]): string => {
  const html = parts.find((part) => part.type === 'html');
  if (html?.type === 'html') return mrkdwnOf(html.html);
  const texts = parts.flatMap((part) =>
    part.type === 'text' ? [part.text] : part.type === 'media' && part.caption ? [part.caption] : [],
  );
  return escapeText(texts.join('\n'));
};

/** https://docs.slack.dev/reference/block-kit: at most 3,000 characters in a section, 75 on a button. */
const choicesOf = (parts: readonly ContentPart[]): Post[] =>
  parts.flatMap((part) => {
    if (part.type !== 'choices') return [];
    const prompt = escapeText(part.prompt).slice(0, 3_000);
    const buttons = part.choices.map(({ id, label }, index) => ({
      type: 'button',
      action_id: `choice-${index}`,
      value: id,
      text: { type: 'plain_text', text: label.slice(0, 75) },
    }));
    const section = prompt.trim() === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text: prompt } }];
    return [{ text: prompt, blocks: [...section, { type: 'actions', elements: buttons }] }];
  });

const filesOf = (parts: readonly ContentPart[]): string[] =>
  parts.flatMap((part) => (part.type === 'media' ? [heldFileId(part.media)] : []));

const faceOf = ({ requestedBy }: Send, { showAgent }: Sending['settings']): object => {
  if (!showAgent || !requestedBy.displayName) return {};
  const { displayName: username, avatarUrl: icon_url } = requestedBy;
  return { username, ...(icon_url ? { icon_url } : {}) };
};

const tsOf = (answer: Record<string, unknown>): string => {
  if (typeof answer['ts'] === 'string') return answer['ts'];
  throw new ConnectorError('unknown', 'Slack did not say which message it is');
};

const send = async (command: Send, { client, fetch, settings, context }: Sending): Promise<Receipt> => {
  const other = command.parts.find(({ type }) => !['text', 'html', 'media', 'choices'].includes(type));
  if (other) throw unsupported(other.type);
  const where = destinationOf(command.thread.externalId);
  const face = faceOf(command, settings);
  const words = splitText(wordsOf(command.parts), longestPost);
  const posts: Post[] = [...words.map((text) => ({ text })), ...choicesOf(command.parts)];
  const files: Uploaded[] = [];
  for (const mediaId of filesOf(command.parts)) files.push(await uploadFile(client, fetch, context.readMedia, mediaId));
  const steps = [
    ...posts.map((post) => async () => {
      return tsOf(await client.call('chat.postMessage', { ...where, ...post, ...face, unfurl_links: false }, 'write'));
    }),
    ...(files.length > 0
      ? [() => shareFiles(client, files, where).then(() => files.map(({ id }) => fileSource(id)))]
      : []),
  ];
  return { ...(await sendAll(steps, (step) => step())), state: 'sent' };
};

/** What is so already was asked for a second time. */
const settled = /\((already_reacted|no_reaction)\)$/;
const gone = /\((message_not_found|file_not_found|file_deleted)\)$/;

/** A long message went out as several. */
const tsToEdit = ({ messageExternalId, furtherExternalIds = [], parts }: OutboundCommandOf<'message.edit'>): string => {
  const isOne = furtherExternalIds.every((id) => fileIdOf(id) !== undefined) && wordsOf(parts).length <= longestPost;
  if (isOne) return messageExternalId;
  throw new ConnectorError(
    'rejected',
    `Slack holds more than ${longestPost} characters as several messages: edit none`,
  );
};

/** Slack does not say in which message a file is; without its files that is gone. */
const deleteOne = async (client: SlackClient, channel: string, id: string): Promise<void> => {
  const file = fileIdOf(id);
  const [method, what] = file === undefined ? ['chat.delete', { channel, ts: id }] : ['files.delete', { file }];
  await client.call(method, what, 'write').catch((error: unknown) => {
    if (!(error instanceof ConnectorError && gone.test(error.message))) throw error;
  });
};

const change = async (command: Exclude<OutboundCommand, Send>, { client }: Sending): Promise<void> => {
  const { channel } = destinationOf(command.thread.externalId);
  switch (command.kind) {
    case 'message.edit':
      await client.call('chat.update', { channel, ts: tsToEdit(command), text: wordsOf(command.parts) }, 'write');
      return;
    case 'message.delete':
      for (const id of [command.messageExternalId, ...(command.furtherExternalIds ?? [])])
        await deleteOne(client, channel, id);
      return;
    case 'reaction.set': {
      const name = nameOf(command.emoji);
      if (fileIdOf(command.messageExternalId) !== undefined)
        throw new ConnectorError('rejected', 'Slack takes no reaction to a file that came without words');
      if (name === undefined) throw new ConnectorError('rejected', `Slack has no name for ${command.emoji}`);
      const method = command.added ? 'reactions.add' : 'reactions.remove';
      await client
        .call(method, { channel, timestamp: command.messageExternalId, name }, 'write')
        .catch((error: unknown) => {
          if (!(error instanceof ConnectorError && settled.test(error.message))) throw error;
        });
      return;
    }
    default:
      throw unsupported(command.kind);
  }
};

/** Slack takes no idempotency key: where the outcome is unknown, the ConnectorError says so and nobody repeats it. */
export const deliverSlack = async (command: OutboundCommand, sending: Sending): Promise<Receipt> => {
  if (command.kind === 'message.send') return send(command, sending);
  await change(command, sending);
  return { externalId: command.commandId, state: 'sent' };
};
