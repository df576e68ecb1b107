import { describe, expect, it } from '@jest/globals';
import { shownReactions, withReaction, type StoredReaction } from './reactions.ts';

const ada = { id: 'a', name: 'Ada' };
const bob = { id: 'b', name: 'Bob' };
const at = (second: number) => new Date(`2026-03-02T10:00:${String(second).padStart(2, '0')}.000Z`);
type Reacted = Parameters<typeof withReaction>[1];
const one = (by: typeof ada, emoji: string, second: number, rest: Partial<Reacted> = {}): Reacted => ({
  by,
  emoji,
  at: at(second),
  added: true,
  ...rest,
});
/** What is shown once all have come, in this order. */
const shown = (...reacted: Reacted[]): string[] => {
  const known = reacted.reduce<StoredReaction[]>((before, next) => withReaction(before, next) ?? before, []);
  return shownReactions(known).map(({ by, emoji }) => `${by.name} ${emoji}`);
};

describe('reactions of a message', () => {
  it('are each person’s own', () => {
    expect(shown(one(ada, '👍', 1), one(bob, '👍', 2), one(ada, '🎉', 3))).toEqual(['Ada 👍', 'Bob 👍', 'Ada 🎉']);
  });

  it('go when they are taken back, also where that is told first or twice', () => {
    const gone = one(ada, '👍', 2, { added: false });
    expect(shown(one(ada, '👍', 1), gone, gone)).toEqual([]);
    expect(shown(gone, one(ada, '👍', 1))).toEqual([]);
    expect(shown(one(ada, '👍', 1), one(bob, '👍', 1), one(ada, '', 2, { added: false }))).toEqual(['Bob 👍']);
  });

  it('take each other’s place where the provider keeps one of each person, in whatever order they come', () => {
    const first = one(ada, '👍', 1, { only: true });
    const second = one(ada, '❤️', 2, { only: true });
    expect(shown(first, second)).toEqual(['Ada ❤️']);
    expect(shown(second, first)).toEqual(['Ada ❤️']);
    expect(shown(one(bob, '🎉', 1), first, second, one(ada, '', 3, { only: true, added: false }))).toEqual(['Bob 🎉']);
  });

  it('are no news when they are known', () => {
    expect(withReaction([{ ...one(ada, '👍', 1) }], one(ada, '👍', 1))).toBeNull();
  });
});
