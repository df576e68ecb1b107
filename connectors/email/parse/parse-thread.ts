import type { NormalisedEvent } from '@switchboard/contract';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ParseInput } from './parse-mail.ts';
import type { ParseAnswer } from './parse-worker.ts';

/** One thread for all accounts of the process: started for the first big mail, never a reason to stay alive, one mail at a time. */
export class ParseThread {
  readonly #url: URL;
  readonly #patienceMs: number;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(url: URL, patienceMs: number) {
    this.#url = url;
    this.#patienceMs = patienceMs;
  }

  parse(input: ParseInput): Promise<NormalisedEvent[]> {
    const turn = this.#last.then(() => this.#run(input));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #run(input: ParseInput): Promise<NormalisedEvent[]> {
    const answer = await this.#ask(input);
    if (answer.ok) return answer.events;
    throw new Error(answer.message);
  }

  async #ask(input: ParseInput): Promise<ParseAnswer> {
    const worker = (this.#worker ??= new Worker(this.#url, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    }));
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(this.#patienceMs)]);
    worker.ref();
    try {
      worker.postMessage(input);
      const answered = once(worker, 'message', { signal }).then(([answer]) => answer as ParseAnswer);
      return await Promise.race([answered, ended(worker, signal)]);
    } catch (error) {
      // Out of time, of memory, or dead: the next mail gets a new thread.
      this.#worker = null;
      await worker.terminate();
      throw error;
    } finally {
      over.abort();
      worker.unref();
    }
  }
}

async function ended(worker: Worker, signal: AbortSignal): Promise<never> {
  await once(worker, 'exit', { signal });
  throw new Error('the thread that reads it has ended');
}
