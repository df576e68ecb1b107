import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openSafeFetch } from './safe-fetch.ts';
import type { SafeFetch, SafeFetchLimits } from './safe-fetch.ts';

describe('openSafeFetch', () => {
  const servers: Server[] = [];
  const fetches: SafeFetch[] = [];
  const serve = async (answer: RequestListener): Promise<string> => {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const open = (limits: Partial<SafeFetchLimits> = {}): SafeFetch => {
    const fetch = openSafeFetch({ timeoutMs: 5_000, maxBytes: 1_000, ...limits });
    fetches.push(fetch);
    return fetch;
  };
  afterEach(async () => {
    await Promise.all(fetches.splice(0).map((fetch) => fetch.close()));
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://224.0.0.1/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://localhost:8080/',
    'file:///etc/passwd',
    'ftp://example.com/',
    'gopher://example.com/',
    'no URL',
  ])('refuses %s', async (url) => {
    await expect(open()(url)).rejects.toMatchObject({ failure: 'forbidden' });
  });

  it('goes to a private address that is allowed, and only to its port', async () => {
    const home = await serve((_, response) => void response.end('home'));
    const other = await serve((_, response) => void response.end('other'));
    const fetch = open({ allow: [home] });
    expect(await text((await fetch(`${home}/x`)).body)).toBe('home');
    await expect(fetch(other)).rejects.toMatchObject({ failure: 'forbidden' });
  });

  it('follows redirects, but not into a private network', async () => {
    const inside = await serve((_, response) => void response.end('secret'));
    const home = await serve((request, response) => {
      const location = request.url === '/there' ? '/here' : inside;
      if (request.url === '/here') response.end('here');
      else response.writeHead(302, { location }).end();
    });
    const fetch = open({ allow: [home] });
    expect(await text((await fetch(`${home}/there`)).body)).toBe('here');
    await expect(fetch(`${home}/inside`)).rejects.toMatchObject({ failure: 'forbidden' });
  });

  it('shows credentials to the origin that they are for alone', async () => {
    const other = await serve((request, response) => void response.end(JSON.stringify(request.headers)));
    const home = await serve((_, response) => void response.writeHead(302, { location: other }).end());
    const headers = { Authorization: 'Basic x', cookie: 'a=b', 'x-kept': 'yes' };
    const seen = JSON.parse(await text((await open({ allow: [home, other] })(home, { headers })).body));
    expect(seen).toMatchObject({ 'x-kept': 'yes' });
    expect(seen).not.toHaveProperty('authorization');
    expect(seen).not.toHaveProperty('cookie');
  });

  it('gives up a redirect that goes round', async () => {
    const home = await serve((_, response) => void response.writeHead(302, { location: '/' }).end());
    await expect(open({ allow: [home] })(home)).rejects.toMatchObject({ failure: 'too-many-redirects' });
  });

  it('posts once and gives a redirect back as the answer', async () => {
    const bodies: string[] = [];
    const home = await serve(async (request, response) => {
      bodies.push(await text(request));
      response.writeHead(307, { location: '/again' }).end();
    });
    const answer = await open({ allow: [home] })(home, { method: 'POST', body: 'a=1' });
    answer.body.destroy();
    expect([answer.status, bodies]).toEqual([307, ['a=1']]);
  });

  it('breaks off an answer that is too large, whatever length it names', async () => {
    const home = await serve((_, response) => {
      response.write('a'.repeat(900));
      response.end('a'.repeat(900));
    });
    const { body } = await open({ allow: [home] })(home);
    await expect(text(body)).rejects.toMatchObject({ failure: 'too-large' });
  });

  it('gives up an answer that does not come, and one that does not end', async () => {
    const home = await serve((request, response) => {
      if (request.url === '/slow') response.write('a');
    });
    const fetch = open({ allow: [home], timeoutMs: 150 });
    await expect(fetch(home)).rejects.toMatchObject({ failure: 'timed-out' });
    const { body } = await fetch(`${home}/slow`);
    await expect(text(body)).rejects.toMatchObject({ failure: 'timed-out' });
  });

  it('knows a connection that never was from one that broke', async () => {
    const home = await serve((request) => void request.socket.destroy());
    const gone = await serve(() => undefined);
    await new Promise((closed) => servers.pop()?.close(closed));
    const fetch = open({ allow: [home, gone] });
    await expect(fetch(home)).rejects.toMatchObject({ failure: 'broken' });
    await expect(fetch(gone)).rejects.toMatchObject({ failure: 'never-sent' });
  });
});
