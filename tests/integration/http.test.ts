import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AgentsModule } from '../../server/src/modules/agents/index.ts';
import { Health } from '../../server/src/platform/http/health.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

jest.setTimeout(60_000);
let hub: Modules;
let browser: ApiClient;
beforeAll(async () => {
  hub = await startModules([AgentsModule], {}, { PUBLIC_URL: 'https://help.example' });
  browser = hub.browser();
});
afterAll(() => hub.stop());
const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await browser.fetch(path, { headers });
  return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
};

describe('health', () => {
  it('is live, and ready with each dependency named', async () => {
    expect(JSON.parse((await get('/health/live')).text)).toEqual({ ok: true });
    const ready = await get('/health/ready');
    expect(ready.status).toBe(200);
    const { dependencies } = JSON.parse(ready.text) as { dependencies: object };
    expect(Object.keys(dependencies)).toEqual(['database', 'bus', 'jobs', 'presence']);
  });

  it('is not ready while a dependency fails or is silent, or while draining', async () => {
    const fails = await startModules([AgentsModule], {
      presence: {
        ...hub.platform.presence,
        healthy: async () => ({ ok: false, detail: 'gone' }),
        members: async () => [],
      } as never,
      jobs: { ...hub.platform.jobs, healthy: () => Promise.reject(new Error('broken')) } as never,
    });
    try {
      const readiness = await fails.app.get(Health).ready();
      expect(readiness).toMatchObject({
        ok: false,
        dependencies: { database: { ok: true }, presence: { detail: 'gone' }, jobs: { ok: false, detail: 'broken' } },
      });
      expect((await fails.browser().fetch('/health/ready')).status).toBe(503);
    } finally {
      await fails.stop();
    }
    const drains = await startModules([AgentsModule]);
    try {
      drains.app.get(Health).drain();
      expect(await drains.app.get(Health).ready()).toMatchObject({ ok: false, draining: true });
    } finally {
      await drains.stop();
    }
  });
});

it('compresses what is long and text', async () => {
  const long = await get('/api/openapi.json', { 'accept-encoding': 'br, gzip' });
  expect([long.headers['content-encoding'], long.headers['vary']]).toEqual(['br', 'accept-encoding']);
  expect(JSON.parse(long.text)).toHaveProperty('paths');
  expect((await get('/api/docs/swagger-ui.css', { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBe(
    'gzip',
  );
  expect((await get('/api/docs/favicon-32x32.png')).headers).not.toHaveProperty('content-encoding');
  expect((await get('/health/live')).headers).not.toHaveProperty('content-encoding');
});

it('measures itself by route, not by address', async () => {
  await get('/api/v1/invitations/some-token');
  const { text, headers } = await get('/metrics');
  expect(headers['content-type']).toMatch(/^text\/plain/);
  expect(text).toContain(
    'switchboard_http_request_seconds_count{method="GET",route="/api/v1/invitations/:token",status="404"} 1',
  );
  expect(text).toContain('switchboard_sockets{namespace="/console"} 0');
  expect(text).toContain('process_cpu_seconds_total');
});

describe('every answer', () => {
  it.each(['/health/live', '/api/v1/setup', '/api/v1/session', '/nothing.png', '/api/docs'])(
    '%s has the security headers',
    async (path) => {
      const { headers } = await get(path);
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'self'; img-src 'self' data: blob:"),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'strict-transport-security': expect.stringContaining('max-age='),
      });
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).not.toHaveProperty('x-powered-by');
    },
  );

  it('marks the session for TLS alone where the hub is reached by it', async () => {
    const body = { organisation: 'Acme', name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };
    const response = await browser.ask('setup.create', { body });
    expect(response.headers.get('set-cookie')).toContain('; Secure');
  });
});

describe('addresses', () => {
  it('of the API that do not exist are refused as JSON, also to browsers', async () => {
    const { status, text } = await get('/api/v1/nothing', { accept: 'text/html' });
    expect([status, (JSON.parse(text) as { error: { code: string } }).error.code]).toEqual([404, 'not-found']);
  });

  it('of pages are the console, or say that it is not built', async () => {
    const page = await get('/inbox/open', { accept: 'text/html' });
    expect([200, 503]).toContain(page.status);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.text).toContain('Switchboard');
    expect((await get('/inbox/open', { accept: 'application/json' })).status).toBe(404);
  });

  it.each([
    '/../server/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/%00.js',
    '/.env',
  ])('that climb out of the folder find nothing: %s', async (path) => {
    const { status, text } = await get(path);
    expect([400, 403, 404]).toContain(status);
    expect(text).not.toContain('"workspaces"');
  });

  it('of the documentation show the whole API', async () => {
    const document = JSON.parse((await get('/api/openapi.json')).text) as { openapi: string; servers: object[] };
    expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/api/v1' }] });
    const page = await get('/api/docs');
    for (const [, file] of page.text.matchAll(/(?:src|href)="([^"]+)"/g))
      expect([file, (await get(file as string)).status]).toEqual([file, 200]);
    expect((await get('/api/docs/package.json')).status).toBe(404);
  });
});

it('refuses what is no JSON, or too much of it, in the one shape of errors', async () => {
  const post = (body: string) =>
    browser.fetch('/api/v1/session', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  const bad = await post('{"email":');
  expect([bad.status, await bad.json()]).toEqual([
    400,
    { error: expect.objectContaining({ code: 'invalid', message: 'The request’s body is not valid JSON' }) },
  ]);
  const wrong = await post('{"email":"nobody","password":"x"}');
  expect(await wrong.json()).toMatchObject({ error: { code: 'invalid', fields: [{ path: 'email' }] } });
  const large = await post(JSON.stringify({ email: 'x'.repeat(4_000_000) }));
  expect([large.status, await large.json()]).toMatchObject([413, { error: { code: 'too-large' } }]);
});
