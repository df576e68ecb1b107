import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { signedHeaders } from '../../kit/standard-webhooks.ts';
import { answering, type Reaction } from '../answering.ts';
import type { Person } from '../cast/people.ts';
import type { Story } from '../cast/story.ts';
import type { SentFile } from '../files.ts';
import type { Happenings } from '../happenings.ts';
import { Inbox, type Line } from '../line.ts';
import type { Listening } from '../listening.ts';
import { tell, type Provider } from '../provider.ts';
import type { Random } from '../random.ts';
import { shop } from '../shop.ts';

interface Answer {
  readonly type?: string;
  readonly id?: string;
  readonly conversation?: string;
  readonly text?: string;
}

/** The shop's own app for phones: what is asked in it comes to the hub by the API, signed, and the answers to it. */
export class ShopApp implements Provider {
  readonly #conversations = new Map<string, Inbox>();
  readonly #files = new Map<string, SentFile>();
  readonly #random: Random;
  readonly #happenings: Happenings;
  #server!: Listening;
  #webhookUrl = '';

  private constructor(random: Random, happenings: Happenings) {
    this.#random = random;
    this.#happenings = happenings;
  }

  static async open(
    random: Random,
    happenings: Happenings,
    problem: (what: string) => void = () => undefined,
  ): Promise<ShopApp> {
    const app = new ShopApp(random, happenings);
    app.#server = await answering((request) => app.#take(request), problem);
    return app;
  }

  get settings(): Record<string, unknown> {
    return { signingSecret: shop.app.signingSecret, deliverUrl: `${this.#server.url}/answers` };
  }

  reach(webhookUrl: string): void {
    this.#webhookUrl = webhookUrl;
  }

  line(person: Person, { subject }: Story): Line {
    const conversation = `app-${this.#random.hex(12)}`;
    const inbox = new Inbox();
    this.#conversations.set(conversation, inbox);
    const { name, email } = person;
    return {
      say: async (text, file) => {
        inbox.clear();
        const attachments = file && [{ url: this.#share(file), name: file.fileName, type: file.mimeType }];
        const from = { id: `customer-${email}`, name, email };
        const said = { type: 'message', id: this.#random.uuid(), conversation, subject, from, text };
        await this.#post({ ...said, ...(attachments && { attachments }) });
      },
      typing: () => undefined,
      reply: (signal) => inbox.next(signal),
      leave: () => void this.#conversations.delete(conversation),
    };
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  #share(file: SentFile): string {
    const path = `/files/${this.#files.size + 1}`;
    this.#files.set(path, file);
    return `${this.#server.url}${path}`;
  }

  async #take(request: IncomingMessage): Promise<Reaction> {
    const path = request.url ?? '';
    if (request.method === 'GET') return this.#files.get(path) ?? { status: 404 };
    const { type, id = '', conversation = '', text = '' } = (await json(request)) as Answer;
    if (type === 'message') {
      this.#happenings.watch(this.#carry(conversation, id, text));
    }
    return { body: { id } };
  }

  async #carry(conversation: string, messageId: string, text: string): Promise<void> {
    await pause(this.#random.between(500, 3000), undefined, { signal: this.#happenings.signal });
    await this.#post({ type: 'receipt', conversation, messageId, state: 'read' });
    this.#conversations.get(conversation)?.put(text);
  }

  async #post(said: object): Promise<void> {
    const body = JSON.stringify(said);
    const headers = signedHeaders(shop.app.signingSecret, this.#random.uuid(), body, new Date());
    await tell(this.#webhookUrl, body, headers, this.#happenings);
  }
}
