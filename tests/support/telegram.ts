import { startFakeTelegram, type FakeTelegram } from '../../connectors/simulator/telegram/fake-telegram.ts';
import type { TestHub } from './hub.ts';

const botToken = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';

/** A connected bot of a hub, with Telegram's side of it. */
export class TelegramBot {
  private updates = 0;

  private constructor(
    readonly accountId: string,
    readonly telegram: FakeTelegram,
  ) {}

  static async of({ admin }: Pick<TestHub, 'admin'>): Promise<TelegramBot> {
    const telegram = await startFakeTelegram(botToken);
    const settings = { botToken, botUsername: 'field_and_fern_bot', apiBaseUrl: telegram.url };
    const body = { connectorId: 'telegram', name: 'Our bot', settings };
    const { id } = await admin.call('channelAccounts.create', { body });
    await admin.call('channelAccounts.connect', { params: { id } });
    return new TelegramBot(id, telegram);
  }

  /** As Telegram posts it; the same `id` is the very same one. Answers the hub's status. */
  async posts(update: object, id = (this.updates += 1)): Promise<number> {
    const { url, secret } = this.telegram.webhook;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body: JSON.stringify({ update_id: id, ...update }),
    });
    await response.arrayBuffer();
    return response.status;
  }
}
