import type { InboundEventOf, MessageEntry } from '@switchboard/contract';

/** The last that is known of one person and one emoji; what was taken back stays, so that what comes late does not bring it back. */
export interface StoredReaction {
  by: { id: string; name: string };
  emoji: string;
  at: Date;
  added: boolean;
}

type Reacted = Pick<InboundEventOf<'reaction.changed'>, 'emoji' | 'added' | 'only'> & Pick<StoredReaction, 'by' | 'at'>;

/** null: nothing that was not known. Two at the same instant stand as they came. */
export function withReaction(known: readonly StoredReaction[], reacted: Reacted): StoredReaction[] | null {
  const { by, emoji, at, added, only } = reacted;
  const whole = only === true || emoji === '';
  const concerned = known.filter((one) => one.by.id === by.id && (whole || one.emoji === emoji));
  if (
    concerned.some(
      (one) => one.at > at || (one.at.getTime() === at.getTime() && one.emoji === emoji && one.added === added),
    )
  )
    return null;
  const rest = known.filter((one) => !concerned.includes(one));
  // A person's place in the row stays where it was.
  const index = Math.min(...concerned.map((one) => known.indexOf(one)), rest.length);
  return rest.toSpliced(index, 0, { by, emoji, at, added });
}

export const shownReactions = (known: readonly StoredReaction[]): NonNullable<MessageEntry['reactions']> =>
  known
    .filter(({ added, emoji }) => added && emoji !== '')
    .map(({ by, emoji, at }) => ({ by, emoji, at: at.toISOString() }));
