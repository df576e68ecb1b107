import { expect, it } from '@jest/globals';
import type { ContentPart } from '@switchboard/contract';
import { previewOf } from './preview.ts';

it.each<[ContentPart[], string]>([
  [[{ type: 'text', text: ' Hello,\n\n  where is it? ' }], 'Hello, where is it?'],
  [
    [
      { type: 'html', html: '<p>x</p>' },
      { type: 'text', text: 'plain' },
    ],
    'plain',
  ],
  [[{ type: 'html', html: '<p>x</p>' }], 'The subject'],
  [[{ type: 'media', media: { source: 's', fileName: 'bill.pdf' } }], '📎 bill.pdf'],
  [[{ type: 'media', media: { source: 's', mimeType: 'image/png' } }], '📎 image'],
  [[{ type: 'location', latitude: 1, longitude: 2, label: 'Depot' }], '📍 Depot'],
  [[{ type: 'choice', id: 'yes', label: 'Yes' }], 'Yes'],
])('%j shows as %s', (parts, line) => {
  expect(previewOf(parts, 'The subject')).toBe(line);
});

it('is one line of at most 160 characters', () => {
  const line = previewOf([{ type: 'text', text: 'word '.repeat(100) }]);
  expect(line).toHaveLength(160);
  expect(line.endsWith('…')).toBe(true);
});
