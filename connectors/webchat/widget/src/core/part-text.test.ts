import { expect, it } from '@jest/globals';
import type { ContentPart } from '@switchboard/contract';
import { partText, shownParts } from './part-text.ts';

const html = (text: string): ContentPart => ({ type: 'html', html: text });

it.each<[ContentPart, string | null]>([
  [{ type: 'text', text: 'a <b>' }, 'a <b>'],
  [html('<p>Hello <b>Ada</b>,</p><p>one<br>two</p>'), 'Hello Ada,\none\ntwo'],
  [html('<style>p{}</style><script>alert(1)</script>a &amp; b &#39;c&#39; &copy;'), "a & b 'c' &copy;"],
  [{ type: 'location', latitude: 1, longitude: 2 }, '1, 2'],
  [{ type: 'choices', prompt: 'Which?', choices: [{ id: 'a', label: 'A' }] }, 'Which?\n• A'],
  [{ type: 'media', media: { source: 'x' } }, null],
])('%j says %j', (part, expected) => {
  expect(partText(part)).toBe(expected);
});

it('shows html only where it is not a copy of the text', () => {
  const text: ContentPart = { type: 'text', text: 'a' };
  expect(shownParts([text, html('a')])).toEqual([text]);
  expect(shownParts([html('a')])).toEqual([html('a')]);
});
