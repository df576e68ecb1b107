import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { simpleParser, type ParsedMail } from 'mailparser';
import { createTransport } from 'nodemailer';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import type { Person } from '../cast/people.ts';
import type { Story } from '../cast/story.ts';
import type { Happenings } from '../happenings.ts';
import { Inbox, type Line } from '../line.ts';
import { sayLater, sayOnPage, surveyLink } from '../opinions.ts';
import type { Provider } from '../provider.ts';
import type { Random } from '../random.ts';
import { shop } from '../shop.ts';
import { writeBounce, writeMail, type Answered } from './write-mail.ts';

const usualPort = 2525;
const host = '127.0.0.1';

interface Mailbox {
  inbox: Inbox;
  /** The newest mail of ours in the thread, and where its answer goes. */
  last: (Answered & { replyTo: string }) | undefined;
  gone: boolean;
}

const bare = (id: string | undefined): string => (id ?? '').replace(/[<>]/g, '');
const listOf = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : [value].flat().map(bare);

/** The usual port, or a free one where it is taken. */
const choosePort = async (): Promise<number> => {
  for (const port of [usualPort, 0]) {
    const server = createServer();
    const listening = once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.listen(port, host);
    if (!(await listening)) continue;
    const chosen = (server.address() as AddressInfo).port;
    server.close();
    await once(server, 'close');
    return chosen;
  }
  throw new Error('No port is free for the mail receiver');
};

/** The mail servers of the world: takes what the hub sends, brings what the customers write. */
export class PostOffice implements Provider {
  readonly #mailboxes = new Map<string, Mailbox>();
  readonly #server: SMTPServer;
  readonly #random: Random;
  readonly #happenings: Happenings;
  readonly #port: number;

  private constructor(random: Random, happenings: Happenings, port: number) {
    this.#random = random;
    this.#happenings = happenings;
    this.#port = port;
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onData: (stream, _session, done) => {
        this.#take(stream).then(
          () => done(),
          (error: Error) => done(error),
        );
      },
    });
  }

  static async open(random: Random, happenings: Happenings): Promise<PostOffice> {
    const office = new PostOffice(random, happenings, await choosePort());
    office.#server.listen(0, host);
    await once(office.#server.server, 'listening');
    office.#server.on('error', () => undefined); // A connection that breaks is the hub's to notice.
    return office;
  }

  get receiverPort(): number {
    return this.#port;
  }

  get settings(): Record<string, unknown> {
    const { port } = this.#server.server.address() as AddressInfo;
    return {
      address: shop.mailbox,
      displayName: shop.name,
      signature: `${shop.name}\nTools that outlast the season`,
      inbound: { mode: 'receiver', port: this.#port, host },
      outbound: { host, port, secure: false },
    };
  }

  line(person: Person, { subject }: Pick<Story, 'subject'>): Line {
    const gone = this.#random.chance(0.05);
    const mailbox: Mailbox = { inbox: new Inbox(), last: undefined, gone };
    this.#mailboxes.set(person.email, mailbox);
    return {
      say: async (text, file) => {
        const { last } = mailbox;
        mailbox.inbox.clear();
        const to = last?.replyTo ?? shop.mailbox;
        const messageId = `${this.#random.uuid()}.${Date.now()}@mail.example`;
        await this.#send(
          person.email,
          to,
          await writeMail({ from: person, to, subject, text, messageId, at: new Date(), answers: last, file }),
        );
      },
      typing: () => undefined,
      reply: (signal) => mailbox.inbox.next(signal),
      leave: () => void this.#mailboxes.delete(person.email),
    };
  }

  close(): Promise<void> {
    return new Promise((closed) => this.#server.close(() => closed()));
  }

  async #take(stream: SMTPServerDataStream): Promise<void> {
    const mail = await simpleParser(stream);
    const page = surveyLink(mail.text ?? '');
    if (page !== undefined) return this.#happenings.watch(this.#says(page));
    for (const { address = '' } of [mail.to ?? []].flat().flatMap(({ value }) => value)) {
      const mailbox = this.#mailboxes.get(address.toLowerCase());
      if (mailbox?.gone) this.#happenings.watch(this.#bounce(address, bare(mail.messageId)));
      else if (mailbox) this.#arrive(mailbox, mail);
    }
  }

  #says(page: string): Promise<void> {
    const { signal } = this.#happenings;
    return sayLater(this.#random, this.#happenings, (opinion) => sayOnPage(page, opinion, signal));
  }

  #arrive(mailbox: Mailbox, mail: ParsedMail): void {
    const text = mail.text ?? '';
    mailbox.last = {
      messageId: bare(mail.messageId),
      references: listOf(mail.references),
      at: mail.date ?? new Date(),
      text,
      replyTo: mail.replyTo?.value[0]?.address ?? shop.mailbox,
    };
    mailbox.inbox.put(text);
  }

  async #bounce(recipient: string, messageId: string): Promise<void> {
    await pause(this.#random.between(1500, 4000), undefined, { signal: this.#happenings.signal });
    await this.#send('', shop.mailbox, writeBounce(recipient, messageId, new Date()));
  }

  async #send(from: string, to: string, raw: Buffer | string): Promise<void> {
    const transport = createTransport({ host, port: this.#port, secure: false, ignoreTLS: true });
    await transport.sendMail({ envelope: { from, to: [to] }, raw });
    transport.close();
  }
}
