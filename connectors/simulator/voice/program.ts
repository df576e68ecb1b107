import { Interrupted, attributeOf, type Leg, type Input } from './leg.ts';
import { readTwiml, type Verb } from './twiml.ts';

/** What a document of the hub's can make the exchange do. Seconds are the simulation's. */
export interface Means {
  /** Asks at an address of the hub's what comes next. */
  ask(leg: Leg, url: string, more?: Record<string, string>): Promise<string>;
  /** Tells; nobody waits for the answer. */
  tell(leg: Leg, url: string, more: Record<string, string>): void;
  sleep(seconds: number, signal: AbortSignal): Promise<void>;
  /** Seconds since. */
  since(ms: number): number;
  inLine(leg: Leg, line: string): { readonly position: number; readonly size: number };
  leaveLine(leg: Leg, line: string): void;
  /** Takes part until it is over for this leg. */
  takePart(leg: Leg, conference: Verb, signal: AbortSignal): Promise<void>;
  /** Rings somebody else's phone and lets the two talk; how it went, as the document's action is told. */
  ring(leg: Leg, dial: Verb, number: Verb, signal: AbortSignal): Promise<Record<string, string>>;
  /** What is said is written down from here on; null: no more. */
  transcribe(leg: Leg, transcription: Verb | null): void;
  /** Keeps a message; gives what the document's action is told of it. */
  keepMessage(leg: Leg, record: Verb, message: Extract<Input, { message: string }>): Record<string, string>;
}

type Outcome = { readonly then: 'end' | 'left' } | { readonly next: string };
const on = null;
const spokenSeconds = (text: string): number => 0.5 + text.length * 0.06;
const SONG_SECONDS = 30;

const input = (given: Input | undefined): Record<string, string> => {
  if (given && 'key' in given) return { Digits: given.key, FinishedOnKey: '' };
  if (given && 'speech' in given) return { SpeechResult: given.speech, Confidence: '0.91' };
  return {};
};

/** Twilio's part in a call: reads what the hub answers, verb by verb. */
export class Program {
  readonly #means: Means;
  readonly #leg: Leg;
  readonly #signal: AbortSignal;

  constructor(means: Means, leg: Leg, signal: AbortSignal) {
    this.#means = means;
    this.#leg = leg;
    this.#signal = signal;
  }

  /** Resolves when a document ends with nothing after it; rejects with `Interrupted`. */
  async run(document: string): Promise<'end' | 'left'> {
    for (let twiml = document; ;) {
      const outcome = await this.#each(readTwiml(twiml));
      if ('then' in outcome) return outcome.then;
      twiml = outcome.next;
    }
  }

  async #each(verbs: readonly Verb[]): Promise<Outcome> {
    for (const verb of verbs) {
      this.#signal.throwIfAborted();
      const outcome = await this.#do(verb);
      if (outcome !== on) return outcome;
    }
    return { then: 'end' };
  }

  async #do(verb: Verb): Promise<Outcome | typeof on> {
    switch (verb.name) {
      case 'Say':
      case 'Play':
      case 'Pause':
        return this.#sound(verb, this.#signal);
      case 'Gather':
        return this.#gather(verb);
      case 'Record':
        return this.#record(verb);
      case 'Redirect':
        return { next: await this.#means.ask(this.#leg, verb.text) };
      case 'Enqueue':
        return this.#enqueue(verb);
      case 'Dial':
        return this.#dial(verb);
      case 'Start':
      case 'Stop':
        this.#means.transcribe(this.#leg, verb.name === 'Start' ? (verb.verbs[0] ?? null) : null);
        return on;
      case 'Leave':
        return { then: 'left' };
      case 'Hangup':
        return { then: 'end' };
      default:
        throw new Error(`<${verb.name}> is not simulated`);
    }
  }

  async #sound(verb: Verb, signal: AbortSignal): Promise<typeof on> {
    if (verb.name === 'Say') this.#leg.hear({ words: verb.text, language: attributeOf(verb, 'language') ?? 'en-US' });
    else this.#leg.hear(verb.name === 'Play' ? 'music' : 'silence');
    const lasts = { Say: spokenSeconds(verb.text), Play: SONG_SECONDS, Pause: Number(verb.attributes['length'] ?? 1) };
    await this.#means.sleep(lasts[verb.name as keyof typeof lasts], signal);
    return on;
  }

  /** What is given while these sound or for so long after; whoever presses a key cuts them off. */
  async #within(seconds: number, sounds: readonly Verb[] = []): Promise<Input | undefined> {
    const enough = new AbortController();
    const signal = AbortSignal.any([this.#signal, enough.signal]);
    const passes = async (): Promise<undefined> => {
      for (const sound of sounds) await this.#sound(sound, signal);
      await this.#means.sleep(seconds, signal);
    };
    // Cut off or interrupted: whoever waits for it looks at the signal.
    const passed = passes().catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return undefined;
    });
    return Promise.race([this.#leg.take(signal), passed]).finally(() => enough.abort());
  }

  async #gather(verb: Verb): Promise<Outcome | typeof on> {
    const given = await this.#within(Number(verb.attributes['timeout'] ?? 5), verb.verbs);
    this.#signal.throwIfAborted();
    const action = attributeOf(verb, 'action');
    if (!action || (given === undefined && verb.attributes['actionOnEmptyResult'] !== 'true')) return on;
    return { next: await this.#means.ask(this.#leg, action, { msg: 'Gather End', ...input(given) }) };
  }

  async #record(verb: Verb): Promise<Outcome | typeof on> {
    this.#leg.hear('beep');
    const given = await this.#within(Number(verb.attributes['timeout'] ?? 5));
    this.#signal.throwIfAborted();
    if (!given || !('message' in given)) return on;
    await this.#means.sleep(given.seconds, this.#signal).catch(() => undefined);
    const told = this.#means.keepMessage(this.#leg, verb, given);
    const action = attributeOf(verb, 'action');
    if (!action) return on;
    return { next: await this.#means.ask(this.#leg, action, told) };
  }

  async #enqueue(verb: Verb): Promise<Outcome> {
    const line = verb.text;
    const began = Date.now();
    const facts = () => ({ QueueSid: `QU${'1'.repeat(32)}`, QueueTime: String(Math.floor(this.#means.since(began))) });
    const action = attributeOf(verb, 'action') ?? '';
    try {
      const { position, size } = this.#means.inLine(this.#leg, line);
      const more = { ...facts(), QueuePosition: String(position), CurrentQueueSize: String(size) };
      const outcome = await this.run(await this.#means.ask(this.#leg, attributeOf(verb, 'waitUrl') ?? '', more));
      // Ours never simply end: each sends the caller on to the next.
      if (outcome === 'end') {
        this.#means.tell(this.#leg, action, { ...facts(), QueueResult: 'hangup' });
        return { then: 'end' };
      }
    } catch (error) {
      if (error instanceof Interrupted)
        this.#means.tell(this.#leg, action, {
          ...facts(),
          QueueResult: error.by === 'steered' ? 'redirected' : 'hangup',
        });
      throw error;
    } finally {
      this.#means.leaveLine(this.#leg, line);
    }
    return { next: await this.#means.ask(this.#leg, action, { ...facts(), QueueResult: 'leave' }) };
  }

  async #dial(verb: Verb): Promise<Outcome | typeof on> {
    const action = attributeOf(verb, 'action');
    const next = async (told: Record<string, string>): Promise<Outcome | typeof on> => {
      this.#signal.throwIfAborted();
      return action ? { next: await this.#means.ask(this.#leg, action, told) } : on;
    };
    const conference = verb.verbs.find(({ name }) => name === 'Conference');
    if (conference) {
      await this.#means.takePart(this.#leg, conference, this.#signal);
      return next({ DialCallStatus: 'answered' });
    }
    const number = verb.verbs.find(({ name }) => name === 'Number');
    if (!number) throw new Error('Only rooms and numbers are dialled in the simulation');
    return next(await this.#means.ring(this.#leg, verb, number, this.#signal));
  }
}
