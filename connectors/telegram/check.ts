import type { Health } from '@switchboard/contract';
import { z } from 'zod';
import { healthOf } from '../kit/health-of.ts';
import type { TelegramApi } from './deliver/api.ts';

const Me = z.object({ username: z.string().default('?') });
const Webhook = z.object({
  url: z.string(),
  pending_update_count: z.int().default(0),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
});
const LATELY_SECONDS = 600;

/** All that is read here; without them Telegram leaves reactions out. */
const updates = [
  'message',
  'edited_message',
  'callback_query',
  'message_reaction',
  'my_chat_member',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
];

/** The bot is there, and Telegram sends its updates to us. */
export const checkBot = (api: TelegramApi, webhookUrl: string, now: Date): Promise<Health> =>
  healthOf(async () => {
    const { username } = Me.parse(await api.call('getMe', {}, 'read'));
    const webhook = Webhook.parse(await api.call('getWebhookInfo', {}, 'read'));
    if (webhook.url !== webhookUrl) {
      const where = webhook.url === '' ? 'nowhere' : `to ${new URL(webhook.url).host}`;
      return {
        ok: false,
        code: 'rejected',
        message: `Telegram sends @${username}’s messages ${where}: connect the bot`,
      };
    }
    const failed = now.getTime() / 1000 - (webhook.last_error_date ?? 0) < LATELY_SECONDS;
    if (failed && webhook.pending_update_count > 0)
      return {
        ok: false,
        code: 'temporary',
        message: `Telegram cannot reach us: ${webhook.last_error_message ?? '?'}`,
      };
    return { ok: true, detail: `@${username}`, behind: { count: webhook.pending_update_count } };
  });

/** Once, by whoever sets the account up: from here on Telegram sends the bot's updates to this account alone. */
export const connectBot = async (api: TelegramApi, webhookUrl: string, secret: string): Promise<string> => {
  const fields = { url: webhookUrl, secret_token: secret, allowed_updates: updates };
  await api.call('setWebhook', fields, 'write');
  return 'Telegram sends the bot’s messages here now.';
};
