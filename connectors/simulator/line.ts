import type { SentFile } from './files.ts';

/** How one customer is in touch with the hub: a chat, a thread of mails, a phone. */
export interface Line {
  /** Resolves when the hub has it. */
  say(text: string, file?: SentFile): Promise<void>;
  /** Shows that the customer is writing, where the channel can. */
  typing(): void;
  /** The agent's next words; rejects when the signal aborts. */
  reply(signal: AbortSignal): Promise<string>;
  leave(): void;
}

/** What came in, kept until somebody asks for it. */
export class Inbox {
  readonly #waiting: string[] = [];
  #ask: ((text: string) => void) | undefined;

  put(text: string): void {
    const ask = this.#ask;
    this.#ask = undefined;
    if (ask) ask(text);
    else this.#waiting.push(text);
  }

  /** Read, and not answered on its own. */
  clear(): void {
    this.#waiting.length = 0;
  }

  next(signal: AbortSignal): Promise<string> {
    const known = this.#waiting.shift();
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#ask = undefined;
        reject(new Error('the simulation has ended'));
      };
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, { once: true });
      this.#ask = (text) => {
        signal.removeEventListener('abort', stop);
        resolve(text);
      };
    });
  }
}
