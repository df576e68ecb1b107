import type { Verb } from './twiml.ts';

export type LegStatus =
  'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';

/** What who holds the phone can do while something asks. */
export type Input =
  | { readonly key: string }
  | { readonly speech: string }
  /** After the beep: these words, for so many seconds. */
  | { readonly message: string; readonly seconds: number };

/** What the phone has from here on: what others say, music, or nothing. */
export type Ear = 'people' | 'music' | 'silence';

/** What comes out of the phone. */
export type Sound = { readonly words: string; readonly language: string } | 'beep' | Ear;

/** What ends what a leg is doing: somebody hangs up, or the hub sends it elsewhere. */
export class Interrupted extends Error {
  readonly by: 'hung-up' | 'steered';
  constructor(by: 'hung-up' | 'steered') {
    super(by);
    this.by = by;
  }
}

export interface Callback {
  readonly url: string;
  readonly events: readonly string[];
}

/** One phone in one call. */
export class Leg {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly direction: 'inbound' | 'outbound-api';
  /** What the provider's requests about it say besides. */
  readonly extra: Readonly<Record<string, string>>;
  readonly callback: Callback | undefined;
  status: LegStatus = 'queued';
  answeredAt: number | undefined;
  sequence = 0;
  /** By who holds the phone: the hub is not told. */
  muted = false;
  /** All that was said into this phone's ear, in order. */
  readonly heard: string[] = [];
  ear: Ear = 'people';
  #listeners: ((sound: Sound) => void)[] = [];
  #endings: ((status: LegStatus) => void)[] = [];
  #inputs: Input[] = [];
  #asks: ((input: Input) => void) | undefined;
  #program: { end: AbortController; done: Promise<void> } | undefined;

  constructor(about: Pick<Leg, 'sid' | 'from' | 'to' | 'direction' | 'extra' | 'callback'>) {
    this.sid = about.sid;
    this.from = about.from;
    this.to = about.to;
    this.direction = about.direction;
    this.extra = about.extra;
    this.callback = about.callback;
  }

  get isOver(): boolean {
    return !['queued', 'ringing', 'in-progress'].includes(this.status);
  }

  onSound(listener: (sound: Sound) => void): void {
    this.#listeners.push(listener);
  }
  onEnd(listener: (status: LegStatus) => void): void {
    this.#endings.push(listener);
  }

  hear(sound: Sound): void {
    if (typeof sound !== 'string') this.heard.push(sound.words);
    else if (sound !== 'beep') this.ear = sound;
    for (const listener of this.#listeners) listener(sound);
  }

  /** Kept until something asks: who knows the menu presses early. */
  give(input: Input): void {
    const ask = this.#asks;
    this.#asks = undefined;
    if (ask) ask(input);
    else this.#inputs.push(input);
  }

  /** The next input; undefined once the signal aborts. */
  take(signal: AbortSignal): Promise<Input | undefined> {
    const known = this.#inputs.shift();
    if (known !== undefined || signal.aborted) return Promise.resolve(known);
    return new Promise((resolve) => {
      const give = (input: Input) => {
        signal.removeEventListener('abort', stop);
        resolve(input);
      };
      const stop = () => {
        if (this.#asks === give) this.#asks = undefined;
        resolve(undefined);
      };
      signal.addEventListener('abort', stop, { once: true });
      this.#asks = give;
    });
  }

  /** Ends what the leg is doing, and begins this. */
  async follow(by: 'hung-up' | 'steered', begin?: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const before = this.#program;
    before?.end.abort(new Interrupted(by));
    const end = new AbortController();
    // What it did before leaves its place first: a room's "left" comes before the next "joined".
    const done = (before?.done ?? Promise.resolve()).then(() => begin?.(end.signal));
    this.#program = { end, done };
    await before?.done;
  }

  ended(status: LegStatus): void {
    this.status = status;
    for (const listener of this.#endings) listener(status);
  }
}

export const attributeOf = ({ attributes }: Verb, name: string): string | undefined => attributes[name] || undefined;
