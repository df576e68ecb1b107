import type { Random } from '../random.ts';
import type { Person } from './people.ts';

/** What the shop was reached over from its first day. */
export type PastMedium = 'chat' | 'mail' | 'sms';
export type Medium = PastMedium | 'telegram' | 'whatsapp' | 'messenger' | 'instagram' | 'slack' | 'form' | 'app';

/** What a conversation is about. Customer and agent speak in turn, and the customer begins. */
export interface Story {
  readonly subject: string;
  readonly queue: string;
  readonly tags: readonly string[];
  readonly on: readonly Medium[];
  readonly turns: readonly string[];
  /** Only those speak it whose language it is; everybody speaks English. */
  readonly language?: Person['language'];
  readonly note?: string;
  /** Goes with the customer's first words. */
  readonly file?: 'photo' | 'invoice';
}

const items = ['hand spade', 'terracotta pot', 'watering can', 'pruning saw', 'seed tray', 'bamboo trellis'] as const;

/** Could this be what they write about? */
export const fits = (story: Story, medium: Medium, person: Person): boolean =>
  story.on.includes(medium) &&
  // A form takes no files.
  (medium !== 'form' || story.file === undefined) &&
  (story.language === undefined || story.language === person.language);

/** Who they are, and what it is about: one call is one order. */
export const wordsOf = (person: Person, random: Random): Record<string, string> => ({
  name: person.name,
  first: person.name.split(' ')[0] ?? person.name,
  city: person.city,
  item: random.pick(items),
  order: `FF-${random.int(20_410, 28_990)}`,
  invoice: `R-2026-${random.int(1040, 3980)}`,
  day: random.pick(['Tuesday', 'Wednesday', 'Thursday', 'Friday']),
  euro: `€ ${random.pick(['18.50', '34.00', '49.00', '27.90', '62.40'])}`,
});

export const filled = (text: string, words: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (gap, word: string) => words[word] ?? gap);

/** Fills the gaps: {first}, {name}, {city}, {item}, {order}, {invoice}, {day}. One telling has one order number. */
export const telling = (story: Story, person: Person, random: Random): Story => {
  const words = wordsOf(person, random);
  const fill = (text: string) => filled(text, words);
  return {
    ...story,
    subject: fill(story.subject),
    turns: story.turns.map(fill),
    ...(story.note && { note: fill(story.note) }),
  };
};
