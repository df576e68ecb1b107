import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { call, distrustConnections, onSessionEnded, urlOf } from './client.ts';

const realFetch = globalThis.fetch;
let answer: () => Promise<Response>;
let asked: { url: string; init: RequestInit }[];

beforeEach(() => {
  asked = [];
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return answer();
  }) as typeof fetch;
});
afterEach(() => {
  globalThis.fetch = realFetch;
});
const json = (status: number, body: unknown) => async () => new Response(JSON.stringify(body), { status });

describe('urlOf', () => {
  it('fills the parameters of the path and leaves out what is not asked', () => {
    expect(urlOf('tickets.read', { id: 'a/b' })).toBe('/api/v1/tickets/a%2Fb');
    expect(urlOf('tickets.list', {}, { view: 'mine', cursor: undefined, tag: '' })).toBe('/api/v1/tickets?view=mine');
  });
  it('refuses a missing parameter', () => {
    expect(() => urlOf('tickets.read')).toThrow('tickets.read needs the parameter id');
  });
});

describe('call', () => {
  it('takes method and path from the table and sends JSON', async () => {
    answer = json(200, { id: 'x' });
    const reply = await call('tickets.update', { params: { id: 'x' }, body: { status: 'resolved' } });
    expect(reply).toEqual({ id: 'x' });
    expect(asked[0]).toMatchObject({
      url: '/api/v1/tickets/x',
      init: { method: 'PATCH', body: '{"status":"resolved"}' },
    });
  });

  it('answers undefined to 204', async () => {
    answer = async () => new Response(null, { status: 204 });
    expect(await call('session.signOut')).toBeUndefined();
  });

  it('throws the problem that the server names, with its fields', async () => {
    const fields = [{ path: 'subject', message: 'Too long' }];
    answer = json(422, { error: { code: 'invalid', message: 'Not valid', errorId: 'e1', fields } });
    const problem = await call('tickets.update', { params: { id: 'x' }, body: {} }).catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: 'invalid', status: 422, errorId: 'e1', fields, passing: false });
  });

  it.each([
    ['no connection', () => Promise.reject(new TypeError('failed to fetch')), 'network'],
    ['an answer that is no JSON', async () => new Response('<html>', { status: 200 }), 'bad-answer'],
  ])('names %s and says that it may pass', async (_, how, code) => {
    answer = how;
    await expect(call('tickets.counts')).rejects.toMatchObject({ code, status: 0, passing: true });
  });

  const hangs = () =>
    new Promise<Response>((_, reject) => {
      const { signal } = asked.at(-1)?.init ?? {};
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });

  it('asks again what was read on a connection when that may have died, but nothing that changes something', async () => {
    answer = hangs;
    const read = call('tickets.counts');
    const change = call('session.signOut', {}, { timeoutMs: 20 });
    answer = json(200, { open: 1 });
    distrustConnections();
    expect(await read).toEqual({ open: 1 });
    await expect(change).rejects.toMatchObject({ code: 'timeout' });
    expect(asked.map(({ url }) => url)).toEqual(
      ['counts', 'session', 'counts'].map((end) => expect.stringMatching(end)),
    );
  });

  it('asks a read again that hangs on a connection that may be dead, but nothing that changes something', async () => {
    answer = () => (asked.length < 3 ? hangs() : json(200, { open: 1 })());
    distrustConnections();
    expect(await call('tickets.counts')).toEqual({ open: 1 });
    expect(asked).toHaveLength(3);
    answer = hangs;
    await expect(call('session.signOut', {}, { timeoutMs: 20 })).rejects.toMatchObject({ code: 'timeout' });
    expect(asked).toHaveLength(4);
  });

  it('says that the session ended, but not when it only asked whether there is one', async () => {
    const ended = jest.fn();
    const stop = onSessionEnded(ended);
    answer = json(401, { error: { code: 'signed-out', message: 'Sign in', errorId: 'e' } });
    await expect(call('session.read')).rejects.toMatchObject({ status: 401 });
    expect(ended).toHaveBeenCalledTimes(0);
    await expect(call('tickets.counts')).rejects.toMatchObject({ status: 401 });
    expect(ended).toHaveBeenCalledTimes(1);
    stop();
  });
});
