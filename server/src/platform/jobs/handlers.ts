import type { Job } from './jobs.ts';

export type JobHandler = (job: Job) => Promise<void>;

/** What this process can do, by name. Boot fails loudly: a name twice, or a job that nobody would do, is a mistake in code. */
export class JobHandlers {
  readonly #handlers = new Map<string, JobHandler>();

  add(name: string, handler: JobHandler): void {
    if (this.#handlers.has(name)) throw new Error(`the job ${name} has a handler already`);
    this.#handlers.set(name, handler);
  }

  get(name: string): JobHandler {
    const handler = this.#handlers.get(name);
    if (!handler) throw new Error(`the job ${name} has no handler: call handle('${name}', …) in every process`);
    return handler;
  }

  names(): string[] {
    return [...this.#handlers.keys()];
  }
}
