import type { RawRequest, Verification } from '@switchboard/contract';
// Not the whole package: it takes 20 MB and is needed for sending alone.
import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js';
import { parseForm } from '../kit/form.ts';
import { vouch } from '../kit/vouch.ts';

const isSigned = (authToken: string, signature: string, { url, rawBody }: RawRequest): boolean =>
  // Only with this parameter does the signature cover a body that is no form; without it any body but a form is unsigned.
  /[?&]bodySHA256=/.test(url)
    ? validateRequestWithBody(authToken, signature, url, rawBody.toString('utf8'))
    : validateRequest(authToken, signature, url, parseForm(rawBody));

/** https://www.twilio.com/docs/usage/security#validating-requests; the package tries the URL with and without its port. */
export const verifySignature = (authToken: string, request: RawRequest): Verification => {
  if (request.method !== 'POST') return { ok: false, status: 405, reason: 'Set the webhook to HTTP POST in Twilio' };
  const signature = request.headers['x-twilio-signature'];
  if (!signature) return { ok: false, status: 400, reason: 'The header X-Twilio-Signature is missing' };
  return isSigned(authToken, signature, request)
    ? { ok: true, request: vouch(request) }
    : { ok: false, status: 403, reason: 'The signature is wrong: check the auth token and the public URL' };
};
