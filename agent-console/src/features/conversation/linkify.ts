export type Piece = { text: string; href?: string };

/** Addresses in plain words. Only http, https and mailto ever become links. */
const address = /\b(?:https?:\/\/|www\.)[^\s<>"'`]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/gi;
const TRAILING = /[.,;:!?'"”’)\]}>]+$/;

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const found = trimEnd(match[0]);
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: found, href: hrefOf(found) });
    end = match.index + found.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** Punctuation after an address belongs to the sentence, a closing bracket to the address only if it opened there. */
function trimEnd(found: string): string {
  const trailing = TRAILING.exec(found)?.[0] ?? '';
  const bare = found.slice(0, found.length - trailing.length);
  const opened = (bare.match(/\(/g)?.length ?? 0) > (bare.match(/\)/g)?.length ?? 0);
  return opened && trailing.startsWith(')') ? `${bare})` : bare;
}

function hrefOf(found: string): string {
  if (/^https?:/i.test(found)) return found;
  return /^www\./i.test(found) ? `https://${found}` : `mailto:${found}`;
}
