import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../../connectors/simulator/random.ts';
import type { MailServer } from '../world/mail-server.ts';
import type { PhoneCompany } from '../world/phone-company.ts';
import type { Story } from './story.ts';

export interface Customer {
  /** Resolves when the message has been taken, however often it had to be offered. */
  say(text: string): Promise<void>;
}

/** How the network treats what providers send: in all of these the hub must keep each message once. */
export interface Delivery {
  /** Shares of the messages that come twice, and late. */
  readonly twice: number;
  readonly late: number;
}

const againMs = (random: Random) => random.between(100, 600);

/** Writes texts: its provider posts each to one of the hubs until one takes it, sometimes twice or after the next. */
export class Texter implements Customer {
  constructor(
    private readonly phone: string,
    private readonly company: PhoneCompany,
    private readonly delivery: Delivery,
    private readonly story: Story,
    private readonly random: Random,
  ) {}

  async say(text: string): Promise<void> {
    const message = { sid: `SM${this.random.hex(32)}`, from: this.phone, text };
    const copies = this.random.chance(this.delivery.twice) ? 2 : 1;
    if (this.random.chance(this.delivery.late)) await delay(this.random.between(500, 3_000));
    await Promise.all(Array.from({ length: copies }, () => this.#untilTaken(message)));
    this.story.said.push({ channel: 'sms', text });
  }

  async #untilTaken(message: { sid: string; from: string; text: string }): Promise<void> {
    while (!(await this.company.text(message, this.random))) await delay(againMs(this.random));
  }
}

/** Writes mails: the mail server offers each again until it is kept. */
export class Mailer implements Customer {
  #mails = 0;

  constructor(
    private readonly address: string,
    private readonly server: MailServer,
    private readonly delivery: Delivery,
    private readonly story: Story,
    private readonly random: Random,
  ) {}

  /** All in one thread: each refers to the first. */
  async say(text: string): Promise<void> {
    const id = (number: number) => `<${number}.${this.address}>`;
    const first = this.#mails === 0 ? {} : { references: id(1), inReplyTo: id(1) };
    this.#mails += 1;
    const mail = { messageId: id(this.#mails), from: this.address, subject: `About ${this.address}`, text, ...first };
    const copies = this.random.chance(this.delivery.twice) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) await this.#untilTaken(mail);
    this.story.said.push({ channel: 'email', text });
  }

  async #untilTaken(mail: Parameters<MailServer['post']>[0]): Promise<void> {
    for (;;) {
      const posted = await this.server.post(mail);
      if (posted === 'taken') return;
      if (posted === 'lost') this.story.grievances.push(`a mail was refused for good: ${mail.text}`);
      await delay(againMs(this.random));
    }
  }
}
