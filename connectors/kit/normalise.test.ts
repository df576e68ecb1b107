import { describe, expect, it } from '@jest/globals';
import { ConnectorError } from '@switchboard/contract';
import type { Connector, VerifiedRequest } from '@switchboard/contract';
import { ForeignPayload } from './foreign-payload.ts';
import { findConnectors, openNormaliser, problemOf } from './normalise.ts';

const seen: VerifiedRequest[] = [];
const connector = (id: string) =>
  ({
    id,
    exampleSettings: {},
    open: () => ({ parse: (request: VerifiedRequest) => (seen.push(request), []) }),
  }) as unknown as Connector;
const list = [connector('acme-sms'), connector('acme-voice'), connector('post')];

describe('findConnectors', () => {
  it.each([
    ['post', ['post']],
    ['po', ['post']],
    ['acme-s', ['acme-sms']],
    ['acme', ['acme-sms', 'acme-voice']],
    ['', []],
    ['other', []],
  ])('finds %j as %j', (name, ids) => {
    expect(findConnectors(list, name).map(({ id }) => id)).toEqual(ids);
  });
});

describe('openNormaliser', () => {
  const receivedAt = new Date('2026-03-02T10:00:00.000Z');
  const read = async (payload: string, fileName = '', shape = {}) => {
    await openNormaliser([connector('acme')], { receivedAt, ...shape }).normalise(Buffer.from(payload), fileName);
    const { rawBody, ...request } = seen.pop() as VerifiedRequest;
    return { ...request, body: rawBody.toString('utf8') };
  };

  it.each([
    ['{"a":1}', 'application/json'],
    [' [1]', 'application/json'],
    ['a=1&b=2', 'application/x-www-form-urlencoded'],
    ['From: a@example.org\r\n\r\nx=1', 'application/octet-stream'],
  ])('guesses what %j is', async (payload, type) => {
    expect((await read(payload)).headers).toEqual({ 'content-type': type });
  });

  it('puts the hook into the URL, and takes what it is told', async () => {
    expect(await read('a=1', '', { hook: 'status' })).toMatchObject({
      hook: 'status',
      url: expect.stringMatching(/^http:\/\/localhost:3000\/webhooks\/[0-9a-f-]+\/status$/),
      receivedAt,
    });
    const told = { url: 'https://hub.example/x', headers: { 'Content-Type': 'text/plain', 'X-Sig': 'abc' } };
    expect(await read('a=1', '', told)).toMatchObject({
      url: 'https://hub.example/x',
      headers: { 'content-type': 'text/plain', 'x-sig': 'abc' },
    });
  });

  it('reads a whole request from a file ending in .http', async () => {
    const request = 'POST /status?a=1 HTTP/1.1\r\nX-Sig: a:b\r\n\r\nMessage=1\r\n\r\n2';
    expect(await read(request, 'x.http')).toMatchObject({
      method: 'POST',
      hook: 'status',
      url: expect.stringMatching(/\/status\?a=1$/),
      headers: { 'x-sig': 'a:b' },
      body: 'Message=1\r\n\r\n2',
    });
    expect(await read('POST /\n\n', 'x.http')).toMatchObject({
      hook: '',
      url: expect.stringMatching(/[^/]$/),
      body: '',
    });
    expect(await read('FRAME visitor:7\n\n{}', 'x.http')).toMatchObject({
      method: 'FRAME',
      url: 'visitor:7',
      body: '{}',
    });
    await expect(read('nonsense', 'x.http')).rejects.toMatchObject({ code: 'rejected' });
  });
});

describe('openNormaliser with several', () => {
  const receivedAt = new Date();
  const saying = (id: string, parse: () => unknown) =>
    ({ id, exampleSettings: {}, open: () => ({ parse }) }) as unknown as Connector;
  const refusing = (id: string, error: Error) =>
    saying(id, () => {
      throw error;
    });
  const read = (...connectors: Connector[]) => openNormaliser(connectors, { receivedAt }).normalise(Buffer.from('{}'));
  const foreign = new ForeignPayload('a WhatsApp message', 'SMS');
  const spoilt = new ConnectorError('rejected', 'from is missing');

  it('lets the one read it that understands it', async () => {
    const events = [{ kind: 'typing.changed' }];
    expect(
      await read(
        refusing('a', foreign),
        refusing('b', spoilt),
        saying('c', () => events),
      ),
    ).toBe(events);
  });

  it('says what is wrong in the words of the one whose payload it is', async () => {
    await expect(read(refusing('a', foreign), refusing('b', spoilt))).rejects.toBe(spoilt);
    await expect(read(refusing('a', foreign), refusing('b', foreign))).rejects.toThrow('This is a WhatsApp message');
  });
});

describe('problemOf', () => {
  it('is one line and tells our mistakes from bad payloads', () => {
    expect(problemOf(new ConnectorError('rejected', 'two\nlines'))).toBe('rejected: two lines');
    expect(problemOf(new TypeError('x'))).toBe('unexpected: x');
  });
});
