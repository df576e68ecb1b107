import type { NormalisedEvent } from '@switchboard/contract';
import type { z } from 'zod';
import { mentionsOf, partsOf, saidIn, writerOf } from './content.ts';
import { answers, instantOf, threadOf } from './conversation.ts';
import { emojiOf } from './mrkdwn/emoji.ts';
import { Changed, Deleted, Posted, Reaction, understood } from './payload.ts';
import type { EventCallback, SlackMessage } from './payload.ts';

export interface Reading {
  readonly receivedAt: Date;
  /** Channels to take; empty: all. */
  readonly channels: readonly string[];
  /** Channels where agents work: who writes there is no customer. */
  readonly desks: readonly string[];
}

/** People's own words. Everything else is Slack's: who joined, what was pinned, that a thread grew (`message_replied`). */
export const words = new Set(['file_share', 'thread_broadcast', 'me_message']);
const slackbot = 'USLACKBOT';

type Place = { channel: string; channel_type?: string | null | undefined };
export const isTaken = ({ channels }: Reading, { channel, channel_type }: Place): boolean =>
  channels.length === 0 || channels.includes(channel) || channel_type === 'im' || channel.startsWith('D');
/** Of no app, ours among them: two bots could go on for ever. */
export const isPerson = ({ bot_id, user, subtype }: SlackMessage): boolean =>
  !bot_id && subtype !== 'bot_message' && Boolean(user) && user !== slackbot;

/** `message` and `app_mention` tell of the same message: they have one key. */
export const received = (place: Place, message: SlackMessage, { receivedAt }: Reading): NormalisedEvent[] => {
  if (!isPerson(message)) return [];
  const parent = answers(message);
  const to = mentionsOf(message);
  return [
    {
      kind: 'message.received',
      dedupeKey: `${place.channel}:${message.ts}`,
      thread: threadOf(place, message),
      occurredAt: instantOf(message.ts, receivedAt),
      sender: writerOf(message.user ?? '', message),
      message: {
        externalId: message.ts,
        ...(parent === undefined ? {} : { inReplyTo: parent }),
        parts: partsOf(message),
        ...(to.length > 0 ? { to } : {}),
      },
    },
  ];
};

const posted = (event: unknown, reading: Reading): NormalisedEvent[] => {
  const message = understood(Posted, event, 'The message');
  return isTaken(reading, message) ? received(message, message, reading) : [];
};

const deletion = (
  place: Place,
  said: SlackMessage | { ts: string },
  at: string,
  reading: Reading,
): NormalisedEvent => ({
  kind: 'message.deleted',
  dedupeKey: `${place.channel}:${said.ts}:deleted`,
  thread: threadOf(place, said),
  occurredAt: instantOf(at, reading.receivedAt),
  message: { externalId: said.ts },
});

/** Slack also calls it a change when it shows what a link leads to. */
export const isEdit = ({ message, previous_message: previous }: z.infer<typeof Changed>): boolean => {
  const same = previous && saidIn(previous) === saidIn(message) && previous.files?.length === message.files?.length;
  return !same && !(message.edited && previous?.edited?.ts === message.edited.ts);
};

/** Slack also calls it a change when a thread lost its first message. */
const changed = (event: unknown, reading: Reading): NormalisedEvent[] => {
  const change = understood(Changed, event, 'The edit');
  const { message, previous_message: previous } = change;
  if (!isTaken(reading, change)) return [];
  const at = message.edited?.ts ?? change.ts ?? message.ts;
  if (message.subtype === 'tombstone')
    return previous && !isPerson(previous) ? [] : [deletion(change, message, at, reading)];
  if (!isPerson(message)) return [];
  if (!isEdit(change)) return [];
  return [
    {
      kind: 'message.edited',
      dedupeKey: `${change.channel}:${message.ts}:edited:${at}`,
      thread: threadOf(change, message),
      occurredAt: instantOf(at, reading.receivedAt),
      message: { externalId: message.ts, parts: partsOf(message) },
    },
  ];
};

const deleted = (event: unknown, reading: Reading): NormalisedEvent[] => {
  const gone = understood(Deleted, event, 'The deletion');
  const previous = gone.previous_message;
  if (!isTaken(reading, gone) || (previous && !isPerson(previous))) return [];
  const said = { ts: gone.deleted_ts, thread_ts: previous?.thread_ts };
  return [deletion(gone, said, gone.ts, reading)];
};

const reaction = (event: unknown, reading: Reading, own: ReadonlySet<string>): NormalisedEvent[] => {
  const { type, user, reaction: name, item, event_ts } = understood(Reaction, event, 'The reaction');
  if (item.type !== 'message' || !item.channel || !item.ts || own.has(user)) return [];
  const place = { channel: item.channel };
  if (!isTaken(reading, place)) return [];
  return [
    {
      kind: 'reaction.changed',
      dedupeKey: `${item.channel}:${item.ts}:${user}:${name}:${type}:${event_ts ?? ''}`,
      thread: threadOf(place, { ts: item.ts }),
      occurredAt: instantOf(event_ts, reading.receivedAt),
      sender: { externalId: user, handles: [] },
      messageExternalId: item.ts,
      emoji: emojiOf(name) ?? `:${name}:`,
      added: type === 'reaction_added',
    },
  ];
};

/** What one event means for us; most of what a workspace tells means nothing. */
export const eventsOf = ({ event, authorizations }: EventCallback, reading: Reading): NormalisedEvent[] => {
  const own = new Set((authorizations ?? []).flatMap(({ user_id, is_bot }) => (is_bot && user_id ? [user_id] : [])));
  switch (event.type) {
    case 'reaction_added':
    case 'reaction_removed':
      return reaction(event, reading, own);
    case 'app_mention':
      return posted(event, reading);
    case 'message':
      if (event.subtype === 'message_changed') return changed(event, reading);
      if (event.subtype === 'message_deleted') return deleted(event, reading);
      return !event.subtype || words.has(event.subtype) ? posted(event, reading) : [];
    default:
      return [];
  }
};
