import { ratingOfChoice, type ContentPart, type InboundMessage, type Rating } from '@switchboard/contract';
import type { Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

export interface SurveyAnswer {
  readonly surveyId: string;
  readonly rating: Rating;
  /** The words beyond it. */
  readonly comment?: string;
  /** Nothing but the rating: it is nobody's turn, and reopens nothing. */
  readonly alone: boolean;
}

const outOf = '(?:\\uFE0F?\\u20E3)?(?:\\s*(?:/|of|out of|von|sur|de)\\s*5)?';
const stars = '(?:\\s*(?:stars?|sterne?|étoiles?|estrellas?|⭐|★))*';
const plain = new RegExp(`^["'(]*([1-5])${outOf}${stars}[\\s.!)"']*$`, 'iu');
const drawn = /^((?:⭐|★){1,5})\u2606*[\s.!]*$/u;
/** A digit that is set apart from what follows; "2 of them broke" and "4-5 days" rate nothing. */
const led = new RegExp(`^([1-5])${outOf}${stars}(?:\\s*[,.;:!–—-]+\\s+|\\s*\\n\\s*)(\\S[\\s\\S]*)$`, 'iu');
/** What mail programs put below. */
const signature = /\n-- ?\n[\s\S]*$/;

/** What words say as an answer to "how was it, from 1 to 5?"; null: something else. */
export function readRating(words: string): { rating: Rating; comment?: string } | null {
  const said = words.replaceAll('\uFE0F', '').replace(/\r\n/g, '\n').replace(signature, '').trim();
  const [, digit] = plain.exec(said) ?? [];
  if (digit !== undefined) return { rating: Number(digit) };
  const [, shown] = drawn.exec(said) ?? [];
  if (shown !== undefined) return { rating: [...shown].length };
  const [, first, comment] = led.exec(said) ?? [];
  return first === undefined || comment === undefined ? null : { rating: Number(first), comment: comment.trim() };
}

/**
 * Is a customer's message the answer to the survey of its thread? A tapped choice names its survey and always is. Words are where
 * they come to a ticket at rest: in a conversation that goes on, a "2" answers something else.
 */
export function answerOf(
  { parts, automatic }: Pick<InboundMessage, 'parts' | 'automatic'>,
  { survey }: Pick<Thread, 'survey'>,
  { status }: Pick<Ticket, 'status'>,
  at: Date,
): SurveyAnswer | null {
  if (automatic !== undefined) return null;
  const [first] = parts;
  const tapped = first?.type === 'choice' ? ratingOfChoice(first.id) : null;
  if (tapped !== null) return { ...tapped, alone: parts.length === 1 };
  if (survey === undefined || survey.closesAt <= at || status !== 'resolved') return null;
  const words = wordsAlone(parts);
  const read = words === null ? null : readRating(words);
  return read && { ...read, surveyId: survey.id, alone: read.comment === undefined };
}

/** null: there is more than words. Where a message has both, the html only repeats the text. */
function wordsAlone(parts: readonly ContentPart[]): string | null {
  if (parts.some(({ type }) => type !== 'text' && type !== 'html')) return null;
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
