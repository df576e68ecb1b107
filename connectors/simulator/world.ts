import { setTimeout as pause } from 'node:timers/promises';
import { people, type Person } from './cast/people.ts';
import { stories } from './cast/stories.ts';
import { fits, telling, type Medium, type Story } from './cast/story.ts';
import { ChatVisitor } from './chat/visitor.ts';
import { converse, type Manner } from './converse.ts';
import type { Day } from './day.ts';
import { Happenings } from './happenings.ts';
import type { Line } from './line.ts';
import { openProviders, places, type Providers, type Written } from './providers.ts';
import type { Random } from './random.ts';
import { shop } from './shop.ts';
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

const secondsBetween: readonly [number, number] = [20, 40];
/** So many unanswered, and nobody new comes: who leaves the demo alone for a night shall not find a thousand. */
const mostUnanswered = 30;
const written = Object.keys(places) as Written[];
const media: readonly [Medium, ...Medium[]] = ['chat', ...written];
/** Calls come apart from the rest: somebody has to be there at once. Seconds until the first, and between two. */
const firstCall = 15;
const secondsBetweenCalls: readonly [number, number] = [75, 180];
const mostCalls = 3;
/** A good half of a day's customers chat or write a mail. */
const mediaOfDay = [...media, ...(['chat', 'chat', 'chat', 'chat', 'mail', 'mail', 'mail'] as const)] as const;

/** The outside world of a small garden shop: its customers, their phone network, their mail servers. */
export class World {
  readonly #random: Random;
  readonly #happenings: Happenings;
  readonly #providers: Providers;
  readonly #callers: Callers;
  readonly #busy = new Set<Person>();
  #unanswered = 0;
  #manner: Manner = { pace: 1, isRestless: false };

  private constructor(random: Random, happenings: Happenings, providers: Providers, callers: Callers) {
    this.#random = random;
    this.#happenings = happenings;
    this.#providers = providers;
    this.#callers = callers;
  }

  /** Its servers listen; its customers wait for `begin`. */
  static async open(random: Random, tell: (sentence: string, fields: object) => void): Promise<World> {
    const happenings = new Happenings(tell);
    const providers = await openProviders(random, happenings);
    return new World(random, happenings, providers, await Callers.open(random, happenings));
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
      ...written.map((key) => ({ key, ...places[key], settings: this.#providers[key].settings })),
      {
        key: 'phone',
        connectorId: 'twilio-voice',
        name: shop.hotline,
        queue: 'Orders & parcels',
        settings: this.#callers.settings,
      },
    ];
  }

  /** How whoever looks at the demo can be a customer too. */
  ways({ url, accounts }: SimulatedHub): readonly { how: string; where: string }[] {
    return [
      { how: 'in the chat', where: `${url}/widget-test?account=${accounts['chat']}` },
      { how: 'by e-mail', where: `to ${shop.mailbox}, SMTP on localhost:${this.#providers.mail.receiverPort}` },
      { how: 'by the form', where: `${url}/webhooks/${accounts['form']}/form` },
    ];
  }

  /** `day`: what is played; null: a quiet shop, for ever. */
  begin(hub: SimulatedHub, day: Day | null): void {
    const webhookOf = (key: string) => `${hub.url}/webhooks/${hub.accounts[key]}`;
    this.#callers.reach(webhookOf('phone'));
    for (const key of written) this.#providers[key].reach?.(webhookOf(key));
    if (day !== null) this.#manner = { pace: day.pace, isRestless: true };
    this.#happenings.watch(day === null ? this.#live(hub) : this.#play(hub, day));
    if (hub.accounts['phone'] !== undefined) this.#happenings.watch(this.#ring());
  }

  async end(): Promise<void> {
    await this.#happenings.end();
    await Promise.all([this.#callers, ...Object.values(this.#providers)].map((each) => each.close()));
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

  async #line(hub: SimulatedHub, medium: Medium, person: Person, story: Story): Promise<Line> {
    if (medium !== 'chat') return this.#providers[medium].line(person, story);
    const door = { url: hub.url, account: hub.accounts['chat'] ?? '' };
    return ChatVisitor.enter(door, person, story.subject, this.#random, this.#happenings);
  }
}
