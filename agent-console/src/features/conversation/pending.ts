import type { ChannelKind, EntryView, HeldEntry, MessageEntry, ReplyTarget } from '@switchboard/contract';
import type { OutboxItem } from '../composer/outbox.ts';

/** After everything that the server has numbered. */
const LAST = Number.MAX_SAFE_INTEGER;

/** What is on its way, as the entry that it will become: the stored one takes its place without a flicker. */
export function pendingEntry(
  item: OutboxItem,
  agentId: string,
  targets: readonly ReplyTarget[],
  channel: ChannelKind,
): EntryView {
  const entry = {
    id: item.clientId,
    clientId: item.clientId,
    ticketId: item.ticketId,
    seq: LAST,
    at: item.at,
    author: { kind: 'agent' as const, id: agentId, name: item.author },
  };
  if (item.content.kind === 'note') return { ...entry, type: 'note', text: item.content.text };
  const { body } = item.content;
  const target = targets.find((each) => each.threadId === body.threadId);
  return {
    ...entry,
    type: 'message',
    direction: 'out',
    channel: target?.channel ?? channel,
    channelAccountId: target?.channelAccountId ?? '',
    threadId: body.threadId,
    parts: body.parts,
    ...(body.subject === undefined ? {} : { subject: body.subject }),
    state: 'pending',
    passport: {},
  };
}

/** A reply that can still be undone, as the message that it becomes in a moment: that one takes its place. */
export const undoableEntry = (held: HeldEntry): MessageEntry => ({
  id: held.id,
  clientId: held.clientId,
  ticketId: held.ticketId,
  seq: LAST,
  at: held.at,
  author: held.author,
  type: 'message',
  direction: 'out',
  channel: held.channel,
  channelAccountId: held.channelAccountId,
  threadId: held.threadId,
  parts: held.parts,
  ...(held.subject === undefined ? {} : { subject: held.subject }),
  ...(held.cc === undefined ? {} : { cc: held.cc }),
  state: 'pending',
  passport: {},
});
