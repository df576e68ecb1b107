import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openSafeFetch } from '../kit/safe-fetch.ts';
import type { SafeFetch } from '../kit/safe-fetch.ts';
import { openTwilioMedia } from './media.ts';

const accountSid = `AC${'0'.repeat(32)}`;
const basic = `Basic ${Buffer.from(`${accountSid}:secret`).toString('base64')}`;

describe('openTwilioMedia', () => {
  const servers: Server[] = [];
  const fetches: SafeFetch[] = [];
  const serve = async (answer: RequestListener): Promise<string> => {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const openMedia = async (apiBaseUrl: string, source: string, allow: string[], maxBytes = 1000) => {
    const fetch = openSafeFetch({ timeoutMs: 5_000, maxBytes, allow });
    fetches.push(fetch);
    return openTwilioMedia({ accountSid, authToken: 'secret', apiBaseUrl }, fetch, source);
  };
  afterEach(async () => {
    await Promise.all(fetches.splice(0).map((fetch) => fetch.close()));
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  });

  it('gives the token to Twilio and not to where Twilio redirects to', async () => {
    const seen: [string, string | undefined][] = [];
    const cdn = await serve((request, response) => {
      seen.push(['cdn', request.headers.authorization]);
      response.end('picture');
    });
    const api = await serve((request, response) => {
      seen.push(['api', request.headers.authorization]);
      response.writeHead(307, { location: `${cdn}/picture` }).end();
    });
    expect(await text(await openMedia(api, `${api}/media`, [api, cdn]))).toBe('picture');
    expect(seen).toEqual([
      ['api', basic],
      ['cdn', undefined],
    ]);
  });

  it('gives no token to any other host', async () => {
    const other = await serve((request, response) => void response.end(request.headers.authorization ?? 'none'));
    expect(await text(await openMedia('https://api.twilio.com', `${other}/media`, [other]))).toBe('none');
  });

  it.each([
    [404, 'rejected'],
    [401, 'unauthorised'],
    [503, 'temporary'],
  ])('names the answer %s %s', async (status, code) => {
    const api = await serve((_, response) => void response.writeHead(status).end('no'));
    await expect(openMedia(api, `${api}/media`, [api])).rejects.toMatchObject({ code });
  });

  it('does not take the refusal of another host for one of the account', async () => {
    const other = await serve((_, response) => void response.writeHead(401).end('no'));
    await expect(openMedia('https://api.twilio.com', `${other}/media`, [other])).rejects.toMatchObject({
      code: 'rejected',
    });
  });

  it('does not fetch from inside our own network', async () => {
    const inside = await serve((_, response) => void response.end('secret'));
    await expect(openMedia('https://api.twilio.com', `${inside}/x`, [])).rejects.toMatchObject({ code: 'rejected' });
  });

  it('breaks off a file that is too large', async () => {
    const api = await serve((_, response) => void response.end('a'.repeat(2000)));
    await expect(text(await openMedia(api, `${api}/media`, [api]))).rejects.toMatchObject({ code: 'rejected' });
  });
});
