import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../cast/people.ts';
import { telling, type Story } from '../cast/story.ts';
import { stories } from '../cast/stories.ts';
import type { Manner } from '../converse.ts';
import type { Happenings } from '../happenings.ts';
import type { Random } from '../random.ts';
import { shop } from '../shop.ts';
import { startFakeTwilioVoice, type FakeTwilioVoice } from './fake-twilio-voice.ts';
import type { Leg, Sound } from './leg.ts';

type Seconds = readonly [number, number];
/** Until a key of the menu is pressed, and how long somebody waits in the line. */
const choosing: Seconds = [2, 5];
const patience: Seconds = [90, 240];
const patienceRestless: Seconds = [40, 120];
/** Between what a customer says: the agent answers meanwhile. */
const listening: Seconds = [8, 16];
const beforeGoodbye: Seconds = [20, 60];
const picksUp = 0.85;
const ringsAgainBusy = 0.4;
const takesCallback = 0.35;

const account = {
  ...shop.provider,
  number: shop.hotline,
  apiKeySid: 'SK5ca1ab1e00000000000000000000f1e1',
  apiKeySecret: 'demo-key-of-the-simulated-provider',
  twimlAppSid: 'AP5ca1ab1e00000000000000000000f1e1',
};

const isWords = (sound: Sound): sound is Extract<Sound, { words: string }> => typeof sound !== 'string';
/** The keys that a menu speaks of: “press 1 for orders”, “for orders, one”. */
const keysIn = (words: string): string[] => words.match(/(?<![\d.:])[1-9](?![\d.:])/g) ?? [];
const callbackKey = (words: string): string | undefined =>
  /call(ed)? (you )?back|callback|zurückrufen|Rückruf|rappel/i.test(words) ? keysIn(words)[0] : undefined;

/** The telephone company of the simulated world, and the customers who call. */
export class Callers {
  readonly #twilio: FakeTwilioVoice;
  readonly #random: Random;
  readonly #happenings: Happenings;
  readonly #people = new Map<string, { person: Person; manner: Manner }>();

  private constructor(twilio: FakeTwilioVoice, random: Random, happenings: Happenings) {
    this.#twilio = twilio;
    this.#random = random;
    this.#happenings = happenings;
  }

  static async open(random: Random, happenings: Happenings): Promise<Callers> {
    const tell = (what: string): void => happenings.watch(Promise.reject(new Error(what)));
    const answering = (leg: Leg) => callers.#answer(leg);
    const callers: Callers = new Callers(
      await startFakeTwilioVoice(account, { problem: tell, answering }),
      random,
      happenings,
    );
    return callers;
  }

  get settings(): Record<string, unknown> {
    return this.#twilio.settings;
  }

  reach(webhookUrl: string): void {
    this.#twilio.exchange.reach(webhookUrl);
  }

  close(): Promise<void> {
    return this.#twilio.close();
  }

  /** One call from dialling to hanging up. `answered` tells when somebody is there. */
  async call(person: Person, story: Story, manner: Manner, answered: () => void): Promise<void> {
    this.#people.set(person.phone, { person, manner });
    const leg = this.#twilio.exchange.dialIn(person.phone, { StirVerstat: 'TN-Validation-Passed-A' });
    await this.#hold(leg, story, manner, answered);
  }

  /** A phone of somebody who called before, or of a stranger, whom nobody plays. */
  #answer(leg: Leg): 'answers' | 'busy' | 'rings' {
    const known = this.#people.get(leg.to);
    if (known === undefined) return 'rings';
    if (!this.#random.chance(picksUp)) return this.#random.chance(ringsAgainBusy) ? 'busy' : 'rings';
    const fitting = stories.filter(({ on, language }) => on.includes('chat') && language === undefined);
    const story = telling(this.#random.pick(fitting), known.person, this.#random);
    this.#happenings.watch(this.#hold(leg, story, known.manner, () => undefined));
    return 'answers';
  }

  /** The phone in a customer's hand. */
  async #hold(leg: Leg, story: Story, manner: Manner, answered: () => void): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, this.#happenings.signal]);
    leg.onEnd(() => over.abort());
    leg.onSound((sound) => this.#happenings.watch(this.#react(leg, sound, story, signal)));
    try {
      const seconds = this.#secondsOf(manner.isRestless ? patienceRestless : patience, manner);
      if (await this.#isReached(leg, seconds, signal)) {
        answered();
        await this.#talk(leg, story, manner, signal);
      }
    } catch (error) {
      // The other side hung up first.
      if (!over.signal.aborted) throw error;
    } finally {
      await this.#twilio.exchange.hangUp(leg);
    }
  }

  async #react(leg: Leg, sound: Sound, story: Story, signal: AbortSignal): Promise<void> {
    if (sound === 'beep')
      return leg.give({ message: story.turns[0] ?? story.subject, seconds: this.#random.int(6, 14) });
    if (!isWords(sound) || this.#inRoom(leg)) return;
    const wanted = callbackKey(sound.words);
    const keys = wanted === undefined ? keysIn(sound.words) : this.#random.chance(takesCallback) ? [wanted] : [];
    if (keys.length === 0) return;
    await pause(this.#random.between(...choosing) * 1000, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) leg.give({ key: this.#random.pick(keys as [string, ...string[]]) });
  }

  #inRoom(leg: Leg): boolean {
    return this.#twilio.exchange.rooms.all().some(({ members }) => members.has(leg.sid) && members.size > 1);
  }

  async #isReached(leg: Leg, seconds: number, signal: AbortSignal): Promise<boolean> {
    for (const until = Date.now() + seconds * 1000; Date.now() < until;) {
      if (this.#inRoom(leg)) return true;
      await pause(500, undefined, { signal });
    }
    return false;
  }

  async #talk(leg: Leg, story: Story, manner: Manner, signal: AbortSignal): Promise<void> {
    const wait = (seconds: Seconds) => pause(this.#secondsOf(seconds, manner) * 1000, undefined, { signal });
    for (const [index, words] of story.turns.entries()) {
      if (index % 2 === 1) continue;
      await wait(index === 0 ? choosing : listening);
      this.#twilio.exchange.say(leg, words);
    }
    await wait(beforeGoodbye);
  }

  #secondsOf(seconds: Seconds, { pace }: Manner): number {
    return this.#random.between(...seconds) * pace;
  }
}
