import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MediaStore } from '../../platform/media/media-store.ts';
import { cleanName, KeepMedia } from './keep-media.ts';

let kept: Map<string, Buffer>;
let keepMedia: KeepMedia;
beforeEach(() => {
  kept = new Map();
  const store: MediaStore = {
    async put(mediaId, { fileName, mimeType }, content) {
      const bytes = await buffer(content);
      kept.set(mediaId, bytes);
      return { mediaId, fileName, mimeType, bytes: bytes.length };
    },
    info: async () => null,
    open: () => Readable.from([]),
    remove: async () => undefined,
  };
  keepMedia = new KeepMedia(store, () => 'made-id');
});

async function* chunks(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part);
}

describe('keeping a file', () => {
  it('looks at the first bytes and keeps all of them', async () => {
    const view = await keepMedia.run({ fileName: 'a.csv' }, chunks('a,', 'b\n', '1,2'));
    expect(view).toEqual({ mediaId: 'made-id', fileName: 'a.csv', mimeType: 'text/csv', bytes: 7 });
    expect(kept.get('made-id')?.toString()).toBe('a,b\n1,2');
  });

  it('keeps a long one whole', async () => {
    const parts = Array.from({ length: 100 }, (_, index) => String(index).padStart(1000, 'x'));
    await keepMedia.run({ mediaId: 'given', fileName: 'long' }, chunks(...parts));
    expect(kept.get('given')?.toString()).toBe(parts.join(''));
  });

  it('refuses a larger one, and lets go of where it came from', async () => {
    let released = false;
    async function* endless() {
      try {
        for (;;) yield Buffer.alloc(1000);
      } finally {
        released = true;
      }
    }
    const keeping = keepMedia.run({ fileName: 'x', largest: 50_000 }, endless());
    await expect(keeping).rejects.toMatchObject({ code: 'too-large' });
    expect(released).toBe(true);
    expect(kept.size).toBe(0);
  });

  it('keeps an empty one', async () => {
    expect(await keepMedia.run({ fileName: 'x' }, chunks())).toMatchObject({ bytes: 0 });
  });
});

it.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\x\\photo.jpg', 'photo.jpg'],
  ['a\r\nSet-Cookie: b.txt', 'aSet-Cookie: b.txt'],
  ['cod\u202egnp.exe', 'codgnp.exe'],
  ['..', 'file'],
  ['', 'file'],
  [`${'n'.repeat(300)}.pdf`, `${'n'.repeat(196)}.pdf`],
])('calls %j %j', (given, name) => {
  expect(cleanName(given)).toBe(name);
});
