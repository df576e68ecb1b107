/** What goes on at the same time in the simulated world. All of it ends with the signal; a failure is told and ends itself alone. */
export class Happenings {
  readonly #end = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #tell: (sentence: string, fields: object) => void;

  constructor(tell: (sentence: string, fields: object) => void) {
    this.#tell = tell;
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  watch(happening: Promise<void>): void {
    const watched = happening
      .catch((error: unknown) => {
        if (this.signal.aborted) return;
        this.#tell('A simulated customer could not go on', { reason: (error as Error).message });
      })
      .finally(() => this.#running.delete(watched));
    this.#running.add(watched);
  }

  async end(): Promise<void> {
    this.#end.abort();
    await Promise.all(this.#running);
  }
}
