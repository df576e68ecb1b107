import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../cast/people.ts';
import type { Happenings } from '../happenings.ts';
import { Inbox, type Line } from '../line.ts';
import { choiceOf, sayLater, surveyLink } from '../opinions.ts';
import { tell, type Provider } from '../provider.ts';
import type { Random } from '../random.ts';
import { shop } from '../shop.ts';
import { signedBody, startFakeGraph, type FakeGraph, type GraphPost } from './fake-graph.ts';

const templates = [
  {
    ...{ name: 'order_update', language: 'en', status: 'APPROVED', category: 'UTILITY' },
    components: [
      {
        type: 'BODY',
        text: 'Hello {{1}}, there is news of your order {{2}}. Answer here and we will tell you more.',
        example: { body_text: [['Amelia', 'FF-20410']] },
      },
    ],
  },
];

/** WhatsApp and those who write to the shop's number. */
export class WhatsAppCustomers implements Provider {
  readonly #inboxes = new Map<string, Inbox>();
  readonly #random: Random;
  readonly #happenings: Happenings;
  #graph!: FakeGraph;
  #webhookUrl = '';

  private constructor(random: Random, happenings: Happenings) {
    this.#random = random;
    this.#happenings = happenings;
  }

  static async open(random: Random, happenings: Happenings): Promise<WhatsAppCustomers> {
    const customers = new WhatsAppCustomers(random, happenings);
    const sent = (id: string, post: GraphPost) => happenings.watch(customers.#carry(id, post));
    customers.#graph = await startFakeGraph({ accessToken: shop.whatsApp.accessToken, templates, sent });
    return customers;
  }

  get settings(): Record<string, unknown> {
    return { ...shop.whatsApp, apiBaseUrl: this.#graph.url };
  }

  reach(webhookUrl: string): void {
    this.#webhookUrl = webhookUrl;
  }

  line(person: Person): Line {
    const from = person.phone.replace(/\D/g, '');
    const inbox = new Inbox();
    this.#inboxes.set(from, inbox);
    return {
      say: async (text, file) => {
        inbox.clear();
        const image = file && { id: this.#graph.host(file), mime_type: file.mimeType, caption: text };
        const content = image ? { type: 'image', image } : { type: 'text', text: { body: text } };
        await this.#post({
          contacts: [{ profile: { name: person.name }, wa_id: from }],
          messages: [{ from, id: `wamid.${this.#random.hex(24)}`, timestamp: seconds(), ...content }],
        });
      },
      typing: () => undefined,
      reply: (signal) => inbox.next(signal),
      leave: () => void this.#inboxes.delete(from),
    };
  }

  close(): Promise<void> {
    return this.#graph.close();
  }

  /** What becomes of a message on its way to the phone, told as it happens. */
  async #carry(id: string, { body }: GraphPost): Promise<void> {
    const { signal } = this.#happenings;
    const to = String(body['to'] ?? '');
    for (const status of ['sent', 'delivered', 'read']) {
      await pause(this.#random.between(150, 1500), undefined, { signal });
      await this.#post({ statuses: [{ id, status, timestamp: seconds(), recipient_id: to }] });
    }
    const list = Object(body['interactive']) as Interactive;
    if (surveyLink(list.body?.text ?? '') !== undefined) return this.#happenings.watch(this.#taps(to, id, list));
    const { body: words } = Object(body['text']) as { body?: string };
    this.#inboxes.get(to)?.put(words ?? '');
  }

  #taps(from: string, asked: string, { action }: Interactive): Promise<void> {
    const rows = action?.sections?.flatMap((section) => section.rows) ?? [];
    return sayLater(this.#random, this.#happenings, async (opinion) => {
      const list_reply = choiceOf(rows, opinion);
      const answer = { type: 'interactive', interactive: { type: 'list_reply', list_reply }, context: { id: asked } };
      const message = { from, id: `wamid.${this.#random.hex(24)}`, timestamp: seconds(), ...answer };
      await this.#post({ contacts: [{ wa_id: from }], messages: [message] });
    });
  }

  async #post(value: object): Promise<void> {
    const metadata = { display_phone_number: shop.number.slice(1), phone_number_id: shop.whatsApp.phoneNumberId };
    const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
    const entry = [{ id: shop.whatsApp.businessAccountId, changes: [change] }];
    const { raw, signature } = signedBody(shop.whatsApp.appSecret, { object: 'whatsapp_business_account', entry });
    await tell(this.#webhookUrl, raw, { 'x-hub-signature-256': signature }, this.#happenings);
  }
}

interface Interactive {
  readonly body?: { readonly text?: string };
  readonly action?: { readonly sections?: readonly { readonly rows: readonly { id: string; title: string }[] }[] };
}

const seconds = (): string => String(Math.floor(Date.now() / 1000));
