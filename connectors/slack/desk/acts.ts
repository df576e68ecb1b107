import type { NormalisedEvent } from '@switchboard/contract';
import { partsOf, writerOf } from '../content.ts';
import { answers, instantOf, threadOf } from '../conversation.ts';
import { isEdit, isPerson, words } from '../events.ts';
import type { Reading } from '../events.ts';
import { textOf } from '../mrkdwn/read.ts';
import { BlockActions, Changed, Deleted, Posted, understood } from '../payload.ts';
import type { EventCallback, SlackMessage } from '../payload.ts';

type Acted = Extract<NormalisedEvent, { kind: 'desk.acted' }>;

/** What the buttons under a ticket are called among us. */
export const buttons = { take: 'desk-take', resolve: 'desk-resolve', open: 'desk-open' } as const;

const PRIVATE = /^\s*\/\/\s?/;
const longestNote = 20_000;

/** Two slashes, as a comment in a program: for colleagues alone. */
const actOf = (message: SlackMessage): Acted['act'] => {
  const text = textOf(message.text ?? '');
  if (!PRIVATE.test(text)) return { type: 'reply', parts: partsOf(message).slice(0, 20) };
  const files = message.files?.length ?? 0;
  return { type: 'note', text: text.replace(PRIVATE, '').trim().slice(0, longestNote), files };
};

/** Outside of a thread people talk among themselves, and what bots say is never an agent's. */
const said = (event: unknown, { receivedAt }: Reading): Acted[] => {
  const message = understood(Posted, event, 'The message');
  if (!isPerson(message) || answers(message) === undefined) return [];
  return [
    {
      kind: 'desk.acted',
      dedupeKey: `desk:${message.channel}:${message.ts}`,
      thread: threadOf(message, message),
      occurredAt: instantOf(message.ts, receivedAt),
      sender: writerOf(message.user ?? '', message),
      place: message.channel,
      messageExternalId: message.ts,
      act: actOf(message),
    },
  ];
};

const changed = (
  channel: string,
  message: SlackMessage,
  to: 'edited' | 'deleted',
  at: string,
  { receivedAt }: Reading,
): Acted[] => {
  if (!isPerson(message) || answers(message) === undefined) return [];
  return [
    {
      kind: 'desk.acted',
      dedupeKey: `desk:${channel}:${message.ts}:${to === 'edited' ? `edited:${at}` : to}`,
      thread: threadOf({ channel }, message),
      occurredAt: instantOf(at, receivedAt),
      sender: writerOf(message.user ?? '', message),
      place: channel,
      messageExternalId: message.ts,
      act: { type: 'changed', to },
    },
  ];
};

const edited = (event: unknown, reading: Reading): Acted[] => {
  const change = understood(Changed, event, 'The edit');
  const { channel, message, previous_message: previous } = change;
  const at = message.edited?.ts ?? change.ts ?? message.ts;
  if (message.subtype === 'tombstone') return previous ? changed(channel, previous, 'deleted', at, reading) : [];
  return isEdit(change) ? changed(channel, message, 'edited', at, reading) : [];
};

const deleted = (event: unknown, reading: Reading): Acted[] => {
  const { channel, ts, previous_message: previous } = understood(Deleted, event, 'The deletion');
  return previous ? changed(channel, previous, 'deleted', ts, reading) : [];
};

/** Of all that happens in a channel where agents work; reactions and mentions mean nothing there. */
export const deskEvents = ({ event }: EventCallback, reading: Reading): Acted[] => {
  if (event.type !== 'message') return [];
  if (event.subtype === 'message_changed') return edited(event, reading);
  if (event.subtype === 'message_deleted') return deleted(event, reading);
  return !event.subtype || words.has(event.subtype) ? said(event, reading) : [];
};

const acts: Record<string, Acted['act']> = {
  [buttons.take]: { type: 'take' },
  [buttons.resolve]: { type: 'resolve' },
};

/** The buttons under a ticket. The one that opens the console is told of, too. */
export const deskPressed = (body: unknown, { receivedAt }: Reading): Acted[] => {
  const { user, channel, message, actions } = understood(BlockActions, body, 'The pressed button');
  if (!channel || !message) return [];
  const displayName = (user.name ?? user.username)?.slice(0, 500);
  return actions.flatMap((action) => {
    const act = Object.hasOwn(acts, action.action_id) ? acts[action.action_id] : undefined;
    if (act === undefined) return [];
    return [
      {
        kind: 'desk.acted' as const,
        dedupeKey: `desk:${channel.id}:${message.ts}:${user.id}:${action.action_id}:${action.action_ts}`,
        thread: { externalId: `${channel.id}:${message.ts}`, shape: 'group' as const },
        occurredAt: instantOf(action.action_ts, receivedAt),
        sender: { externalId: user.id, handles: [], ...(displayName ? { displayName } : {}) },
        place: channel.id,
        messageExternalId: message.ts,
        act,
      },
    ];
  });
};
