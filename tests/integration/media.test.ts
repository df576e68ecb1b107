import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MediaView } from '@switchboard/contract';
import { AgentsModule } from '../../server/src/modules/agents/index.ts';
import { MediaLinks, MediaModule } from '../../server/src/modules/media/index.ts';
import { LARGEST_UPLOAD } from '../../server/src/platform/http/create-http.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

jest.setTimeout(60_000);
let hub: Modules;
let agent: ApiClient;
beforeAll(async () => {
  hub = await startModules([AgentsModule, MediaModule]);
  agent = await hub.administrator();
});
afterAll(() => hub.stop());

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const film = Buffer.concat([
  Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex'),
  Buffer.alloc(1_000_000, 'film'),
]);

function post(bytes: Uint8Array, name: string, type = 'application/octet-stream'): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
  return agent.fetch('/api/v1/media', { method: 'POST', body: form });
}
const upload = async (bytes: Uint8Array, name: string, type?: string) =>
  (await (await post(bytes, name, type)).json()) as MediaView;
const chunksLeft = () => hub.platform.connection.collection('media.chunks').countDocuments({});

describe('an upload', () => {
  it('has the type of its bytes, and is read back as it was', async () => {
    const view = await upload(png, '../Fotoß "1".png', 'text/html');
    expect(view).toEqual({
      mediaId: view.mediaId,
      fileName: 'Fotoß "1".png',
      mimeType: 'image/png',
      bytes: png.length,
    });
    const response = await agent.fetch(`/api/v1/media/${view.mediaId}`);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `inline; filename="Foto_ _1_.png"; filename*=UTF-8''Foto%C3%9F%20%221%22.png`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('that is a page is only ever a download', async () => {
    const { mediaId, mimeType } = await upload(Buffer.from('<script>alert(1)</script>'), 'cat.png', 'image/png');
    expect(mimeType).toBe('text/plain');
    const response = await agent.fetch(`/api/v1/media/${mediaId}`);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
  });

  it('of exactly the limit is taken', async () => {
    const view = await upload(Buffer.alloc(LARGEST_UPLOAD, 'x'), 'full.txt');
    expect(view.bytes).toBe(LARGEST_UPLOAD);
    await hub.platform.media.remove(view.mediaId);
  });

  it('of more is refused in plain words and leaves nothing', async () => {
    const before = await chunksLeft();
    for (const beyond of [1, 1_000_000]) {
      const response = await post(Buffer.alloc(LARGEST_UPLOAD + beyond, 'x'), 'much.txt');
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({
        error: { code: 'too-large', message: 'The file is larger than 25 MB' },
      });
    }
    expect(await chunksLeft()).toBe(before);
  });

  it('that breaks off leaves nothing either', async () => {
    const before = await chunksLeft();
    for (const after of [0, 1, 300_000, 600_000]) {
      async function* broken() {
        yield Buffer.alloc(after, 'x');
        throw new Error('The line broke');
      }
      const upload = hub.platform.media.put(
        `broken-${after}`,
        { fileName: 'a', mimeType: 'b' },
        Readable.from(broken()),
      );
      await expect(upload).rejects.toThrow('The line broke');
      expect(await chunksLeft()).toBe(before);
    }
  });

  it('without a file, or in another form, is refused', async () => {
    const form = new FormData();
    form.append('text', 'no file');
    expect((await agent.fetch('/api/v1/media', { method: 'POST', body: form })).status).toBe(400);
    const json = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    expect((await agent.fetch('/api/v1/media', json)).status).toBe(406);
    expect((await hub.browser().fetch('/api/v1/media', { method: 'POST', body: form })).status).toBe(401);
  });
});

describe('reading', () => {
  it('gives players the part that they ask for', async () => {
    const { mediaId } = await upload(film, 'film.mp4');
    const part = await agent.fetch(`/api/v1/media/${mediaId}`, { headers: { range: 'bytes=600000-600009' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 600000-600009/${film.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(film.subarray(600_000, 600_010));
    const beyond = await agent.fetch(`/api/v1/media/${mediaId}`, { headers: { range: 'bytes=9000000-' } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${film.length}`]);
  });

  it('answers whoever has it already with 304', async () => {
    const { mediaId } = await upload(png, 'a.png');
    const etag = (await agent.fetch(`/api/v1/media/${mediaId}`)).headers.get('etag') as string;
    const again = await agent.fetch(`/api/v1/media/${mediaId}`, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('needs a session, and a file', async () => {
    const { mediaId } = await upload(png, 'a.png');
    expect((await hub.browser().fetch(`/api/v1/media/${mediaId}`)).status).toBe(401);
    expect((await agent.fetch(`/api/v1/media/${randomUUID()}`)).status).toBe(404);
  });
});

describe('a signed link', () => {
  it('opens its file to everyone, from any page', async () => {
    const { mediaId } = await upload(png, 'a.png');
    const { pathname, search } = new URL(hub.app.get(MediaLinks).sign(mediaId, 60_000));
    const stranger = hub.browser();
    const response = await stranger.fetch(pathname + search, { headers: { origin: 'https://elsewhere.example' } });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect((await stranger.fetch(pathname)).status).toBe(403);
    expect((await stranger.fetch(pathname + search.replace('sig=', 'sig=A'))).status).toBe(403);
    expect((await stranger.fetch(`/media/${randomUUID()}${search}`)).status).toBe(403);
    expect((await stranger.fetch(`${pathname}${search}&sig=x`)).status).toBe(403);
  });
});
