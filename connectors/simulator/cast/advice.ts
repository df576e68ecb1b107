import type { Random } from '../random.ts';
import { people, type Person } from './people.ts';
import { afterthoughts, farewell, stories } from './stories.ts';
import { filled, wordsOf, type Story } from './story.ts';

/** What a colleague who knows the shop would do about a customer's words. */
export interface Advice {
  /** null: nothing is left to say. */
  readonly say: string | null;
  /** The customer will ask nothing more. */
  readonly ends: boolean;
  /** The customer has gone without having been answered. */
  readonly gone: boolean;
  readonly story: Pick<Story, 'queue' | 'tags' | 'note'> | null;
}

interface Line {
  readonly matches: RegExp;
  readonly gaps: readonly string[];
  readonly answer: string | null;
  readonly ends: boolean;
  readonly story: Story | null;
}

const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Words as they were written first: a mail may have something below them. */
const lineOf = (said: string, rest: Pick<Line, 'answer' | 'ends' | 'story'>): Line => {
  const gaps = [...said.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const pattern = plain(said)
    .split(/\{\w+\}/)
    .map(escaped)
    .join('(.+?)');
  return { matches: new RegExp(`^${pattern}`), gaps, ...rest };
};

const lines: readonly Line[] = [
  ...stories.flatMap((story) =>
    story.turns.flatMap((said, at) => {
      if (at % 2 === 1) return [];
      const answer = story.turns[at + 1] ?? null;
      return [lineOf(said, { answer, ends: story.turns[at + 2] === undefined, story })];
    }),
  ),
  ...afterthoughts.map(([said, answer]) => lineOf(said, { answer, ends: true, story: null })),
].toSorted((one, other) => other.matches.source.length - one.matches.source.length);

const unknown: Advice = {
  say: 'Thank you for writing to us. I have a look at it and write to you as soon as I know more.',
  ends: false,
  gone: false,
  story: null,
};

/** By what the stories have for these words; of a person who is none of ours, what one can say to anybody. */
export const adviceFor = (text: string, customer: string, random: Random): Advice => {
  const words = plain(text);
  if (words.startsWith(farewell)) return { say: null, ends: true, gone: true, story: null };
  for (const { matches, gaps, answer, ends, story } of lines) {
    const found = matches.exec(words);
    if (found === null) continue;
    const person: Person = people.find(({ name }) => name === customer) ?? stranger(customer);
    const told = Object.fromEntries(gaps.map((name, at) => [name, found[at + 1] ?? '']));
    const say = answer === null ? null : filled(answer, { ...wordsOf(person, random), ...told });
    return { say, ends, gone: false, story };
  }
  return unknown;
};

const stranger = (name: string): Person => ({ name, email: '', phone: '', city: 'your town', language: 'en' });
