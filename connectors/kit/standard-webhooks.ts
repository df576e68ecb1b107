import { createHmac } from 'node:crypto';
import type { RawRequest, Verification } from '@switchboard/contract';
import { equalSecrets } from './equal-secrets.ts';
import { isTimely } from './is-timely.ts';
import { vouch } from './vouch.ts';

/** `whsec_` and base64; what is no such secret is taken as it stands. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const signatureOf = (secret: string, id: string, timestamp: string, body: string | Uint8Array): string =>
  `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;

export const signedHeaders = (secret: string, id: string, body: string, now: Date): Record<string, string> => {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatureOf(secret, id, timestamp, body),
  };
};

/** Several signatures may be there, while a secret is being changed: one that is right is enough. */
export const verifyStandard = (secret: string, request: RawRequest): Verification => {
  const { headers, rawBody, receivedAt } = request;
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const given = headers['webhook-signature'];
  if (!id || !timestamp || !given)
    return {
      ok: false,
      status: 400,
      reason: 'The headers webhook-id, webhook-timestamp and webhook-signature are needed',
    };
  if (!isTimely(timestamp, receivedAt))
    return { ok: false, status: 403, reason: 'webhook-timestamp is more than five minutes from our clock' };
  const expected = signatureOf(secret, id, timestamp, rawBody);
  return given.split(' ').some((one) => equalSecrets(expected, one))
    ? { ok: true, request: vouch(request) }
    : { ok: false, status: 403, reason: 'The signature is wrong: check the signing secret' };
};
