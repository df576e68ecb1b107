import { headerKindOf } from './header-line.ts';
import type { HeaderKind } from './languages.ts';
import { shapeOf, toLines, visible, type Line } from './lines.ts';

export interface ReplyText {
  /** The sender's new words. */
  readonly own: string;
  /** What was only repeated or signed. */
  readonly rest: string;
}

const upTo = (lines: readonly Line[], end: number): readonly Line[] => (end < 0 ? lines : lines.slice(0, end));

/** The next header line of a block may stand after a wrapped value or an empty line. */
const maxGap = 2;

const blockEnd = (lines: readonly Line[], start: number): number => {
  let end = start + 1;
  for (let at = end; at < lines.length && at - end <= maxGap; at += 1) if (lines[at]?.kind === 'h') end = at + 1;
  return end;
};

/** Three header lines are a quoted mail's head; two are if they hold an address. A list of trips ("From: Berlin") is none. */
const isMailHead = (block: readonly Line[]): boolean => {
  const names = new Set<HeaderKind | null>(block.map((line) => headerKindOf(visible(line.text))));
  names.delete(null);
  const addressed = block.some((line) => line.text.includes('@'));
  if (names.size < 2 || !(names.has('from') || names.has('date') || names.has('sent'))) return false;
  return addressed || names.has('sent') || (names.size >= 3 && names.has('subject'));
};

/**
 * Where the head of a quoted mail begins, with the line drawn above it. A head at the very top is none: the mail of a web
 * form begins with "From: …, Subject: …".
 */
const mailHeadAt = (lines: readonly Line[]): number => {
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]?.kind !== 'h') continue;
    const end = blockEnd(lines, at);
    if (isMailHead(lines.slice(at, end))) {
      const start = lines.slice(0, at).findLastIndex((line) => !/[eldb]/.test(line.kind)) + 1;
      if (start > 0 || lines.slice(0, at).some((line) => line.kind === 'b')) return start;
    }
    at = end - 1;
  }
  return -1;
};

/** A signature under a drawn line is short; a longer part under it is a section of the mail. */
const signatureLines = { d: 24, l: 8 } as const;

const signatureAt = (lines: readonly Line[]): number => {
  const top = lines.findIndex((line) => /[tqsh]/.test(line.kind));
  let below = 0;
  let found = -1;
  for (let at = lines.length - 1; top >= 0 && at > top && below <= signatureLines.d; at -= 1) {
    const kind = lines[at]?.kind ?? 'e';
    if ((kind === 'd' || kind === 'l') && below <= signatureLines[kind]) found = at;
    if (kind !== 'e') below += 1;
  }
  return found;
};

interface Rule {
  readonly shape: RegExp;
  readonly keep: (lines: readonly Line[], found: RegExpExecArray) => readonly Line[];
}

/**
 * In this order, each on what the one before has left. `b` announces a quoted mail, `q` is quoted, the rest is text (below a
 * quote, up to seven lines are a footer or signature and no answer).
 */
const rules: readonly Rule[] = [
  { shape: /^e*b[be]*q[qe]*(?=t)/, keep: (lines, found) => lines.slice(found[0].length) },
  { shape: /te*b[^q]*$/, keep: (lines, found) => lines.slice(0, found.index + 1) },
  { shape: /te*b[ebq]*(?:te*){0,6}$/, keep: (lines, found) => lines.slice(0, found.index + 1) },
  { shape: /(?<=t)[ebq]+$/, keep: (lines, found) => lines.slice(0, found.index) },
];

/** Of the sender's view: all that is neither empty nor quoted nor an announcement counts as text. */
const broadShape = (lines: readonly Line[]) => shapeOf(lines).replace(/[hdls]/g, 't');

/** "Sent from my telephone" where nothing follows it. */
const deviceLineAt = (lines: readonly Line[]): number => {
  const end = lines.findLastIndex((line) => !/[sel]/.test(line.kind)) + 1;
  const at = lines.slice(end).findIndex((line) => line.kind === 's');
  return at < 0 ? -1 : end + at;
};

const nameLine = /^[-–—]\s?\p{Lu}[\p{L}.'’]*(?:\s\p{Lu}[\p{L}.'’]*){0,2}$/u;

/** "-Jane Doe" as the last line, if it is no item of a list. */
const dashedNameAt = (lines: readonly Line[]): number => {
  const last = lines.findLastIndex((line) => line.kind !== 'e');
  const isName = last > 0 && nameLine.test(lines[last]?.text.trim() ?? '');
  return isName && !lines.slice(0, last).some((line) => /^\s*[-–—*•]\s?\S/.test(line.text)) ? last : -1;
};

const ownLines = (all: readonly Line[]): readonly Line[] => {
  let kept = upTo(all, mailHeadAt(all));
  kept = upTo(
    kept,
    kept.findIndex((line) => line.kind === 'r'),
  );
  for (const { shape, keep } of rules) {
    const found = shape.exec(broadShape(kept));
    if (found) kept = keep(kept, found);
  }
  kept = upTo(kept, signatureAt(kept)).filter((line) => line.kind !== 'b');
  kept = upTo(kept, deviceLineAt(kept));
  kept = upTo(kept, dashedNameAt(kept));
  if (!kept.some((line) => /[th]/.test(line.kind))) return [];
  return kept.slice(0, kept.findLastIndex((line) => !/[eq]/.test(line.kind)) + 1);
};

const join = (lines: readonly Line[]) =>
  lines
    .map((line) => line.text.trimEnd())
    .join('\n')
    .replace(/^\n+|\s+$/g, '');

/** Splits a plain mail into the sender's own words and what was quoted or signed. */
export const splitPlain = (text: string): ReplyText => {
  const lines = toLines(text);
  const own = ownLines(lines);
  const isOwn = new Set(own);
  return { own: join(own), rest: join(lines.filter((line) => !isOwn.has(line))) };
};
