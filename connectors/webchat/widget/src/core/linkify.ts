export interface Segment {
  readonly text: string;
  /** Only ever http, https or mailto. */
  readonly href?: string;
}

const candidate = /https?:\/\/[^\s<>"]+|www\.[^\s<>"]+\.[^\s<>"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
const trailing = /[.,;:!?'"…»”’]+$/;

/** A closing bracket belongs to the address only where the address opens one. */
const trim = (found: string): string => {
  const text = found.replace(trailing, '');
  const closers = { ')': '(', ']': '[', '}': '{' } as const;
  const last = text.at(-1) as keyof typeof closers;
  const opener = closers[last];
  if (!opener) return text;
  return text.split(opener).length < text.split(last).length ? trim(text.slice(0, -1)) : text;
};

const hrefOf = (text: string): string | undefined => {
  const address = /^https?:/i.test(text) ? text : /^www\./i.test(text) ? `https://${text}` : `mailto:${text}`;
  try {
    return new URL(address).href;
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
