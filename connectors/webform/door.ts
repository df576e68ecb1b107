import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext, RawRequest, Verification, WebhookReply } from '@switchboard/contract';
import { vouch } from '../kit/vouch.ts';
import { formPage, formScript } from './page.ts';
import type { FormSettings } from './settings.ts';
import { readSubmission } from './submission.ts';
import { newToken, readToken } from './token.ts';

export interface Door {
  readonly settings: FormSettings;
  readonly context: Pick<ConnectorContext, 'signingKey' | 'webhookUrl'>;
}
const submitHook = 'submit';

/** `https://*.example.com` is every name below example.com, and not example.com itself. */
const matches = (allowed: string, origin: string): boolean => {
  const [scheme = '', host = ''] = allowed.toLowerCase().split('://');
  if (!host.startsWith('*.')) return `${scheme}://${host}` === origin;
  return origin.startsWith(`${scheme}://`) && origin.endsWith(host.slice(1));
};
/** The hub's own page of the form is always let in. */
const isAllowed = ({ settings, context }: Door, origin: string | undefined): boolean => {
  if (settings.allowedOrigins.length === 0) return true;
  if (origin === undefined) return false;
  const own = new URL(context.webhookUrl).origin;
  return origin === own || settings.allowedOrigins.some((allowed) => matches(allowed, origin.toLowerCase()));
};

/** So that the page may read what we answer. */
const shared = (door: Door, { headers }: Pick<RawRequest, 'headers'>): Record<string, string> => {
  const { origin } = headers;
  return origin !== undefined && isAllowed(door, origin)
    ? { 'access-control-allow-origin': origin, 'access-control-allow-headers': 'content-type', vary: 'origin' }
    : {};
};

/** The form's script and its page, and what a browser asks before it posts: nothing of it is kept. */
export const answerForm = (door: Door, request: RawRequest): WebhookReply | null => {
  const { context, settings } = door;
  if (request.method === 'OPTIONS') return { status: 204, headers: shared(door, request) };
  if (request.method !== 'GET') return null;
  if (request.hook === 'form.js')
    return {
      status: 200,
      contentType: 'text/javascript; charset=utf-8',
      headers: { 'cache-control': 'no-store', 'cross-origin-resource-policy': 'cross-origin' },
      body: formScript(
        settings,
        `${context.webhookUrl}/${submitHook}`,
        newToken(context.signingKey, request.receivedAt),
      ),
    };
  if (request.hook === 'form')
    return {
      status: 200,
      contentType: 'text/html; charset=utf-8',
      headers: { 'cache-control': 'no-store' },
      body: formPage(settings, `${context.webhookUrl}/form.js`),
    };
  return null;
};

/** A page can't choose its Origin, and nobody can make a token: so much is proven. The person at the form is told what is missing. */
export const verifyForm = (door: Door, request: RawRequest): Verification => {
  const { hook, method, headers, rawBody, receivedAt } = request;
  if (hook !== submitHook) return { ok: false, status: 404, reason: `Forms are sent to "${submitHook}"` };
  if (method !== 'POST') return { ok: false, status: 405, reason: 'Forms are sent with POST' };
  if (!isAllowed(door, headers['origin']))
    return {
      ok: false,
      status: 403,
      reason: `The form is not set up for ${headers['origin'] ?? 'a page without an origin'}`,
    };
  const cors = shared(door, request);
  try {
    const { token } = readSubmission(rawBody, door.settings);
    const read = readToken(door.context.signingKey, token, receivedAt);
    return 'problem' in read
      ? { ok: false, status: 403, reason: read.problem, headers: cors }
      : { ok: true, request: vouch(request) };
  } catch (error) {
    if (error instanceof ConnectorError) return { ok: false, status: 400, reason: error.message, headers: cors };
    throw error;
  }
};

/** With the token of the next message from the same page. */
export const replyToForm = (door: Door, request: RawRequest): WebhookReply => ({
  status: 200,
  contentType: 'application/json',
  headers: shared(door, request),
  body: JSON.stringify({ ok: true, token: newToken(door.context.signingKey, request.receivedAt) }),
});
