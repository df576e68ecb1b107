import type { EntryView, MessageEntry, NoteEntry } from '@switchboard/contract';
import { keys } from '../../app/keys.svelte.ts';
import { session } from '../../app/session.svelte.ts';
import { t } from '../../text/index.ts';
import { amending } from './amending.svelte.ts';
import { focusedEntryId, stepMessage } from './message-cursor.ts';
import { noteOfferOf } from './offers.ts';

type Kind = 'edit' | 'delete' | 'react';
type Changeable = MessageEntry | NoteEntry;

const isChangeable = (entry: EntryView): entry is Changeable => entry.type === 'message' || entry.type === 'note';
function may(kind: Kind, entry: Changeable): boolean {
  if (entry.type === 'message') return amending.offer(kind, entry) === 'yes';
  return kind !== 'react' && noteOfferOf(kind, entry, session.me);
}

/** The one with the focus; from nowhere the last that it can be done with: mine to change, the customer's to react to. */
export function meantBy(kind: Kind, entries: readonly EntryView[]): Changeable | undefined {
  const focused = focusedEntryId();
  const all = entries.filter(isChangeable);
  if (focused !== null) return all.find((entry) => entry.id === focused && may(kind, entry));
  return all.findLast((entry) =>
    kind === 'react'
      ? entry.type === 'message' && entry.direction === 'in' && may(kind, entry)
      : entry.author.id === session.me.id && may(kind, entry),
  );
}

/** My last message, if it can be edited. */
export const lastToEdit = (entries: readonly EntryView[]): MessageEntry | undefined =>
  entries.findLast(
    (entry): entry is MessageEntry =>
      entry.type === 'message' && entry.author.id === session.me.id && may('edit', entry),
  );

const doing: Record<Kind, (entry: Changeable) => void> = {
  edit: (entry) => amending.edit(entry),
  delete: (entry) => (amending.deleting = entry),
  react: (entry) => (amending.reacting = entry.id),
};

/** Keys of the messages of an open ticket. Returns the way to take them away. */
export function useAmendingKeys(entries: () => readonly EntryView[]): () => void {
  const group = 'conversation' as const;
  const key = (kind: Kind, name: string, label: string) => ({
    group,
    key: name,
    label,
    run: () => {
      const entry = meantBy(kind, entries());
      if (entry) doing[kind](entry);
    },
    when: () => meantBy(kind, entries()) !== undefined,
  });
  return keys.register(
    { group, key: 'Shift+ArrowUp', label: t('key.previousMessage'), run: () => stepMessage(-1) },
    { group, key: 'Shift+ArrowDown', label: t('key.nextMessage'), run: () => stepMessage(1) },
    key('edit', 't', t('key.editMessage')),
    key('delete', 'd', t('key.deleteMessage')),
    key('react', '+', t('key.reactMessage')),
  );
}
