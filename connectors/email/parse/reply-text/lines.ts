import { attributionLength } from './attribution.ts';
import { headerKindOf } from './header-line.ts';
import { deviceMarks, replyAboveMarks } from './languages.ts';

/**
 * What a line of a plain mail is, as one letter, so that the shape of a mail is a string and its rules are patterns:
 * e empty · t text · q quoted ("> …") · b the line that announces a quoted mail ("On … wrote:") · h header of a quoted mail
 * · d signature mark · l drawn line · s "Sent from my telephone" · r "reply above this line"
 */
export type LineKind = 'e' | 't' | 'q' | 'b' | 'h' | 'd' | 'l' | 's' | 'r';
export interface Line {
  readonly text: string;
  readonly kind: LineKind;
}

const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const deviceLine = 120;

export const visible = (line: string): string => line.replace(unseen, '').replaceAll('\u00a0', ' ').trim();

const oneOf = (words: readonly string[]) => words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
const device = new RegExp(`^[*_([<]*(?:${oneOf(deviceMarks)}|\\w+ from mobile$|from my .{1,20}$)`, 'i');
const replyAbove = new RegExp(oneOf(replyAboveMarks), 'i');

const kinds: readonly (readonly [LineKind, (line: string) => boolean])[] = [
  ['e', (line) => line === ''],
  // "> x", "| x" in a row of such lines is left to text: tables look alike. "JD> x" is how some Unix readers quote.
  ['q', (line) => /^(>|&gt;|[A-Z]{1,4}>(\s|$))/.test(line)],
  ['r', (line) => line.length < 160 && replyAbove.test(line)],
  ['d', (line) => /^(-{2}|—|–|_{2})$/.test(line)],
  ['l', (line) => /^([-_=*~#+,—–ᐧ\s]{3,}|[_*~=#ᐧ])$/.test(line)],
  ['s', (line) => line.length < deviceLine && device.test(line)],
  ['h', (line) => headerKindOf(line) !== null],
];

/** No reply is longer; below, only quotes are told from text, so that a log file of 200,000 lines costs nothing. */
const carefulLines = 5000;

const roughKindOf = (line: string): LineKind => (line === '' ? 'e' : line.startsWith('>') ? 'q' : 't');
const kindOf = (line: string): LineKind => kinds.find(([, matches]) => matches(line))?.[0] ?? 't';

/** Between two lines of three backticks is code, in which a `>` is no quote. */
const codeLines = (lines: readonly string[]): Set<number> => {
  const fences = lines.flatMap((line, at) => (line.startsWith('```') ? [at] : []));
  const inside = new Set<number>();
  for (let pair = 0; pair + 1 < fences.length; pair += 2)
    for (let at = fences[pair] ?? 0; at <= (fences[pair + 1] ?? -1); at += 1) inside.add(at);
  return inside;
};

/** Lines as read: the text is kept as it stands, kinds are told from it without what cannot be seen. */
export const toLines = (text: string): Line[] => {
  const raw = text.replace(/\r\n?/g, '\n').split('\n');
  const clean = raw.map(visible);
  const coded = codeLines(clean);
  const found = clean.map((line, at) => (coded.has(at) ? 't' : at < carefulLines ? kindOf(line) : roughKindOf(line)));
  for (let at = 0; at < clean.length && at < carefulLines; at += 1) {
    if (found[at] === 'e' || found[at] === 'q' || coded.has(at)) continue;
    const length = attributionLength(clean, at);
    for (let end = at + length; at < end; at += 1) found[at] = 'b';
    if (length > 0) at -= 1;
  }
  return raw.map((line, index) => ({ text: line, kind: found[index] ?? 't' }));
};

export const shapeOf = (lines: readonly Line[]): string => lines.map((line) => line.kind).join('');
