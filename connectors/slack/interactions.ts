import type { NormalisedEvent } from '@switchboard/contract';
import { instantOf, threadOf } from './conversation.ts';
import { isTaken, received } from './events.ts';
import type { Reading } from './events.ts';
import { textOf } from './mrkdwn/read.ts';
import { BlockActions, Command, MessageAction, understood } from './payload.ts';

/** A command has no message of its own: what it says begins, or goes on with, the conversation between the person and the app. */
export const commandEvents = (body: unknown, { receivedAt }: Reading): NormalisedEvent[] => {
  const { command, text, user_id, user_name, channel_id, trigger_id } = understood(Command, body, 'The command');
  const words = textOf(text ?? '').trim();
  return [
    {
      kind: 'message.received',
      dedupeKey: `command:${trigger_id}`,
      // A message that is sent to a person arrives in their direct messages with the app.
      thread: { externalId: channel_id.startsWith('D') ? channel_id : user_id, shape: 'direct' },
      occurredAt: receivedAt.toISOString(),
      sender: { externalId: user_id, handles: [], ...(user_name ? { displayName: user_name.slice(0, 500) } : {}) },
      message: { externalId: `command:${trigger_id}`, parts: [{ type: 'text', text: words || command }] },
    },
  ];
};

/** A choice that we offered was pressed. */
const pressed = (body: unknown, reading: Reading): NormalisedEvent[] => {
  const { user, channel, message, actions } = understood(BlockActions, body, 'The pressed button');
  if (!channel || !message || !isTaken(reading, { channel: channel.id })) return [];
  const displayName = (user.name ?? user.username)?.slice(0, 500);
  return actions.map((action) => {
    const label = action.selected_option?.text.text ?? action.text?.text;
    const key = `${channel.id}:${message.ts}:${user.id}:${action.action_id}:${action.action_ts}`;
    return {
      kind: 'message.received',
      dedupeKey: key,
      thread: threadOf({ channel: channel.id }, message),
      occurredAt: instantOf(action.action_ts, reading.receivedAt),
      sender: { externalId: user.id, handles: [], ...(displayName ? { displayName } : {}) },
      message: {
        externalId: key,
        inReplyTo: message.ts,
        parts: [
          {
            type: 'choice',
            id: (action.selected_option?.value ?? action.value ?? action.action_id).slice(0, 1000),
            ...(label ? { label: label.slice(0, 2000) } : {}),
          },
        ],
      },
    };
  });
};

/** "Send to support" in a message's menu: the message as if it had been said to us. */
const handedOn = (body: unknown, reading: Reading): NormalisedEvent[] => {
  const { channel, message } = understood(MessageAction, body, 'The message that was handed on');
  return received({ channel: channel.id }, message, reading);
};

const byType: Record<string, (body: unknown, reading: Reading) => NormalisedEvent[]> = {
  block_actions: pressed,
  message_action: handedOn,
};
export const interactionEvents = (type: string, body: unknown, reading: Reading): NormalisedEvent[] =>
  (Object.hasOwn(byType, type) ? byType[type] : undefined)?.(body, reading) ?? [];
