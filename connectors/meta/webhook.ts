import { createHmac } from 'node:crypto';
import type { RawRequest, Verification, VerifiedRequest, WebhookReply } from '@switchboard/contract';
import { equalSecrets } from '../kit/equal-secrets.ts';
import { vouch } from '../kit/vouch.ts';
import type { MetaAccount } from './account.ts';

const queryOf = (url: string): URLSearchParams => new URL(url, 'http://localhost').searchParams;

/** Meta asks once, when the address is entered: https://developers.facebook.com/docs/graph-api/webhooks/getting-started */
const verifyQuestion = ({ verifyToken }: MetaAccount, request: RawRequest): Verification => {
  const query = queryOf(request.url);
  const token = query.get('hub.verify_token');
  if (query.get('hub.mode') !== 'subscribe' || token === null)
    return { ok: false, status: 400, reason: 'hub.mode or hub.verify_token is missing' };
  return equalSecrets(token, verifyToken)
    ? { ok: true, request: vouch(request) }
    : { ok: false, status: 403, reason: 'The verify token is not that of the account' };
};

/** The signature covers the bytes as they came, escaped as Meta escapes them. */
export const verifyMeta = (account: MetaAccount, request: RawRequest): Verification => {
  if (request.hook !== '') return { ok: false, status: 404, reason: `There is no hook "${request.hook}"` };
  if (request.method === 'GET') return verifyQuestion(account, request);
  if (request.method !== 'POST') return { ok: false, status: 405, reason: 'Meta posts its webhooks' };
  const given = request.headers['x-hub-signature-256'];
  if (!given) return { ok: false, status: 400, reason: 'The header X-Hub-Signature-256 is missing' };
  const signature = `sha256=${createHmac('sha256', account.appSecret).update(request.rawBody).digest('hex')}`;
  return equalSecrets(given, signature)
    ? { ok: true, request: vouch(request) }
    : { ok: false, status: 403, reason: 'The signature is wrong: check the app secret' };
};

export const replyToMeta = ({ method, url }: VerifiedRequest): WebhookReply =>
  method === 'GET'
    ? { status: 200, contentType: 'text/plain', body: queryOf(url).get('hub.challenge') ?? '' }
    : { status: 200 };
