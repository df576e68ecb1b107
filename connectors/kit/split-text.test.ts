import { describe, expect, it } from '@jest/globals';
import { splitText } from './split-text.ts';

describe('splitText', () => {
  it.each<[string, number, string[]]>([
    ['short', 10, ['short']],
    ['', 10, []],
    ['first one\n\nsecond', 12, ['first one', 'second']],
    ['line one\nline two', 10, ['line one', 'line two']],
    ['One is. Two is.', 10, ['One is.', 'Two is.']],
    ['words and words', 10, ['words and', 'words']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['aaa😀b', 4, ['aaa', '😀b']],
  ])('%j at %d', (text, longest, pieces) => expect(splitText(text, longest)).toEqual(pieces));

  it('loses no word, and makes no piece too long', () => {
    const text = Array.from({ length: 3_000 }, (_, at) => `word${at}${at % 17 === 0 ? '.\n\n' : ' '}`).join('');
    const pieces = splitText(text, 400);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(400);
    expect(pieces.join(' ').trim().split(/\s+/)).toEqual(text.trim().split(/\s+/));
  });
});
