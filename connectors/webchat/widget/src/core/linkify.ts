export interface Segment {
  readonly text: string;
  /** Only ever http, https or mailto. */
  readonly href?: string;
}

// Every repetition has an end: a hostile text costs no more than another.
const candidate =
  /(?:https?:\/\/|www\.[^\s<>".]{1,63}\.)[^\s<>"]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gi;
const punctuation = '.,;:!?\'"…»”’';
const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Without what belongs to the sentence. A closing bracket belongs to the address only where the address opens one. */
const trim = (found: string): string => {
  let text = found;
  for (;;) {
    const last = text.at(-1) ?? '';
    const opener = openers[last];
    const unopened = opener !== undefined && text.split(opener).length < text.split(last).length;
    if (last === '' || !(punctuation.includes(last) || unopened)) return text;
    text = text.slice(0, -1);
  }
};

const hrefOf = (text: string): string | undefined => {
  const scheme = /^https?:/i.test(text) ? '' : /^www\./i.test(text) ? 'https://' : 'mailto:';
  try {
    return new URL(scheme + text).href;
  } catch {
    return undefined;
  }
};

/** Cuts a text into plain pieces and links. The pieces put together are the text. */
export const linkify = (text: string): Segment[] => {
  const segments: Segment[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(candidate)) {
    const link = trim(found);
    const href = hrefOf(link);
    if (!href) continue;
    if (index > end) segments.push({ text: text.slice(end, index) });
    segments.push({ text: link, href });
    end = index + link.length;
  }
  if (end < text.length) segments.push({ text: text.slice(end) });
  return segments;
};
