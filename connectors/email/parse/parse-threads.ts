import type { NormalisedEvent } from '@switchboard/contract';
import { Worker } from 'node:worker_threads';
import type { ParseInput } from './parse-mail.ts';
import type { ParseAnswer } from './parse-worker.ts';

interface Job {
  readonly input: ParseInput;
  resolve(events: NormalisedEvent[]): void;
  reject(error: Error): void;
}
interface Work {
  readonly job: Job;
  slow: boolean;
  timer: NodeJS.Timeout;
}

/** Most mails take a millisecond. Behind one that takes this long the others wait no more. */
const SLOW_MS = 250;

/** What takes longer is no mail that anybody wrote, also on a machine that is busy with others; 25 MB take a second or two. */
export const patienceOf = (bytes: number): number => 20_000 + bytes / 1_000;

/**
 * The threads in which mails are read, for all accounts of the process. One does, warm as it is, until a mail is slow: the next
 * one gets another. A mail on which a thread hangs or dies is refused and costs that thread. None is a reason to stay alive.
 */
export class ParseThreads {
  readonly #url: URL;
  readonly #most: number;
  readonly #patienceOf: (bytes: number) => number;
  readonly #waiting: Job[] = [];
  readonly #free: Worker[] = [];
  readonly #busy = new Map<Worker, Work>();

  constructor(url: URL, most: number, patience = patienceOf) {
    this.#url = url;
    this.#most = most;
    this.#patienceOf = patience;
  }

  parse(input: ParseInput): Promise<NormalisedEvent[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ input, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    const mayStart = this.#busy.size < this.#most && [...this.#busy.values()].every(({ slow }) => slow);
    if (this.#waiting.length === 0 || (this.#free.length === 0 && !mayStart)) return;
    const worker = this.#free.pop() ?? this.#start();
    const job = this.#waiting.shift() as Job;
    this.#busy.set(worker, { job, slow: false, timer: setTimeout(() => this.#isSlow(worker), SLOW_MS) });
    worker.ref();
    worker.postMessage(job.input);
  }

  #isSlow(worker: Worker): void {
    const work = this.#busy.get(worker) as Work;
    const ms = this.#patienceOf(work.job.input.raw.byteLength);
    work.slow = true;
    work.timer = setTimeout(() => this.#lose(worker, `it takes longer than ${Math.round(ms / 1000)} s`), ms - SLOW_MS);
    this.#next();
  }

  #start(): Worker {
    const worker = new Worker(this.#url, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 1024 } });
    worker.on('message', (answer: ParseAnswer) => this.#answered(worker, answer));
    worker.on('error', (error: Error) => this.#lose(worker, error.message));
    worker.on('exit', () => this.#lose(worker, 'the thread that reads it has ended'));
    return worker;
  }

  #answered(worker: Worker, answer: ParseAnswer): void {
    const job = this.#take(worker);
    if (job === undefined) return;
    worker.unref();
    this.#free.push(worker);
    if (answer.ok) job.resolve(answer.events);
    else job.reject(new Error(answer.message));
    this.#next();
  }

  /** Out of time, of memory, or dead. */
  #lose(worker: Worker, why: string): void {
    const at = this.#free.indexOf(worker);
    if (at >= 0) this.#free.splice(at, 1);
    const job = this.#take(worker);
    if (job === undefined) return;
    void worker.terminate();
    job.reject(new Error(why));
    this.#next();
  }

  #take(worker: Worker): Job | undefined {
    const work = this.#busy.get(worker);
    this.#busy.delete(worker);
    clearTimeout(work?.timer);
    return work?.job;
  }
}
