import { expect, it } from '@jest/globals';
import type { ContentPart } from '@switchboard/contract';
import { partText } from './part-text.ts';

it.each<[ContentPart, string | null]>([
  [{ type: 'text', text: 'a <b>' }, 'a <b>'],
  [{ type: 'html', html: '<p>a</p>' }, null],
  [{ type: 'location', latitude: 1, longitude: 2 }, '1, 2'],
  [{ type: 'choices', prompt: 'Which?', choices: [{ id: 'a', label: 'A' }] }, 'Which?'],
  [{ type: 'media', media: { source: 'x' } }, null],
])('%j says %j', (part, expected) => {
  expect(partText(part)).toBe(expected);
});
