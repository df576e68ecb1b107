import type { Mail } from './mail.ts';
import { splitHtml } from './reply-text/split-html.ts';
import { splitPlain, type ReplyText } from './reply-text/split-plain.ts';

/** Some programs put this into the plain part and the mail into the HTML part alone. */
const pleaseUseHtml =
  /^\W*(your (e-?mail|mail) (client|reader|program)|this (is an html|message is in html|e-?mail is in html)|html (message|mail)\W*$)/i;

/**
 * The sender's new words. The plain part is what the sender's own program made of the mail, so it comes first; where nothing
 * in it looks quoted although the HTML part has a marked quote, the mark is right.
 */
export const ownWordsOf = (mail: Mail): ReplyText => {
  const plain = mail.text.trim();
  if (mail.html === '') return splitPlain(plain);
  if (plain === '' || pleaseUseHtml.test(plain)) return splitHtml(mail.html);
  const fromPlain = splitPlain(plain);
  if (fromPlain.rest !== '') return fromPlain;
  const fromHtml = splitHtml(mail.html);
  return fromHtml.marked ? fromHtml : fromPlain;
};
