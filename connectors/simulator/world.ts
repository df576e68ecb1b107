import { setTimeout as pause } from 'node:timers/promises';
import { people, type Person } from './cast/people.ts';
import { stories } from './cast/stories.ts';
import { fits, telling, type Medium, type Story } from './cast/story.ts';
import { ChatVisitor } from './chat/visitor.ts';
import { converse, type Manner } from './converse.ts';
import type { Day } from './day.ts';
import { Happenings } from './happenings.ts';
import type { Line } from './line.ts';
import { PostOffice } from './mail/post-office.ts';
import { WhatsAppCustomers } from './meta/whatsapp-customers.ts';
import type { Random } from './random.ts';
import { shop } from './shop.ts';
import { PhoneNetwork } from './sms/phone-network.ts';
import { TelegramCustomers } from './telegram/telegram-customers.ts';
import { Callers } from './voice/callers.ts';

export interface SimulatedAccount {
  readonly key: Medium | 'phone';
  readonly connectorId: string;
  readonly name: string;
  readonly queue: string;
  readonly settings: Record<string, unknown>;
}

export interface SimulatedHub {
  readonly url: string;
  /** The hub's ids of the accounts, by their keys. */
  readonly accounts: Readonly<Record<string, string>>;
}

interface Social {
  readonly telegram: TelegramCustomers;
  readonly whatsapp: WhatsAppCustomers;
}

const secondsBetween: readonly [number, number] = [20, 40];
/** So many unanswered, and nobody new comes: who leaves the demo alone for a night shall not find a thousand. */
const mostUnanswered = 30;
const media: readonly [Medium, ...Medium[]] = ['chat', 'sms', 'mail', 'whatsapp', 'telegram'];
/** Calls come apart from the rest: somebody has to be there at once. Seconds until the first, and between two. */
const firstCall = 15;
const secondsBetweenCalls: readonly [number, number] = [75, 180];
const mostCalls = 3;
const mediaOfDay: readonly Medium[] = ['chat', 'chat', 'chat', 'mail', 'mail', 'sms', 'whatsapp', 'telegram'];

/** The outside world of a small garden shop: its customers, their phone network, their mail servers. */
export class World {
  readonly #random: Random;
  readonly #happenings: Happenings;
  readonly #phones: PhoneNetwork;
  readonly #post: PostOffice;
  readonly #callers: Callers;
  readonly #social: Social;
  readonly #busy = new Set<Person>();
  #unanswered = 0;
  #manner: Manner = { pace: 1, isRestless: false };

  private constructor(
    random: Random,
    happenings: Happenings,
    phones: PhoneNetwork,
    post: PostOffice,
    { callers, social }: { callers: Callers; social: Social },
  ) {
    this.#callers = callers;
    this.#social = social;
    this.#random = random;
    this.#happenings = happenings;
    this.#phones = phones;
    this.#post = post;
  }

  /** Its servers listen; its customers wait for `begin`. */
  static async open(random: Random, tell: (sentence: string, fields: object) => void): Promise<World> {
    const happenings = new Happenings(tell);
    const phones = await PhoneNetwork.open(random, happenings);
    const post = await PostOffice.open(random, happenings);
    const callers = await Callers.open(random, happenings);
    const social = {
      telegram: await TelegramCustomers.open(random, happenings),
      whatsapp: await WhatsAppCustomers.open(random, happenings),
    };
    return new World(random, happenings, phones, post, { callers, social });
  }

  /** The accounts over which the shop is reached, with where the world's servers listen now. */
  get accounts(): readonly SimulatedAccount[] {
    const chat = {
      title: shop.name,
      greeting: 'Hello! Ask us about your order, or about your garden.',
      accent: '#2f6b4f',
      allowedOrigins: [shop.website],
      identitySecret: shop.identitySecret,
    };
    return [
      { key: 'chat', connectorId: 'webchat', name: 'Shop website', queue: 'Orders & parcels', settings: chat },
      { key: 'mail', connectorId: 'email', name: shop.mailbox, queue: 'Billing', settings: this.#post.settings },
      { key: 'sms', connectorId: 'twilio-sms', name: shop.number, queue: 'Returns', settings: this.#phones.settings },
      {
        key: 'phone',
        connectorId: 'twilio-voice',
        name: shop.hotline,
        queue: 'Orders & parcels',
        settings: this.#callers.settings,
      },
      {
        ...{
          key: 'telegram',
          connectorId: 'telegram',
          name: `@${shop.telegram.botUsername}`,
          queue: 'Orders & parcels',
        },
        settings: this.#social.telegram.settings,
      },
      {
        ...{ key: 'whatsapp', connectorId: 'meta-whatsapp', name: shop.number, queue: 'Orders & parcels' },
        settings: this.#social.whatsapp.settings,
      },
    ];
  }

  /** How whoever looks at the demo can be a customer too. */
  ways({ url, accounts }: SimulatedHub): readonly { how: string; where: string }[] {
    return [
      { how: 'in the chat', where: `${url}/widget-test?account=${accounts['chat']}` },
      { how: 'by e-mail', where: `to ${shop.mailbox}, SMTP on localhost:${this.#post.receiverPort}` },
    ];
  }

  /** `day`: what is played; null: a quiet shop, for ever. */
  begin(hub: SimulatedHub, day: Day | null): void {
    this.#phones.reach(`${hub.url}/webhooks/${hub.accounts['sms']}`);
    this.#callers.reach(`${hub.url}/webhooks/${hub.accounts['phone']}`);
    for (const key of ['telegram', 'whatsapp'] as const)
      this.#social[key].reach(`${hub.url}/webhooks/${hub.accounts[key]}`);
    if (day !== null) this.#manner = { pace: day.pace, isRestless: true };
    this.#happenings.watch(day === null ? this.#live(hub) : this.#play(hub, day));
    if (hub.accounts['phone'] !== undefined) this.#happenings.watch(this.#ring());
  }

  async end(): Promise<void> {
    await this.#happenings.end();
    const { telegram, whatsapp } = this.#social;
    const all = [this.#phones, this.#post, this.#callers, telegram, whatsapp];
    await Promise.all(all.map((each) => each.close()));
  }

  /** One of each channel soon, then a new customer every half a minute or so. */
  async #live(hub: SimulatedHub): Promise<void> {
    const { signal } = this.#happenings;
    for (const medium of media) {
      await pause(2500, undefined, { signal });
      this.#come(hub, medium);
    }
    while (!signal.aborted) {
      await pause(this.#random.between(...secondsBetween) * 1000, undefined, { signal });
      if (this.#unanswered < mostUnanswered) this.#come(hub, this.#random.pick(media));
    }
  }

  /** As often as the hour has it. */
  async #play(hub: SimulatedHub, day: Day): Promise<void> {
    const { signal } = this.#happenings;
    while (!signal.aborted) {
      await pause(this.#random.gap(day.shortestGapMs), undefined, { signal });
      const comes = this.#random.chance(day.traffic(Date.now())) && this.#unanswered < mostUnanswered;
      if (comes) this.#come(hub, this.#random.pick(mediaOfDay));
    }
  }

  /** The telephone rings now and then, day and night. */
  async #ring(): Promise<void> {
    const { signal } = this.#happenings;
    let calls = 0;
    for (let seconds = firstCall; !signal.aborted; seconds = this.#random.between(...secondsBetweenCalls)) {
      await pause(seconds * this.#manner.pace * 1000, undefined, { signal });
      const free = people.filter((person) => !this.#busy.has(person) && person.language === 'en');
      const [first, ...others] = free;
      if (first === undefined || calls >= mostCalls) continue;
      const person = this.#random.pick([first, ...others]);
      const fitting = stories.filter((one) => fits(one, 'chat', person));
      const story = telling(this.#random.pick(fitting), person, this.#random);
      calls += 1;
      this.#busy.add(person);
      const call = this.#callers.call(person, story, this.#manner, () => undefined);
      this.#happenings.watch(
        call.finally(() => {
          calls -= 1;
          this.#busy.delete(person);
        }),
      );
    }
  }

  #come(hub: SimulatedHub, medium: Medium): void {
    const free = people.filter((person) => !this.#busy.has(person));
    if (free.length === 0 || hub.accounts[medium] === undefined) return;
    const person = this.#random.pick(free);
    const fitting = stories.filter((one) => fits(one, medium, person));
    const story = telling(this.#random.pick(fitting), person, this.#random);
    this.#busy.add(person);
    this.#unanswered += 1;
    const visit = this.#visit(hub, medium, person, story);
    this.#happenings.watch(visit.finally(() => this.#busy.delete(person)));
  }

  async #visit(hub: SimulatedHub, medium: Medium, person: Person, story: Story): Promise<void> {
    let counted = true;
    const answered = () => {
      if (counted) this.#unanswered -= 1;
      counted = false;
    };
    try {
      const line = await this.#line(hub, medium, person, story);
      await converse({ line, medium, story }, this.#manner, this.#random, this.#happenings.signal, answered);
    } finally {
      answered();
    }
  }

  async #line(hub: SimulatedHub, medium: Medium, person: Person, { subject }: Story): Promise<Line> {
    if (medium === 'sms') return this.#phones.line(person);
    if (medium === 'telegram' || medium === 'whatsapp') return this.#social[medium].line(person);
    if (medium === 'mail') return this.#post.line(person, subject);
    const door = { url: hub.url, account: hub.accounts['chat'] ?? '' };
    return ChatVisitor.enter(door, person, subject, this.#random, this.#happenings);
  }
}
