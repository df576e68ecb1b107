import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  ContentPart,
  VisitorFrame,
  VisitorHello,
  VisitorMessage,
  VisitorPush,
  VisitorWelcome,
} from '@switchboard/contract';
import { io, type Socket } from 'socket.io-client';
import type { Person } from '../cast/people.ts';
import type { SentFile } from '../files.ts';
import type { Happenings } from '../happenings.ts';
import { Inbox, type Line } from '../line.ts';
import { choiceOf, sayLater, sayOnPage, surveyLink } from '../opinions.ts';
import type { Random } from '../random.ts';
import { shop } from '../shop.ts';

/** Who is signed in to the shop, as its website proves it to the hub. */
export const identityOf = ({ name, email }: Person): NonNullable<VisitorHello['identity']> => ({
  userId: email,
  hash: createHmac('sha256', shop.identitySecret).update(email).digest('hex'),
  name,
  email,
});

export const pageOf = (subject: string): NonNullable<VisitorHello['page']> => ({
  url: `${shop.website}/account/orders`,
  title: `${shop.name}: ${subject}`.slice(0, 200),
});

const textOf = ({ parts }: VisitorMessage): string =>
  parts
    .flatMap((part) => (part.type === 'text' ? [part.text] : part.type === 'choices' ? [part.prompt] : []))
    .join('\n');

/** A customer in the widget, without the browser: the same frames, receipts and uploads. */
export class ChatVisitor implements Line {
  readonly #socket: Socket;
  readonly #inbox = new Inbox();
  readonly #random: Random;
  readonly #happenings: Happenings;
  readonly #uploads: string;
  #token = '';

  private constructor(
    url: string,
    account: string,
    random: Random,
    happenings: Happenings,
    hello: Omit<VisitorHello, 'account'>,
  ) {
    this.#random = random;
    this.#happenings = happenings;
    this.#uploads = `${url}/visitor/media?account=${account}`;
    this.#socket = io(`${url}/visitor`, {
      transports: ['websocket'],
      auth: { account, ...hello },
      forceNew: true,
      extraHeaders: { origin: shop.website },
    });
    this.#socket.on('welcome', ({ token }: VisitorWelcome) => {
      this.#token = token;
      // Who comes back after a break is still the same.
      this.#socket.auth = { account, ...hello, token };
    });
    this.#socket.on('push', (push: VisitorPush, ack?: () => void) => {
      ack?.();
      if (push.type === 'message' && push.message.from === 'agent') this.#happenings.watch(this.#read(push.message));
    });
  }

  /** Seven in ten are signed in to the shop; the others are somebody. */
  static async enter(
    hub: { url: string; account: string },
    person: Person,
    subject: string,
    random: Random,
    happenings: Happenings,
  ): Promise<ChatVisitor> {
    const hello = { page: pageOf(subject), ...(random.chance(0.7) && { identity: identityOf(person) }) };
    const visitor = new ChatVisitor(hub.url, hub.account, random, happenings, hello);
    await new Promise<void>((welcomed, refused) => {
      visitor.#socket.once('welcome', () => welcomed());
      visitor.#socket.once('connect_error', refused);
    });
    return visitor;
  }

  async say(text: string, file?: SentFile): Promise<void> {
    this.#inbox.clear();
    const files: ContentPart[] = file ? [await this.#upload(file)] : [];
    await this.#send([{ type: 'text', text }, ...files]);
  }

  typing(): void {
    this.#happenings.watch(this.#frame({ type: 'typing', typing: true }));
  }

  reply(signal: AbortSignal): Promise<string> {
    return this.#inbox.next(signal);
  }

  leave(): void {
    this.#socket.disconnect();
  }

  async #read(message: VisitorMessage): Promise<void> {
    await this.#frame({ type: 'receipt', messageId: message.id, state: 'delivered' });
    await pause(this.#random.between(800, 3000), undefined, { signal: this.#happenings.signal });
    await this.#frame({ type: 'receipt', messageId: message.id, state: 'read' });
    const page = surveyLink(textOf(message));
    if (page === undefined) return this.#inbox.put(textOf(message));
    const { signal } = this.#happenings;
    const buttons = message.parts.flatMap((part) => (part.type === 'choices' ? part.choices : []));
    await sayLater(this.#random, this.#happenings, async (opinion) => {
      // Only the page takes words besides.
      const button = opinion.comment === undefined ? choiceOf(buttons, opinion) : undefined;
      if (button === undefined) await sayOnPage(page, opinion, signal);
      else await this.#send([{ type: 'choice', id: button.id, label: button.label }]);
    });
  }

  #send(parts: ContentPart[]): Promise<void> {
    return this.#frame({ type: 'message', id: this.#random.uuid(), parts, at: new Date().toISOString() });
  }

  async #frame(frame: VisitorFrame): Promise<void> {
    const answer = await this.#socket.timeout(15_000).emitWithAck('frame', frame);
    if (!answer.ok) throw new Error(answer.reason);
  }

  async #upload({ bytes, fileName, mimeType }: SentFile): Promise<ContentPart> {
    const body = new FormData();
    body.append('file', new Blob([new Uint8Array(bytes)], { type: mimeType }), fileName);
    const headers = { authorization: `Bearer ${this.#token}`, origin: shop.website };
    const response = await fetch(this.#uploads, { method: 'POST', headers, body, signal: this.#happenings.signal });
    if (!response.ok) throw new Error(`the upload answered ${response.status}`);
    const { mediaId } = (await response.json()) as { mediaId: string };
    return { type: 'media', media: { source: `media:${mediaId}`, fileName, mimeType, bytes: bytes.length } };
  }
}
