/** Lower-case words without accents, for finding by prefix: `Renée O'Neill` gives renee, o'neill. At most 60. */
export function searchWords(...texts: (string | null | undefined)[]): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    for (const word of plain(text ?? '').split(/[\s,;:!?"()<>[\]{}/]+/)) {
      const bare = word.replace(/^[.'#-]+|[.'-]+$/g, '');
      if (bare.length > 0) words.add(bare.slice(0, 100));
      if (words.size >= 60) return [...words];
    }
  }
  return [...words];
}

/** Each typed word as an anchored prefix: what the index can answer. */
export const prefixOf = (word: string): RegExp => new RegExp(`^${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
