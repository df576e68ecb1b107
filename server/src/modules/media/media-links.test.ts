import { describe, expect, it } from '@jest/globals';
import type { Config } from '@switchboard/config';
import { openSecretBox } from '../../platform/secrets/secret-box.ts';
import { MediaLinks } from './media-links.ts';

let now = new Date('2026-03-02T10:20:00Z');
const config = { PUBLIC_URL: 'https://help.example' } as Config;
const links = new MediaLinks(openSecretBox(Buffer.alloc(32, 7)), config, { now: () => now });
const asked = (link: string) => Object.fromEntries(new URL(link).searchParams) as { exp: string; sig: string };

describe('a signed link', () => {
  const link = links.sign('file-1', 3_600_000);

  it('opens the file until it ends, which is on the hour', () => {
    expect(link).toMatch(/^https:\/\/help\.example\/media\/file-1\?exp=\d+&sig=[\w-]{43}$/);
    now = new Date('2026-03-02T11:59:59Z');
    expect(links.verify('file-1', asked(link))).toBe('good');
    now = new Date('2026-03-02T12:00:00Z');
    expect(links.verify('file-1', asked(link))).toBe('expired');
  });

  it.each([
    ['another file', 'file-2', {}],
    ['a later end', 'file-1', { exp: '4102444800' }],
    ['another signature', 'file-1', { sig: 'A'.repeat(43) }],
    ['no signature', 'file-1', { sig: '' }],
  ])('does not open %s', (_, mediaId, change) => {
    expect(links.verify(mediaId, { ...asked(link), ...change })).toBe('forged');
  });
});
