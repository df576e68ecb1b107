import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../cast/people.ts';
import type { Happenings } from '../happenings.ts';
import { Inbox, type Line } from '../line.ts';
import { tell, type Provider } from '../provider.ts';
import type { Random } from '../random.ts';
import { shop } from '../shop.ts';
import { signedBody, startFakeGraph, type FakeGraph, type GraphPost } from './fake-graph.ts';

const page = '104000000000007';

/** Messenger or Instagram, and those who write to the shop's page there. */
export class PageCustomers implements Provider {
  readonly #inboxes = new Map<string, Inbox>();
  readonly #object: 'page' | 'instagram';
  readonly #random: Random;
  readonly #happenings: Happenings;
  #graph!: FakeGraph;
  #webhookUrl = '';

  private constructor(object: 'page' | 'instagram', random: Random, happenings: Happenings) {
    this.#object = object;
    this.#random = random;
    this.#happenings = happenings;
  }

  static async open(object: 'page' | 'instagram', random: Random, happenings: Happenings): Promise<PageCustomers> {
    const customers = new PageCustomers(object, random, happenings);
    const sent = (id: string, post: GraphPost) => happenings.watch(customers.#carry(id, post));
    customers.#graph = await startFakeGraph({ accessToken: shop.page.accessToken, sent });
    return customers;
  }

  get settings(): Record<string, unknown> {
    return { ...shop.page, apiBaseUrl: this.#graph.url };
  }

  reach(webhookUrl: string): void {
    this.#webhookUrl = webhookUrl;
  }

  line(person: Person): Line {
    // The same person has another number on each page.
    const id = `${this.#object === 'page' ? '24' : '17'}${person.phone.replace(/\D/g, '')}`;
    const [first_name = person.name, ...rest] = person.name.split(' ');
    const username = person.name.toLowerCase().replace(/\W+/g, '_');
    this.#graph.people.set(id, { name: person.name, username, first_name, last_name: rest.join(' ') });
    const inbox = new Inbox();
    this.#inboxes.set(id, inbox);
    return {
      say: async (text, file) => {
        inbox.clear();
        const attachments = file && [{ type: 'image', payload: { url: this.#graph.share(file) } }];
        const message = { mid: `m_${this.#random.hex(32)}`, text, ...(attachments && { attachments }) };
        await this.#post(id, { message });
      },
      typing: () => undefined,
      reply: (signal) => inbox.next(signal),
      leave: () => void this.#inboxes.delete(id),
    };
  }

  close(): Promise<void> {
    return this.#graph.close();
  }

  /** What becomes of an answer on its way to the phone, told as it happens. */
  async #carry(mid: string, { body }: GraphPost): Promise<void> {
    const { signal } = this.#happenings;
    const { id = '' } = Object(body['recipient']) as { id?: string };
    const { text = '' } = Object(body['message']) as { text?: string };
    await pause(this.#random.between(150, 1500), undefined, { signal });
    // Instagram tells of reading alone.
    if (this.#object === 'page') await this.#post(id, { delivery: { mids: [mid], watermark: Date.now() } });
    await pause(this.#random.between(500, 3000), undefined, { signal });
    const read = this.#object === 'page' ? { watermark: Date.now() } : { mid };
    await this.#post(id, { read });
    this.#inboxes.get(id)?.put(text);
  }

  async #post(customer: string, event: object): Promise<void> {
    const time = Date.now();
    const messaging = [{ sender: { id: customer }, recipient: { id: page }, timestamp: time, ...event }];
    const { raw, signature } = signedBody(shop.page.appSecret, {
      object: this.#object,
      entry: [{ id: page, time, messaging }],
    });
    await tell(this.#webhookUrl, raw, { 'x-hub-signature-256': signature }, this.#happenings);
  }
}
