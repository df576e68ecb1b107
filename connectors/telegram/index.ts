import type { Channel, Connector, ConnectorContext } from '@switchboard/contract';
import { openSafeFetch } from '../kit/safe-fetch.ts';
import { capabilities } from './capabilities.ts';
import { checkBot, connectBot } from './check.ts';
import { openApi } from './deliver/api.ts';
import { deliver } from './deliver/deliver.ts';
import { telegramGuide } from './guide.ts';
import { openTelegramMedia } from './media.ts';
import { parseUpdate } from './parse/parse-update.ts';
import { openPicture, picturedIn, withPictures } from './pictures.ts';
import { botIdOf, TelegramSettings } from './settings.ts';
import { replyToUpdate, secretOf, verifyUpdate } from './webhook.ts';

const open = (settings: TelegramSettings, context: ConnectorContext): Channel => {
  const fetch = openSafeFetch({ timeoutMs: 60_000, maxBytes: 25_000_000, allow: [settings.apiBaseUrl] });
  const api = openApi(settings, fetch);
  const bot = { id: botIdOf(settings), username: settings.botUsername };
  const secret = secretOf(settings, context);
  const openMedia = (fileId: string) => openTelegramMedia(api, fetch, fileId);
  return {
    parse: (request) => parseUpdate(request, bot),
    webhook: { proof: 'secret', verify: (request) => verifyUpdate(secret, request), reply: replyToUpdate },
    deliver: (command) => deliver(api, context, command),
    enrich: (events) => Promise.resolve(withPictures(events)),
    openMedia: (source) => {
      const person = picturedIn(source);
      return person === null ? openMedia(source) : openPicture(api, person, openMedia);
    },
    check: () => checkBot(api, context.webhookUrl, context.now()),
    connect: () => connectBot(api, context.webhookUrl, secret),
    close: () => fetch.close(),
  };
};

export const telegram: Connector<TelegramSettings> = {
  id: 'telegram',
  channel: 'telegram',
  title: 'Telegram',
  description: 'A Telegram bot of yours: people write to it, your agents answer.',
  settings: TelegramSettings,
  exampleSettings: {
    botToken: '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw',
    botUsername: 'field_and_fern_bot',
    webhookSecret: 'example-webhook-secret',
    apiBaseUrl: 'https://api.telegram.org',
  },
  capabilities,
  guide: telegramGuide,
  open,
};
