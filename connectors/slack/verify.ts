import { createHmac } from 'node:crypto';
import type { RawRequest, Verification } from '@switchboard/contract';
import { equalSecrets } from '../kit/equal-secrets.ts';
import { isTimely } from '../kit/is-timely.ts';
import { vouch } from '../kit/vouch.ts';

/**
 * https://docs.slack.dev/authentication/verifying-requests-from-slack: over the bytes as they came, and with a time-stamp that is neither old nor ahead: Bolt's own check reads the body as text
 * and lets the future pass.
 */
export const verifySlack = (signingSecret: string, request: RawRequest): Verification => {
  const { method, hook, headers, rawBody, receivedAt } = request;
  if (hook !== '') return { ok: false, status: 404, reason: `No hook "${hook}": Slack needs the address without one` };
  if (method !== 'POST') return { ok: false, status: 405, reason: 'Slack calls with POST' };
  const timestamp = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  if (!timestamp || !signature)
    return { ok: false, status: 400, reason: 'The headers X-Slack-Signature and X-Slack-Request-Timestamp are needed' };
  if (!isTimely(timestamp, receivedAt))
    return {
      ok: false,
      status: 403,
      reason: 'The request was signed more than five minutes ago, or ahead of our clock',
    };
  const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(rawBody).digest('hex');
  return equalSecrets(`v0=${expected}`, signature)
    ? { ok: true, request: vouch(request) }
    : { ok: false, status: 403, reason: 'The signature is wrong: check the signing secret' };
};
