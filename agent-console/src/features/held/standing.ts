import type { EntryView, HeldEntry } from '@switchboard/contract';

export const isHeld = (entry: EntryView): entry is HeldEntry => entry.type === 'held';
const stands = ({ state }: HeldEntry): boolean => state === 'waiting' || state === 'returned';

/** The held replies beside a conversation, oldest first, after these changes. One that became a message is one no more. */
export function standing(held: readonly HeldEntry[], changed: readonly EntryView[]): readonly HeldEntry[] {
  const latest = new Map(held.map((each) => [each.id, each]));
  for (const each of changed.filter(isHeld)) latest.set(each.id, each);
  const sent = new Set(changed.flatMap((entry) => (entry.type === 'message' && entry.clientId) || []));
  return [...latest.values()].filter((each) => stands(each) && !sent.has(each.clientId)).sort((a, b) => a.seq - b.seq);
}
