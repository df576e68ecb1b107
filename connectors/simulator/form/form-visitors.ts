import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../cast/people.ts';
import type { Story } from '../cast/story.ts';
import type { Happenings } from '../happenings.ts';
import type { Line } from '../line.ts';
import type { PostOffice } from '../mail/post-office.ts';
import { tell, type Provider } from '../provider.ts';
import { shop } from '../shop.ts';

/** The hub takes a form for a program's that is filled in faster. */
const fastest = 2_500;

/** Those who fill in the form on the shop's website. They are answered by mail, and answer by mail. */
export class FormVisitors implements Provider {
  readonly settings = {
    title: `Write to ${shop.name}`,
    intro: 'We answer within a day, mostly sooner.',
    name: 'required',
    consent: 'I have read the privacy notice.',
    consentUrl: `${shop.website}/privacy`,
  };
  readonly #post: PostOffice;
  readonly #happenings: Happenings;
  #webhookUrl = '';

  constructor(post: PostOffice, happenings: Happenings) {
    this.#post = post;
    this.#happenings = happenings;
  }

  reach(webhookUrl: string): void {
    this.#webhookUrl = webhookUrl;
  }

  async line(person: Person, story: Story): Promise<Line> {
    const mail = this.#post.line(person, story);
    const { signal } = this.#happenings;
    const token = await this.#open();
    let isSent = false;
    return {
      ...mail,
      say: async (text, file) => {
        if (isSent) return mail.say(text, file);
        isSent = true;
        await pause(fastest, undefined, { signal });
        const { name, email } = person;
        const filled = { token, name, email, subject: story.subject, message: text, consent: true };
        await tell(`${this.#webhookUrl}/submit`, JSON.stringify(filled), { origin: shop.website }, this.#happenings);
      },
    };
  }

  async close(): Promise<void> {}

  /** Each form that is shown has a token of its own, within its script. */
  async #open(): Promise<string> {
    const response = await fetch(`${this.#webhookUrl}/form.js`, { signal: this.#happenings.signal });
    const token = /"token":"([^"]+)"/.exec(await response.text())?.[1];
    if (token === undefined) throw new Error(`the form's script answered ${response.status}, with no token`);
    return token;
  }
}
