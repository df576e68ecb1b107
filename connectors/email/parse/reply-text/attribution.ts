import { onWords, originalMarks, wroteVerbs } from './languages.ts';
import { anyOf } from './words.ts';

const verb = anyOf(wroteVerbs);
const address = String.raw`(?:<|&lt;|\[|\(|mailto:|")?[^\s<>@"()]+@[^\s<>@"()]+\.[^\s<>@"()]+`;
const clock = String.raw`(?:\d{1,2}\s?[:.hH時时点시]\s?\d{2}|\d{1,2}\s?(?:am|pm|uhr)\b)`;
const day = String.raw`(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{4}\s?[年년]|\d{1,2}[.,]?\s(?:de\s)?\p{L}{3,12}\.?,?\s(?:de\s)?\d{4}|\p{L}{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4})`;
const weekday = String.raw`\p{L}{2,12}\.?,?\s`;

const p = (source: string) => new RegExp(source, 'iu');

const hasMoment = p(`${clock}|${day}`);
const endsWithVerb = p(`${verb}[^\\p{L}\\p{N}]{0,8}$`);
const hasVerb = p(verb);
const hasAddress = p(address);
const endsWithColon = /[:：]\s*$/;
const beginsLikeOne = p(`^[-–—_*\\s]*(?:${anyOf(onWords)}|(?:${weekday}){0,2}\\d)`);
const beginsWithDate = p(`^(?:${weekday})?${day}`);
const endsWithAddress = p(`${address}[>\\])"]*\\s*[:：]?$`);
const dashed = /^[\s>*]*[-–—_=*]{2,}\s*(.{3,160}?)\s*[-–—_=*]{2,}[\s*]*$/u;
const mark = p(`^(?:${originalMarks.map((words) => words.replace(/[()]/g, '\\$&')).join('|')})`);
const markAlone = p(`^[-–—_*\\s]*(?:${originalMarks.join('|')})\\s*[:：]?[-–—_*\\s]*$`);

const stamp = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}\s+\d{1,2}:\d{2}\s+(GMT|UTC)[+-]?[\d:]*\s+\S/i;
const hasClock = p(clock);

const tests: readonly ((joined: string) => boolean)[] = [
  // "-----Original Message-----", "---- On Tue … Sam wrote ----", "----- Forwarded by J. Doe on … -----"
  (joined) => {
    const inner = dashed.exec(joined)?.[1];
    return inner !== undefined && (mark.test(inner) || endsWithVerb.test(inner));
  },
  (joined) => markAlone.test(joined),
  // "Am 3. März 2026 um 10:12 schrieb Jane:" in either order of name and verb
  (joined) => endsWithColon.test(joined) && hasAddress.test(joined) && hasVerb.test(joined),
  (joined) =>
    endsWithColon.test(joined) && beginsLikeOne.test(joined) && hasMoment.test(joined) && hasVerb.test(joined),
  (joined) =>
    beginsLikeOne.test(joined) && (hasMoment.test(joined) || hasAddress.test(joined)) && endsWithVerb.test(joined),
  // "Jane via Forum wrote:", "Jane wrote on 3 March 2026 at 10:12:", "Posted by jane on 03/03/2026"
  (joined) => / via /i.test(joined) && endsWithColon.test(joined) && endsWithVerb.test(joined),
  (joined) => endsWithColon.test(joined) && joined.length < 120 && hasVerb.test(joined) && hasClock.test(joined),
  (joined) => /^posted by .{1,80} on \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/i.test(joined),
  (joined) => joined.length < 120 && stamp.test(joined) && !/[<@]/.test(joined),
  // "2026-03-02 11:28 GMT+03:00 Jane <jane@example.com>:"
  (joined) => endsWithColon.test(joined) && endsWithAddress.test(joined) && hasMoment.test(joined),
  (joined) => beginsWithDate.test(joined) && endsWithAddress.test(joined) && /[<>]/.test(joined),
];

const lastSigns = new Set(':：>-–—_*])');
const mayEnd = (line: string) => lastSigns.has(line.at(-1) ?? '');
const mayBegin = p(`^[-–—_*\\s]*(?:${anyOf(onWords)}.*\\d|(?:${weekday}){0,2}\\d.*|.*[@<].*)`);
const maxLines = 6;
const maxLength = 500;

/** "I wrote to info@example.org on Monday:" is told, not quoted. */
const firstPerson = /^(i|i['’]ve|we|ich|wir|j['’]ai|nous|yo|ho|abbiamo|eu|ik|wij|jag|jeg|vi)\b/i;

const isOne = (joined: string) =>
  joined.length <= maxLength && !firstPerson.test(joined) && tests.some((test) => test(joined));

/**
 * How many lines from here announce a quoted mail; 0 for none. Mail programs break the line where they like, even around an
 * empty line or right before the address.
 */
export const attributionLength = (lines: readonly string[], at: number): number => {
  const first = lines[at] ?? '';
  // Cheapest question first: most lines are followed by none that could end one.
  if (first.length > maxLength) return 0;
  if (!/^(posted|\d)/i.test(first) && !lines.slice(at, at + maxLines).some(mayEnd)) return 0;
  const span = mayBegin.test(first) ? maxLines : 1;
  let joined = '';
  for (let length = 1; length <= span && at + length <= lines.length; length += 1) {
    const line = lines[at + length - 1] ?? '';
    const next = lines[at + length] ?? '';
    if (line === '' && !/^[<>]/.test(next)) return 0;
    joined = joined === '' ? line : `${joined} ${line}`;
    if (joined.length > maxLength) return 0;
    if ((mayEnd(line) || length === 1) && isOne(joined)) return length;
  }
  return 0;
};
