import { createHmac } from 'node:crypto';
import type { ConnectorContext, RawRequest, Verification, VerifiedRequest, WebhookReply } from '@switchboard/contract';
import { equalSecrets } from '../kit/equal-secrets.ts';
import { vouch } from '../kit/vouch.ts';
import { readUpdate } from './parse/parse-update.ts';
import type { TelegramSettings } from './settings.ts';

/** The administrator's own, or one that only this account's key makes. */
export const secretOf = ({ webhookSecret }: TelegramSettings, { signingKey }: Pick<ConnectorContext, 'signingKey'>) =>
  webhookSecret ?? createHmac('sha256', signingKey).update('telegram-webhook').digest('hex');

/** https://core.telegram.org/bots/api#setwebhook: the secret comes back in a header of each update. */
export const verifyUpdate = (secret: string, request: RawRequest): Verification => {
  if (request.method !== 'POST') return { ok: false, status: 405, reason: 'Telegram posts its updates' };
  if (request.hook !== '') return { ok: false, status: 404, reason: `There is no hook "${request.hook}"` };
  const given = request.headers['x-telegram-bot-api-secret-token'];
  if (!given) return { ok: false, status: 400, reason: 'The header X-Telegram-Bot-Api-Secret-Token is missing' };
  return equalSecrets(given, secret)
    ? { ok: true, request: vouch(request) }
    : { ok: false, status: 403, reason: 'The secret is wrong: connect the bot again' };
};

/** A pressed button shows that it waits until it is answered; the answer may stand in the reply itself. */
export const replyToUpdate = ({ rawBody }: VerifiedRequest): WebhookReply => {
  const pressed = pressedIn(rawBody);
  if (pressed === undefined) return { status: 200 };
  const body = JSON.stringify({ method: 'answerCallbackQuery', callback_query_id: pressed });
  return { status: 200, contentType: 'application/json', body };
};

const pressedIn = (rawBody: Buffer): string | undefined => {
  // What can't be read is kept in quarantine, and must not come again.
  try {
    return readUpdate(rawBody).callback_query?.id;
  } catch {
    return undefined;
  }
};
