import { setTimeout as pause } from 'node:timers/promises';
import type { FakeAnswer } from '../answering.ts';
import type { Person } from '../cast/people.ts';
import type { Happenings } from '../happenings.ts';
import { Inbox, type Line } from '../line.ts';
import { sayLater, surveyLink } from '../opinions.ts';
import type { Provider } from '../provider.ts';
import type { Random } from '../random.ts';
import { shop } from '../shop.ts';
import { startFakeTwilio, type FakeTwilio, type MessageForm } from './fake-twilio.ts';
import { signedPost, statusForm, textForm, type Texted } from './write-sms.ts';

/** https://www.twilio.com/docs/api/errors/21610 */
const unsubscribed: FakeAnswer = {
  status: 400,
  body: { code: 21610, message: 'Attempt to send to unsubscribed recipient', status: 400 },
};
const oneOf = (value: string | string[] | undefined): string => (Array.isArray(value) ? value.join() : (value ?? ''));

/** The provider and the customers' phones. */
export class PhoneNetwork implements Provider {
  readonly #phones = new Map<string, Inbox>();
  readonly #stopped = new Set<string>();
  readonly #random: Random;
  readonly #happenings: Happenings;
  #provider!: FakeTwilio;
  #webhookUrl = '';

  private constructor(random: Random, happenings: Happenings) {
    this.#random = random;
    this.#happenings = happenings;
  }

  static async open(random: Random, happenings: Happenings): Promise<PhoneNetwork> {
    const network = new PhoneNetwork(random, happenings);
    network.#provider = await startFakeTwilio(shop.provider, {
      firstNumber: Date.now(),
      smsUrl: () => network.#webhookUrl,
      refuse: (form) => (network.#stopped.has(oneOf(form['To'])) ? unsubscribed : undefined),
      taken: (sid, form) => happenings.watch(network.#carry(sid, form)),
    });
    return network;
  }

  get settings(): Record<string, unknown> {
    return { ...shop.provider, apiBaseUrl: this.#provider.url, from: shop.number };
  }

  reach(webhookUrl: string): void {
    this.#webhookUrl = webhookUrl;
  }

  line({ phone }: Person): Line {
    const inbox = new Inbox();
    this.#phones.set(phone, inbox);
    return {
      say: async (text, file) => {
        inbox.clear();
        const sid = `${file ? 'MM' : 'SM'}${this.#random.hex(32)}`;
        const picture = file && { url: this.#provider.host(sid, file), mimeType: file.mimeType };
        await this.#receive({ sid, from: phone, text, ...(picture && { picture }) });
      },
      typing: () => undefined,
      reply: (signal) => inbox.next(signal),
      leave: () => void this.#phones.delete(phone),
    };
  }

  close(): Promise<void> {
    return this.#provider.close();
  }

  async #receive(texted: Texted): Promise<void> {
    if (/^stop$/i.test(texted.text)) this.#stopped.add(texted.from);
    if (/^start$/i.test(texted.text)) this.#stopped.delete(texted.from);
    await this.#post('', textForm(texted));
  }

  /** What becomes of a message on its way to the phone, told as it happens. */
  async #carry(sid: string, form: MessageForm): Promise<void> {
    const { signal } = this.#happenings;
    const to = oneOf(form['To']);
    const tell = (status: string, errorCode?: string) => this.#post('status', statusForm(sid, to, status, errorCode));
    await pause(this.#random.between(150, 500), undefined, { signal });
    await tell('sent');
    await pause(this.#random.between(400, 2500), undefined, { signal });
    if (this.#random.chance(0.04)) return tell('undelivered', '30003');
    await tell('delivered');
    const words = oneOf(form['Body']);
    if (surveyLink(words) === undefined) this.#phones.get(to)?.put(words);
    else this.#happenings.watch(this.#says(to));
  }

  /** How it was: a digit is the shortest way. */
  #says(from: string): Promise<void> {
    return sayLater(this.#random, this.#happenings, async ({ rating }) =>
      this.#receive({ sid: `SM${this.#random.hex(32)}`, from, text: String(rating) }),
    );
  }

  async #post(hook: string, form: URLSearchParams): Promise<void> {
    const url = hook === '' ? this.#webhookUrl : `${this.#webhookUrl}/${hook}`;
    const { headers, method, rawBody } = signedPost(url, hook, form, new Date());
    const { signal } = this.#happenings;
    const response = await fetch(url, { method, headers: { ...headers }, body: new Uint8Array(rawBody), signal });
    if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
  }
}
