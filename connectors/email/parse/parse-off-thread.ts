import { ConnectorError, type NormalisedEvent } from '@switchboard/contract';
import { Worker } from 'node:worker_threads';
import { parseMail, type ParseInput } from './parse-mail.ts';
import type { ParseAnswer, ParseJob } from './parse-worker.ts';

/** Below it a mail is read in a few milliseconds; above, it would hold everybody's events. */
const bigMail = 256 * 1024;
const patienceMs = 60_000;

// Node runs no TypeScript: from the sources (tests) every mail is read on this thread.
const workerUrl = import.meta.url.endsWith('.ts') ? null : new URL('./parse-worker.js', import.meta.url);

interface Waiting {
  readonly resolve: (events: NormalisedEvent[]) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** One thread for all accounts of the process, started for the first big mail and never a reason to stay alive. */
class ParseThread {
  readonly #waiting = new Map<number, Waiting>();
  readonly #url: URL;
  #worker: Worker | null = null;
  #count = 0;

  constructor(url: URL) {
    this.#url = url;
  }

  parse(input: ParseInput): Promise<NormalisedEvent[]> {
    const worker = (this.#worker ??= this.#start());
    const id = (this.#count += 1);
    worker.ref();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#stop(new ConnectorError('rejected', 'The mail takes too long to read')),
        patienceMs,
      );
      this.#waiting.set(id, { resolve, reject, timer });
      worker.postMessage({ id, input } satisfies ParseJob);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#url, { resourceLimits: { maxOldGenerationSizeMb: 1024 } });
    worker.on('message', (answer: ParseAnswer) => this.#settle(answer));
    worker.on('error', (error) =>
      this.#stop(new ConnectorError('rejected', 'The mail cannot be read', { cause: error })),
    );
    worker.on('exit', () => {
      if (this.#worker === worker) this.#stop(new ConnectorError('temporary', 'The reading thread ended'));
    });
    worker.unref();
    return worker;
  }

  #settle(answer: ParseAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    clearTimeout(waiting?.timer);
    if (answer.ok) waiting?.resolve(answer.events);
    else waiting?.reject(new Error(answer.message));
  }

  #stop(error: Error): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.terminate();
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#waiting.clear();
  }
}

const thread = workerUrl ? new ParseThread(workerUrl) : null;

const unreadable = (error: unknown): ConnectorError =>
  error instanceof ConnectorError
    ? error
    : new ConnectorError(
        'rejected',
        `The mail cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );

export const parseAnyMail = async (input: ParseInput): Promise<NormalisedEvent[]> => {
  try {
    return thread && input.raw.byteLength > bigMail ? await thread.parse(input) : await parseMail(input);
  } catch (error) {
    throw unreadable(error);
  }
};
