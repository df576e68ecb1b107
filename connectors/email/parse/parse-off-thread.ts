import { ConnectorError, type NormalisedEvent } from '@switchboard/contract';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { parseMail, type ParseInput } from './parse-mail.ts';
import type { ParseAnswer } from './parse-worker.ts';

/** Below it a mail is read in a few milliseconds; above, it would hold everybody's events. */
const bigMail = 256 * 1024;
const patienceMs = 60_000;

// Node runs no TypeScript: from the sources (tests) every mail is read on this thread.
const workerUrl = import.meta.url.endsWith('.ts') ? null : new URL('./parse-worker.js', import.meta.url);

/** One thread for all accounts of the process: started for the first big mail, never a reason to stay alive, one mail at a time. */
class ParseThread {
  readonly #url: URL;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(url: URL) {
    this.#url = url;
  }

  parse(input: ParseInput): Promise<NormalisedEvent[]> {
    const turn = this.#last.then(() => this.#run(input));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #run(input: ParseInput): Promise<NormalisedEvent[]> {
    const worker = (this.#worker ??= new Worker(this.#url, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    }));
    worker.ref();
    try {
      worker.postMessage(input);
      const [answer] = (await once(worker, 'message', { signal: AbortSignal.timeout(patienceMs) })) as [ParseAnswer];
      if (answer.ok) return answer.events;
      throw new Error(answer.message);
    } catch (error) {
      // Out of time, of memory, or worse: the next mail gets a new thread.
      if (error instanceof Error && (error.name === 'AbortError' || 'code' in error)) await this.#discard(worker);
      throw error;
    } finally {
      worker.unref();
    }
  }

  async #discard(worker: Worker): Promise<void> {
    this.#worker = null;
    await worker.terminate();
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
