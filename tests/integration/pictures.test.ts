import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AgentView, Me } from '@switchboard/contract';
import { AgentsModule } from '../../server/src/modules/agents/index.ts';
import { AuditModule } from '../../server/src/modules/audit/index.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

jest.setTimeout(60_000);
let hub: Modules;
let admin: ApiClient;
beforeAll(async () => {
  hub = await startModules([AgentsModule, AuditModule]);
  admin = await hub.administrator();
});
afterAll(() => hub.stop());

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const jpeg = Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.alloc(100)]);
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

async function put(browser: ApiClient, path: string, bytes: Uint8Array): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'me.png');
  return browser.fetch(`/api/v1${path}`, { method: 'PUT', body: form });
}
const mine = async (bytes: Uint8Array) =>
  ((await (await put(admin, '/me/picture', bytes)).json()) as Me).avatarUrl ?? '';
const kept = () => hub.platform.connection.collection('media.files').countDocuments({});

async function anAgent(): Promise<{ id: string; browser: ApiClient }> {
  const body = { email: `${randomUUID()}@example.com`, name: 'Grace' };
  const { agent, link } = await admin.call('invitations.create', { body });
  const browser = hub.browser();
  const params = { token: link.split('/').at(-1) ?? '' };
  await browser.call('invitations.accept', { params, body: { name: 'Grace', password: 'correct horse battery' } });
  return { id: agent.id, browser };
}

describe('an agent’s picture', () => {
  it('is shown to everyone, from any page, and kept by browsers for good', async () => {
    const address = await mine(png);
    const response = await hub.browser().fetch(address, { headers: { origin: 'https://elsewhere.example' } });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect((await admin.call('agents.list', {})).items[0]?.avatarUrl).toBe(address);
  });

  it('gets another address when it changes; the old one leads to it, and the old file is gone', async () => {
    const old = await mine(png);
    const before = await kept();
    const address = await mine(jpeg);
    expect(address).not.toBe(old);
    expect(await kept()).toBe(before);
    const response = await hub.browser().fetch(old);
    expect([response.status, response.headers.get('location')]).toEqual([302, address]);
  });

  it('that is taken back leaves initials and nothing else', async () => {
    const address = await mine(png);
    const before = await kept();
    expect(await admin.call('me.removePicture')).not.toHaveProperty('avatarUrl');
    expect((await hub.browser().fetch(address)).status).toBe(404);
    expect(await kept()).toBe(before - 1);
    expect(await admin.call('me.removePicture')).not.toHaveProperty('avatarUrl');
  });

  it('is a PNG, JPEG or WebP file by its bytes, of at most 1 MB', async () => {
    for (const bytes of [gif, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), Buffer.alloc(0)])
      expect((await put(admin, '/me/picture', bytes)).status).toBe(400);
    const limit = Buffer.concat([png, Buffer.alloc(1_048_576 - png.length)]);
    expect((await put(admin, '/me/picture', limit)).status).toBe(200);
    expect((await put(admin, '/me/picture', Buffer.concat([limit, Buffer.alloc(1)]))).status).toBe(413);
  });

  it('of another is for administrators to change, and that is written down', async () => {
    const grace = await anAgent();
    expect((await put(grace.browser, `/agents/${grace.id}/picture`, png)).status).toBe(403);
    expect((await put(grace.browser, '/me/picture', png)).status).toBe(200);
    const view = (await (await put(admin, `/agents/${grace.id}/picture`, jpeg)).json()) as AgentView;
    expect(view.avatarUrl).toMatch(`/faces/${grace.id}/`);
    await admin.call('agents.removePicture', { params: { id: grace.id } });
    const { items } = await admin.call('audit.list', {});
    const about = items.filter(({ subject }) => subject === grace.id).map(({ action }) => action);
    expect(about.slice(0, 2)).toEqual(['agent.picture-removed', 'agent.picture-changed']);
    expect((await put(admin, `/agents/${randomUUID()}/picture`, png)).status).toBe(404);
    expect((await put(hub.browser(), '/me/picture', png)).status).toBe(401);
  });
});
