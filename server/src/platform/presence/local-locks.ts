interface Waiter {
  go(): void;
}

/** Locks within this process, first come, first served. */
export class LocalLocks {
  readonly #queues = new Map<string, Waiter[]>();

  /** Resolves with the release once the lock is held; rejects after `waitMs`. */
  async acquire(name: string, waitMs: number): Promise<() => void> {
    const queue = this.#queues.get(name);
    if (!queue) this.#queues.set(name, []);
    else await this.#wait(name, queue, waitMs);
    return () => this.#release(name);
  }

  #wait(name: string, queue: Waiter[], waitMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter = {
        go: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(waiter), 1);
        reject(new Error(`${name} was not free within ${waitMs} ms`));
      }, waitMs);
      queue.push(waiter);
    });
  }

  #release(name: string): void {
    const next = this.#queues.get(name)?.shift();
    if (next) next.go();
    else this.#queues.delete(name);
  }
}
