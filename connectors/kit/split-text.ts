/** Where a text is best cut, best first: between paragraphs, lines, sentences, words. */
const seams = [/\n\s*\n/g, /\n/g, /(?<=[.!?…])\s/g, /\s/g];

/** The end of the first piece: at the last seam that leaves it at least half full. */
const cutOf = (text: string, longest: number): number => {
  const head = text.slice(0, longest + 1);
  for (const seam of seams) {
    const at = [...head.matchAll(seam)].map(({ index }) => index).findLast((index) => index <= longest);
    if (at !== undefined && at >= longest / 2) return at;
  }
  // Never between the halves of one character.
  return /[\ud800-\udbff]/.test(text[longest - 1] ?? '') ? longest - 1 : longest;
};

/** A text in pieces of at most so many UTF-16 units, cut where people would. */
export const splitText = (text: string, longest: number): string[] => {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > longest) {
    const at = cutOf(rest, longest);
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).replace(/^[ \t]*\n*/, '');
  }
  return [...pieces, rest].filter((piece) => piece.trim() !== '');
};
