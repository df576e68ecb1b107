const escape = (word: string) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]$/u;

/** One of the words, whole (scripts that write no spaces know no word's end). The longest wins. */
export const anyOf = (words: readonly string[]): string =>
  `(?:${[...new Set(words)]
    .sort((a, b) => b.length - a.length)
    .map((word) => (withoutSpaces.test(word) ? escape(word) : `(?<![\\p{L}\\p{N}])${escape(word)}(?![\\p{L}\\p{N}])`))
    .join('|')})`;
