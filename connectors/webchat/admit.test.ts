import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { admit, originAllowed } from './admit.ts';
import type { Door } from './admit.ts';
import { readToken } from './identity.ts';

const account = '018f0000-0000-7000-8000-000000000001';
const signingKey = Buffer.alloc(32, 1);
const identitySecret = 'a secret of the website';
const hashOf = (userId: string) => createHmac('sha256', identitySecret).update(userId).digest('hex');
const aDoor = (settings: Partial<Door['settings']> = {}): Door => ({
  settings: { allowedOrigins: [], ...settings },
  signingKey,
  ownOrigin: 'https://hub.example',
});
let made = 0;
const newId = () => `new-visitor-${(made += 1)}`;
const admitted = (door: Door, hello: object, origin = 'https://shop.example') => {
  const admission = admit(door, { account, ...hello }, origin, newId);
  if (!admission.ok) throw new Error(admission.message);
  return admission;
};

describe('the origin of the page', () => {
  const allowedOrigins = ['https://shop.example', 'https://*.wide.example', 'http://localhost:8080'];
  it.each([
    [[], 'https://anybody.example', true],
    [[], undefined, true],
    [allowedOrigins, 'https://shop.example', true],
    [allowedOrigins, 'https://hub.example', true],
    [allowedOrigins, 'https://www.wide.example', true],
    [allowedOrigins, 'https://a.b.wide.example', true],
    [allowedOrigins, 'http://localhost:8080', true],
    [['https://Shop.Example'], 'https://shop.example', true],
    [allowedOrigins, 'https://wide.example', false],
    [allowedOrigins, 'https://notwide.example', false],
    [allowedOrigins, 'http://www.wide.example', false],
    [allowedOrigins, 'http://shop.example', false],
    [allowedOrigins, 'https://shop.example:8443', false],
    [allowedOrigins, 'https://shop.example.evil.example', false],
    [allowedOrigins, 'http://localhost:8081', false],
    [allowedOrigins, 'null', false],
    [allowedOrigins, undefined, false],
  ])('with %j, %s: %s', (origins, origin, expected) => {
    expect(originAllowed(aDoor({ allowedOrigins: origins }), origin)).toBe(expected);
  });

  it('is refused before anything else is looked at', () => {
    const door = aDoor({ allowedOrigins });
    expect(admit(door, { account }, 'https://evil.example', newId)).toMatchObject({ ok: false, reason: 'origin' });
  });
});

describe('the token', () => {
  it('brings a visitor back to the same conversation', () => {
    const first = admitted(aDoor(), {});
    expect(admitted(aDoor(), { token: first.token }).visitorId).toBe(first.visitorId);
  });

  it('is new for whoever has none', () => {
    expect(admitted(aDoor(), {}).visitorId).not.toBe(admitted(aDoor(), {}).visitorId);
  });

  it('is refused when it was signed by another account', () => {
    const { token } = admitted({ ...aDoor(), signingKey: Buffer.alloc(32, 2) }, {});
    expect(admit(aDoor(), { account, token }, undefined, newId)).toMatchObject({ ok: false, reason: 'token' });
  });

  it('is refused when any of its letters was changed', () => {
    const { token } = admitted(aDoor(), {});
    for (let index = 0; index < token.length - 1; index += 1) {
      const letter = token[index] === 'A' ? 'B' : 'A';
      const forged = token.slice(0, index) + letter + token.slice(index + 1);
      expect(admit(aDoor(), { account, token: forged }, undefined, newId)).toMatchObject({
        ok: false,
        reason: 'token',
      });
    }
  });

  it.each(['', '.', 'a', 'a.b', 'a.b.c', `${'x'.repeat(1000)}.y`])('is refused when it is nonsense: %s', (token) => {
    expect(admit(aDoor(), { account, token }, undefined, newId)).toMatchObject({ ok: false, reason: 'token' });
  });
});

describe('a signed-in person', () => {
  const door = aDoor({ identitySecret });
  const ada = { userId: 'user-1', hash: hashOf('user-1'), name: 'Ada', email: 'boss@example.org' };

  it('has the same conversation in every browser', () => {
    const one = admitted(door, { identity: ada });
    const other = admitted(door, { identity: ada });
    expect(other.visitorId).toBe(one.visitorId);
    expect(one.visitorId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(admitted(door, { identity: { userId: 'user-2', hash: hashOf('user-2') } }).visitorId).not.toBe(
      one.visitorId,
    );
  });

  it('is not believed an e-mail address that nobody signed', () => {
    const { token } = admitted(door, { identity: ada });
    expect(readToken(signingKey, token)).toEqual({ id: expect.any(String), name: 'Ada' });
  });

  it('is believed the e-mail address that is the signed userId', () => {
    const userId = 'Ada@Example.org';
    const { token } = admitted(door, { identity: { userId, hash: hashOf(userId), email: 'boss@example.org' } });
    expect(readToken(signingKey, token)).toMatchObject({ email: 'ada@example.org' });
  });

  it.each(['', 'zz', hashOf('user-2'), hashOf('user-1').slice(0, -2), `${hashOf('user-1')}00`])(
    'is refused with the hash %s',
    (hash) => {
      const identity = { userId: 'user-1', hash };
      expect(admit(door, { account, identity }, undefined, newId)).toMatchObject({ ok: false, reason: 'identity' });
    },
  );

  it('outranks the token of whoever used the browser before', () => {
    const before = admitted(door, {});
    const now = admitted(door, { token: before.token, identity: ada });
    expect(now.visitorId).not.toBe(before.visitorId);
    expect(admitted(door, { token: now.token }).visitorId).toBe(now.visitorId);
  });

  it('is a visitor like any other where no secret could prove it', () => {
    const { visitorId, token } = admitted(aDoor(), { identity: ada });
    expect(visitorId).toMatch(/^new-visitor/);
    expect(readToken(signingKey, token)).toEqual({ id: visitorId });
  });
});
