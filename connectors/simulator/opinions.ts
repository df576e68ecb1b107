import { setTimeout as pause } from 'node:timers/promises';
import { ratingOfChoice, type Rating } from '@switchboard/contract';
import type { Happenings } from './happenings.ts';
import type { Random } from './random.ts';

export interface Opinion {
  readonly rating: Rating;
  readonly comment?: string;
}

/** Of a hundred who say how it was, so many say this; and some of them in words. */
const opinions: readonly { rating: Rating; share: number; comments: readonly string[] }[] = [
  {
    ...{ rating: 5, share: 52 },
    comments: ['Quick and friendly, thank you.', 'Solved in one go.', 'You really know your plants.'],
  },
  { ...{ rating: 4, share: 27 }, comments: ['Good, though I had to wait a little.', 'Helpful.'] },
  { ...{ rating: 3, share: 9 }, comments: ['It took a while.', 'All right in the end.'] },
  { ...{ rating: 2, share: 5 }, comments: ['I had to explain it twice.', 'Still waiting for the parcel.'] },
  { ...{ rating: 1, share: 7 }, comments: ['Nobody told me that it was sold out.', 'Far too slow.'] },
];
const answers = 0.42;
const writes = 0.35;

/** null: they have better things to do. */
export const opinionOf = (random: Random): Opinion | null => {
  if (!random.chance(answers)) return null;
  let left = random.between(0, 100);
  const chosen = opinions.find(({ share }) => (left -= share) < 0) ?? opinions[0];
  if (chosen === undefined) return null;
  return { rating: chosen.rating, ...(random.chance(writes) && { comment: random.pick(chosen.comments) }) };
};

/** Where a message asks how it was, if it does. */
export const surveyLink = (words: string): string | undefined => /https?:\/\/\S+\/feedback\/[\w.-]+/.exec(words)?.[0];

/** The one of some buttons that says it. */
export const choiceOf = <B extends { id: string }>(buttons: readonly B[], { rating }: Opinion): B | undefined =>
  buttons.find(({ id }) => ratingOfChoice(id)?.rating === rating);

const seconds: readonly [number, number] = [4, 25];

/** Somebody who was asked: after a while they say it in their way, or never do. */
export const sayLater = async (
  random: Random,
  { signal }: Happenings,
  say: (opinion: Opinion) => Promise<void>,
): Promise<void> => {
  const opinion = opinionOf(random);
  if (opinion === null) return;
  await pause(random.between(...seconds) * 1000, undefined, { signal });
  await say(opinion);
};

/** As a browser sends the page's form. */
export const sayOnPage = async (url: string, { rating, comment = '' }: Opinion, signal: AbortSignal): Promise<void> => {
  const body = new URLSearchParams({ rating: String(rating), comment });
  const response = await fetch(url, { method: 'POST', body, redirect: 'manual', signal });
  // It may be closed by then.
  if (response.status >= 500) throw new Error(`the feedback page answered ${response.status}`);
};
