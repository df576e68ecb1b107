import { describe, expect, it } from '@jest/globals';
import type { RawRequest } from '@switchboard/contract';
import { vouch } from '../kit/vouch.ts';
import { replyToMeta, verifyMeta } from './webhook.ts';

const account = {
  appSecret: "It's a Secret to Everybody",
  verifyToken: 'my-own-words',
  accessToken: 'x',
  apiBaseUrl: 'x',
};
const request = (more: Partial<RawRequest>): RawRequest => ({
  ...{ method: 'POST', url: 'https://hub.example/webhooks/1', hook: '', headers: {} },
  ...{ rawBody: Buffer.from('Hello, World!'), receivedAt: new Date() },
  ...more,
});
/** GitHub’s documentation has this vector; Meta signs in the same way. */
const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

describe('what Meta sends', () => {
  it('is let in by its signature over the raw body alone', () => {
    const signed = (value?: string) =>
      verifyMeta(account, request({ headers: value === undefined ? {} : { 'x-hub-signature-256': value } }));
    expect(signed(signature)).toMatchObject({ ok: true });
    expect(signed(signature.replace('757', '758'))).toMatchObject({ ok: false, status: 403 });
    expect(signed()).toMatchObject({ ok: false, status: 400 });
  });

  it('asks for the challenge, and gets it for the right token', () => {
    const asked = (token: string) =>
      request({
        method: 'GET',
        url: `https://hub.example/webhooks/1?hub.mode=subscribe&hub.challenge=11%2F58&hub.verify_token=${token}`,
      });
    expect(verifyMeta(account, asked('my-own-words'))).toMatchObject({ ok: true });
    expect(verifyMeta(account, asked('other'))).toMatchObject({ ok: false, status: 403 });
    expect(verifyMeta(account, request({ method: 'GET' }))).toMatchObject({ ok: false, status: 400 });
    expect(replyToMeta(vouch(asked('my-own-words')))).toEqual({
      ...{ status: 200, contentType: 'text/plain', body: '11/58' },
    });
  });
});
