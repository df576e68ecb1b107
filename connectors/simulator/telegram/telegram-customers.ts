import type { Person } from '../cast/people.ts';
import type { Happenings } from '../happenings.ts';
import { Inbox, type Line } from '../line.ts';
import { choiceOf, sayLater, surveyLink } from '../opinions.ts';
import { tell, type Provider } from '../provider.ts';
import type { Random } from '../random.ts';
import { shop } from '../shop.ts';
import { startFakeTelegram, type BotCall, type FakeTelegram } from './fake-telegram.ts';

/** Telegram and its users who write to the shop's bot. */
export class TelegramCustomers implements Provider {
  readonly #inboxes = new Map<number, Inbox>();
  readonly #random: Random;
  readonly #happenings: Happenings;
  #provider!: FakeTelegram;
  #webhookUrl = '';
  #number = Math.floor(Date.now() / 1000);

  private constructor(random: Random, happenings: Happenings) {
    this.#random = random;
    this.#happenings = happenings;
  }

  static async open(random: Random, happenings: Happenings): Promise<TelegramCustomers> {
    const customers = new TelegramCustomers(random, happenings);
    customers.#provider = await startFakeTelegram(shop.telegram.botToken, {
      webhook: { url: '', secret: shop.telegram.webhookSecret },
      firstMessage: customers.#number,
      sent: (call, messageId) => customers.#arrives(call, messageId),
    });
    return customers;
  }

  get settings(): Record<string, unknown> {
    return { ...shop.telegram, apiBaseUrl: this.#provider.url };
  }

  reach(webhookUrl: string): void {
    this.#webhookUrl = webhookUrl;
    this.#provider.webhook.url = webhookUrl;
  }

  line(person: Person): Line {
    const id = idOf(person);
    const inbox = new Inbox();
    this.#inboxes.set(id, inbox);
    const [first_name = person.name, ...rest] = person.name.split(' ');
    const who = { from: { id, is_bot: false, first_name, last_name: rest.join(' ') }, chat: { id, type: 'private' } };
    return {
      say: async (text, file) => {
        inbox.clear();
        const content = file
          ? { caption: text, photo: [{ file_id: this.#provider.host(file), width: 480, height: 360 }] }
          : { text };
        const date = Math.floor(Date.now() / 1000);
        await this.#post({ message: { ...who, message_id: (this.#number += 1), date, ...content } });
      },
      typing: () => undefined,
      reply: (signal) => inbox.next(signal),
      leave: () => void this.#inboxes.delete(id),
    };
  }

  close(): Promise<void> {
    return this.#provider.close();
  }

  #arrives({ fields }: BotCall, messageId: number): void {
    const chatId = Number(fields['chat_id']);
    const words = String(fields['text'] ?? fields['caption'] ?? '');
    if (surveyLink(words) !== undefined) return this.#happenings.watch(this.#taps(chatId, messageId, fields));
    this.#inboxes.get(chatId)?.put(words);
    if (this.#random.chance(0.15)) this.#happenings.watch(this.#reacts(chatId, messageId));
  }

  #taps(id: number, message_id: number, { reply_markup }: BotCall['fields']): Promise<void> {
    const { inline_keyboard: rows = [] } = reply_markup as { inline_keyboard?: { callback_data: string }[][] };
    const buttons = rows.flat().map(({ callback_data }) => ({ id: callback_data }));
    return sayLater(this.#random, this.#happenings, async (opinion) => {
      const from = { id, is_bot: false, first_name: '?' };
      const message = { message_id, date: Math.floor(Date.now() / 1000), chat: { id, type: 'private' }, reply_markup };
      const data = choiceOf(buttons, opinion)?.id;
      await this.#post({ callback_query: { id: this.#random.hex(16), from, data, message } });
    });
  }

  async #reacts(id: number, message_id: number): Promise<void> {
    const who = { chat: { id, type: 'private' }, user: { id, is_bot: false, first_name: '?' } };
    const new_reaction = [{ type: 'emoji', emoji: this.#random.pick(['👍', '❤', '🙏']) }];
    const date = Math.floor(Date.now() / 1000);
    await this.#post({ message_reaction: { ...who, message_id, date, old_reaction: [], new_reaction } });
  }

  async #post(update: object): Promise<void> {
    const body = JSON.stringify({ update_id: (this.#number += 1), ...update });
    const headers = { 'x-telegram-bot-api-secret-token': shop.telegram.webhookSecret };
    await tell(this.#webhookUrl, body, headers, this.#happenings);
  }
}

/** The same person has the same number in every run. */
const idOf = ({ phone }: Person): number => Number(phone.replace(/\D/g, ''));
