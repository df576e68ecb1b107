import { describe, expect, it } from '@jest/globals';
import { linkify } from './linkify.ts';

describe('linkify', () => {
  it.each([
    ['no address here', []],
    ['See https://x.io/a?b=1.', ['https://x.io/a?b=1']],
    ['(https://x.io/a)', ['https://x.io/a']],
    ['https://en.wikipedia.org/wiki/Foo_(bar), yes', ['https://en.wikipedia.org/wiki/Foo_(bar)']],
    ['www.x.io!', ['https://www.x.io']],
    ['write to ada@x.io, please', ['mailto:ada@x.io']],
    ['javascript:alert(1) data:text/html,x', []],
  ])('%s', (text, hrefs) => {
    const pieces = linkify(text);
    expect(pieces.flatMap((piece) => piece.href ?? [])).toEqual(hrefs);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  });
});
