import { describe, expect, it } from '@jest/globals';
import { mayShowInPlace, sniffType } from './media-type.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('the type of a file', () => {
  it.each([
    ['a picture, whatever its name says', png, 'invoice.html', 'image/png', true],
    ['a page that calls itself a picture', bytes('<html><script>alert(1)</script>'), 'cat.png', 'text/plain', false],
    ['a page', bytes('<!doctype html><p>x'), 'page.html', 'text/html', false],
    [
      'a drawing with script',
      bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
      'a.svg',
      'image/svg+xml',
      false,
    ],
    ['a PDF', bytes('%PDF-1.7\n%'), 'a.pdf', 'application/pdf', false],
    ['a film', Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex'), 'a.bin', 'video/mp4', true],
    ['a sound', bytes('RIFF\x24\x08\x00\x00WAVEfmt '), 'a', 'audio/wav', true],
    ['a table', bytes('name,age\nAnna,3'), 'people.CSV', 'text/csv', false],
    ['plain words', Buffer.from('Grüße'), 'note', 'text/plain', false],
    ['words cut inside a letter', Buffer.from('Grüße').subarray(0, 3), 'note', 'text/plain', false],
    ['bytes that mean nothing', Buffer.from([0xff, 0x00, 0x12]), 'x.png', 'application/octet-stream', false],
    ['nothing', Buffer.alloc(0), 'empty.png', 'application/octet-stream', false],
  ])('%s', async (_, head, name, type, inPlace) => {
    expect(await sniffType(head, name)).toBe(type);
    expect(mayShowInPlace(type)).toBe(inPlace);
  });
});
