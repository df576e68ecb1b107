import { text } from 'node:stream/consumers';
import { ConnectorError } from '@switchboard/contract';
import { z } from 'zod';
import { multipartOf, type FilePart } from '../../kit/multipart.ts';
import { asConnectorError, codeOfStatus } from '../../kit/provider-error.ts';
import type { Effect } from '../../kit/provider-error.ts';
import type { SafeFetch } from '../../kit/safe-fetch.ts';
import type { TelegramSettings } from '../settings.ts';

const Answer = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.number().optional(),
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.number().optional(), migrate_to_chat_id: z.int().optional() }).optional(),
});
type Answer = z.infer<typeof Answer>;

/** What Telegram says, as far as agents can do something about it. */
const words: readonly [RegExp, string][] = [
  [/bot was blocked by the user/i, 'The customer has blocked the bot'],
  [/user is deactivated/i, 'The customer’s Telegram account no longer exists'],
  [/can't initiate conversation/i, 'The customer has to write to the bot first'],
  [/bot was kicked|not a member/i, 'The bot was removed from the group'],
  [/chat not found/i, 'Telegram does not know this chat: the customer has to write to the bot first'],
  [/message can't be edited/i, 'Telegram no longer lets this message be edited'],
  [/message can't be deleted/i, 'Telegram no longer lets this message be deleted (after 48 hours)'],
  [/message to (edit|delete) not found/i, 'The message is no longer there'],
  [/file is too big|entity too large/i, 'The file is larger than Telegram takes'],
  [/BUTTON_DATA_INVALID/, 'A choice’s id is longer than the 64 bytes that Telegram takes'],
];

/** https://core.telegram.org/bots/api#making-requests */
const errorOf = ({ error_code = 0, description = '', parameters }: Answer, effect: Effect): ConnectorError => {
  const known = words.find(([pattern]) => pattern.test(description))?.[1];
  const message = known ?? `Telegram: ${description || `error ${error_code}`}`;
  // A token that is none has no methods at all: 404.
  if (error_code === 401 || error_code === 404)
    return new ConnectorError('unauthorised', 'Telegram does not accept the bot token');
  // Forbidden is this one chat, not the bot.
  if (error_code === 403) return new ConnectorError('rejected', message);
  const wait = parameters?.retry_after;
  return new ConnectorError(codeOfStatus(error_code, effect), message, {
    ...(wait !== undefined && { retryAfterMs: wait * 1000 }),
  });
};

const readAnswer = (body: string, status: number, effect: Effect): Answer => {
  try {
    return Answer.parse(JSON.parse(body));
  } catch (cause) {
    const refused = status >= 400 && status < 500;
    const code = refused ? codeOfStatus(status, effect) : effect === 'write' ? 'unknown' : 'temporary';
    throw new ConnectorError(code, `Telegram answered with status ${status}, in no words of its own`, { cause });
  }
};

export type Fields = Readonly<Record<string, unknown>>;
export interface TelegramApi {
  /** Throws ConnectorErrors; gives the method's result. */
  call(method: string, fields: Fields, effect: Effect, files?: readonly FilePart[]): Promise<unknown>;
  /** Where the content of a file is; it holds the token. */
  fileUrl(path: string): string;
}

const bodyWith = (fields: Fields, files: readonly FilePart[]) => {
  if (files.length === 0) return { contentType: 'application/json', body: JSON.stringify(fields) };
  const flat = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : value,
  ]);
  return multipartOf(Object.fromEntries(flat) as Record<string, string>, files);
};

/** The token is part of the address: no address goes into a message. */
export const openApi = ({ apiBaseUrl, botToken }: TelegramSettings, fetch: SafeFetch): TelegramApi => {
  const base = apiBaseUrl.replace(/\/+$/, '');
  const ask = async (method: string, fields: Fields, effect: Effect, files: readonly FilePart[]): Promise<Answer> => {
    const { contentType, body } = bodyWith(fields, files);
    const response = await fetch(`${base}/bot${botToken}/${method}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
      timeoutMs: effect === 'read' ? 9_000 : undefined,
    });
    return readAnswer(await text(response.body), response.status, effect);
  };
  return {
    call: async (method, fields, effect, files = []) => {
      try {
        let answer = await ask(method, fields, effect, files);
        // The group has become a supergroup, which has another number: nothing was done in the old one.
        const moved = answer.ok ? undefined : answer.parameters?.migrate_to_chat_id;
        if (moved !== undefined && 'chat_id' in fields)
          answer = await ask(method, { ...fields, chat_id: moved }, effect, files);
        if (!answer.ok) throw errorOf(answer, effect);
        return answer.result;
      } catch (error) {
        throw asConnectorError(error, 'Telegram', effect);
      }
    },
    fileUrl: (path) => `${base}/file/bot${botToken}/${path}`,
  };
};
