import type { ContentPart, MediaRef, Party } from '@switchboard/contract';
import { wordsOfBlocks } from './mrkdwn/blocks.ts';
import { htmlOf, textOf } from './mrkdwn/read.ts';
import type { SlackFile, SlackMessage } from './payload.ts';

const longest = 200_000;
/** Of files whose address Slack gives on asking alone: those of other workspaces, in shared channels. */
export const fileSource = (id: string): string => `file:${id}`;
export const fileIdOf = (source: string): string | undefined => /^file:(.+)$/.exec(source)?.[1];

const mediaOf = (file: SlackFile): MediaRef => {
  const address = file.url_private_download ?? file.url_private;
  const known = address && URL.canParse(address) && address.length <= 4096;
  const fileName = (file.name ?? file.title)?.slice(0, 500);
  return {
    source: known ? address : fileSource(file.id),
    ...(fileName ? { fileName } : {}),
    ...(file.mimetype ? { mimeType: file.mimetype.slice(0, 200) } : {}),
    ...(Number.isSafeInteger(file.size) && Number(file.size) >= 0 ? { bytes: Number(file.size) } : {}),
    ...(file.mode === 'hidden_by_limit' ? { problem: 'The workspace’s plan hides files as old as this one.' } : {}),
  };
};

/** What was passed on from elsewhere in Slack. */
const sharedOf = ({ attachments }: SlackMessage): string[] =>
  (attachments ?? [])
    .filter(({ is_share, is_msg_unfurl }) => is_share || is_msg_unfurl)
    .map(({ author_name, text, fallback }) => `${author_name ? `${author_name}: ` : ''}${text ?? fallback ?? ''}`);

/** Its own words, as mrkdwn. */
export const saidIn = ({ text, blocks }: SlackMessage): string =>
  text?.trim() ? text : wordsOfBlocks(blocks ?? []).slice(0, longest);

export const partsOf = (message: SlackMessage): ContentPart[] => {
  const said = saidIn(message);
  const words = [said, ...sharedOf(message)].filter((one) => one.trim() !== '').join('\n\n');
  const mrkdwn = words || (message.attachments?.map(({ text, fallback }) => text ?? fallback ?? '').join('\n') ?? '');
  const text = textOf(mrkdwn).slice(0, longest);
  const html = text.trim() === '' ? null : htmlOf(mrkdwn);
  const files = (message.files ?? []).filter(({ mode }) => mode !== 'tombstone');
  const parts: ContentPart[] = [
    ...(text.trim() === '' ? [] : [{ type: 'text' as const, text }]),
    ...(html === null ? [] : [{ type: 'html' as const, html }]),
    ...files.map((file) => ({ type: 'media' as const, media: mediaOf(file) })),
  ];
  return parts.length > 0 ? parts : [{ type: 'text', text: '(empty message)' }];
};

/** Who is named in it, in the order of naming. */
export const mentionsOf = (message: SlackMessage): Party[] => {
  const named = [...saidIn(message).matchAll(/<@([A-Z0-9]{1,100})(?:\|([^<>]{1,200}))?>/g)];
  const unique = new Map(named.map(([, id = '', name]) => [id, name]));
  return [...unique].slice(0, 200).map(([externalId, displayName]) => ({
    externalId,
    handles: [],
    ...(displayName ? { displayName } : {}),
  }));
};

const nameOf = ({ user_profile }: SlackMessage): string | undefined =>
  (user_profile?.display_name || user_profile?.real_name || undefined)?.slice(0, 500);

/** Slack's events say who wrote by an id alone; `people.ts` finds out the rest. */
export const writerOf = (user: string, message: SlackMessage): Party => {
  const displayName = nameOf(message);
  const picture = message.user_profile?.image_72;
  return {
    externalId: user,
    handles: [],
    ...(displayName ? { displayName } : {}),
    ...(picture && URL.canParse(picture) ? { picture } : {}),
  };
};
