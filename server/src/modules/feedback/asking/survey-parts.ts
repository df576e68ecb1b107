import { RATINGS, ratingChoice, type Capabilities, type ContentPart, type MenuLanguage } from '@switchboard/contract';
import { words } from '../words.ts';

export interface Question {
  readonly surveyId: string;
  readonly language: MenuLanguage;
  /** In the centre's own words; null: the usual one. */
  readonly own: string | null;
  /** Of the page on which it can be answered. */
  readonly url: string;
}

/** The question as a channel can carry it: buttons; else links, one for each rating where there is html; else digits and a link. */
export function surveyParts({ surveyId, language, own, url }: Question, { content }: Capabilities): ContentPart[] {
  const { labels, plain, digits, more, question } = words[language];
  const asked = own ?? question;
  if (content.choices !== null && content.choices.max >= RATINGS.length) {
    const choices = RATINGS.toReversed().map((rating) => ({
      id: ratingChoice(surveyId, rating),
      label: `${rating} – ${labels[rating - 1]}`,
    }));
    return [{ type: 'choices', prompt: `${asked}\n${more} ${url}`, choices }];
  }
  // Where the customer types on a telephone, each character counts and a digit is the shortest way.
  if (content.text.segments) return [{ type: 'text', text: `${asked} ${digits} ${url}` }];
  if (!content.text.html) return [{ type: 'text', text: `${asked}\n${plain} ${url}` }];
  const rows = RATINGS.toReversed().map((rating) => ({
    label: `${rating} – ${labels[rating - 1]}`,
    to: `${url}?rating=${rating}`,
  }));
  return [
    { type: 'text', text: [asked, '', ...rows.map(({ label, to }) => `${label}: ${to}`)].join('\n') },
    {
      type: 'html',
      html: `<p>${escaped(asked)}</p><p>${rows.map(({ label, to }) => `<a href="${to}">${escaped(label)}</a>`).join('<br>')}</p>`,
    },
  ];
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
