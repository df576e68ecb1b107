import { z } from 'zod';
import { MenuLanguage } from './call-menus.ts';

/** How it was for the customer, asked once after each resolution. */

export const Rating = z.int().min(1).max(5);
export type Rating = z.infer<typeof Rating>;
export const RATINGS = [1, 2, 3, 4, 5] as const satisfies readonly Rating[];
/** What counts for satisfaction, and what a supervisor wants to see. */
export const isPositive = (rating: Rating): boolean => rating >= 4;
export const isPoor = (rating: Rating): boolean => rating <= 2;

/** So long a customer can answer, and change the answer. Milliseconds. */
export const FEEDBACK_OPEN_MS = 7 * 86_400_000;

/** Why a customer is not asked, in the order in which it is looked for. */
export const NotAsked = z.enum([
  'customer-silent',
  'nobody-answered',
  'colleague',
  'group',
  'no-way',
  'window-closed',
  'unreachable',
  'opted-out',
  'asked-lately',
]);
export type NotAsked = z.infer<typeof NotAsked>;

/** Of a queue: whether, when and how its customers are asked. */
export const FeedbackSettings = z.object({
  on: z.boolean(),
  /** From the resolution; who writes before is not asked. */
  delayMinutes: z.int('Whole minutes').min(0, 'From 0 minutes').max(10_080, 'At most 10080 minutes, a week'),
  /** So long a customer is not asked again, whatever else is resolved for them; 0: always. */
  daysBetween: z.int('Whole days').min(0, 'From 0 days').max(365, 'At most 365 days'),
  /** Of customers of whom no language is known. */
  language: MenuLanguage,
  /** In the centre’s own words; null: the usual question, in the customer’s language. */
  question: z.string().trim().min(1, 'Write the question').max(300, 'At most 300 characters').nullable(),
});
export type FeedbackSettings = z.infer<typeof FeedbackSettings>;
export const DEFAULT_FEEDBACK: FeedbackSettings = {
  ...{ on: false, delayMinutes: 10, daysBetween: 14, language: 'en', question: null },
};

/** The choice that stands for a rating: it names what it answers, wherever and however late it comes. */
export const ratingChoice = (surveyId: string, rating: Rating): string => `rate:${surveyId}:${rating}`;
export function ratingOfChoice(id: string): { surveyId: string; rating: Rating } | null {
  const [, surveyId, rating] = /^rate:([0-9a-f-]{36}):([1-5])$/.exec(id) ?? [];
  return surveyId === undefined ? null : { surveyId, rating: Number(rating) };
}
