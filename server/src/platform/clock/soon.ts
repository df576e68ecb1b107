/**
 * Work that may wait a moment, so that what gathers meanwhile is one write. Closing does what is left; a killed process loses
 * it: only for what may be missing afterwards.
 */
export class Soon {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly ms: number,
    private readonly work: () => Promise<void>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Within `ms`, and never two at once. */
  due(): void {
    this.#timer ??= setTimeout(() => this.#begin(), this.ms).unref();
  }

  /** As soon as what runs is done. */
  now(): void {
    this.#begin();
  }

  async close(): Promise<void> {
    if (this.#timer !== undefined) this.#begin();
    await this.#running;
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#running.then(() => this.work()).catch(this.failed);
  }
}
