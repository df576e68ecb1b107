import type { ContentPart, DeskLine } from '@switchboard/contract';
import type { StoredChange, StoredEntry, StoredEvent, StoredMessage } from '../../tickets/index.ts';

type Line = Omit<DeskLine, 'url'>;
const text = (words: string): ContentPart[] => [{ type: 'text', text: words }];

/** What changes of a ticket are called at a desk; of the others nothing is told there. */
const eventWords: Partial<Record<StoredEvent['event'], (event: StoredEvent) => string>> = {
  'status.changed': ({ author, to }) => `${author.name} made it ${to}`,
  'assignee.changed': ({ author, to }) =>
    to === null
      ? `${author.name} gave it back to the queue`
      : to === author.name
        ? `${to} took it`
        : `${to} has it now`,
  'assignee.gone': ({ from }) => `${from ?? 'Whoever had it'} has gone: it waits in the queue again`,
  'queue.changed': ({ author, from, to }) => `${author.name} moved it from ${from ?? 'its queue'} to ${to}`,
  'priority.changed': ({ author, to }) => `${author.name} set its priority to ${to}`,
  'service-level.warned': ({ to }) => `Its ${to} clock runs out soon`,
  'service-level.breached': ({ to }) => `Its ${to} clock has run out`,
};

/** Files that are still on their way come with the change that says they are here. */
const shown = (parts: readonly ContentPart[]): ContentPart[] =>
  parts.filter((part) => part.type !== 'media' || part.media.mediaId !== undefined || part.media.problem !== undefined);

const messageLine = ({ direction, author, parts }: StoredMessage): Line | null => {
  const here = shown(parts);
  return here.length === 0
    ? null
    : { from: direction === 'in' ? 'customer' : 'agent', author: author.name, parts: here };
};

const failures = {
  failed: (reason: string) =>
    `An answer did not reach the customer: ${reason} Write another one, or open the ticket in the console to send it over another channel.`,
  unknown: (reason: string) =>
    `An answer may not have reached the customer: ${reason} Open the ticket in the console to send it again or let it be.`,
};

/** What became of an earlier message. `message`: as it is now. */
function changeLine({ changes }: StoredChange, message: StoredMessage): Line | null {
  const paths = new Set(changes.map(({ path }) => path));
  const author = message.author.name;
  const state = changes.find(({ path }) => path === 'state')?.value;
  if (state === 'failed' || state === 'unknown') {
    const reason = (message.reason ?? 'the channel does not say why').replace(/[.\s]*$/, '.');
    return { from: 'trouble', author, parts: text(failures[state](reason)) };
  }
  if (message.direction !== 'in') return null;
  if (paths.has('deletedAt')) return { from: 'event', author, parts: text(`${author} deleted a message`) };
  if (message.deletedAt !== undefined) return null;
  if (paths.has('editedAt'))
    return {
      from: 'customer',
      author,
      remark: 'edited',
      parts: shown(message.parts).filter(({ type }) => type !== 'media'),
    };
  if (!paths.has('parts')) return null;
  const files = shown(message.parts).filter(({ type }) => type === 'media');
  return files.length === 0 ? null : { from: 'customer', author, parts: files };
}

/** In the place of what can't be shown there. */
export const refusedLine = (author: string, reason: string): Line => ({
  from: 'trouble',
  author,
  parts: text(`What ${author} wrote can’t be shown here: ${reason.replace(/[.\s]*$/, '.')} Read it in the console.`),
});

/** What is told at a desk of one change of a ticket; null: nothing. `changed`: the message that a change is about. Pure. */
export function lineOf(entry: StoredEntry, changed: StoredMessage | undefined): Line | null {
  switch (entry.type) {
    case 'message':
      return messageLine(entry);
    case 'note':
      return { from: 'note', author: entry.author.name, parts: text(entry.text) };
    case 'event': {
      const words = eventWords[entry.event]?.(entry);
      return words === undefined ? null : { from: 'event', author: entry.author.name, parts: text(words) };
    }
    case 'call':
      return { from: 'event', author: entry.author.name, parts: text('A phone call: follow it in the console') };
    case 'change':
      return changed === undefined ? null : changeLine(entry, changed);
    case 'held':
      return null;
  }
}
