import type { Queue } from 'bull';
import { Alarm } from '../../clock/alarm.ts';
import type { Log } from '../../log/log.ts';

export interface PeriodicWork {
  readonly name: string;
  readonly key: string;
  readonly periodMs: number;
  run(): Promise<void>;
}

/** Time is cut into numbered periods; whoever is first to write a period's number does its work. */
export class SharedPeriod {
  readonly #alarm = new Alarm(() => this.#ring());
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(
    private readonly work: PeriodicWork,
    private readonly redis: Queue['client'],
    private readonly log: Log,
  ) {}

  start(): void {
    this.#arm();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#alarm.close();
    await this.#running;
  }

  #arm(): void {
    const { periodMs } = this.work;
    this.#alarm.at(new Date((Math.floor(Date.now() / periodMs) + 1) * periodMs));
  }

  #ring(): void {
    if (this.#closed) return;
    this.#running = this.#turn()
      .catch((error: unknown) => this.log.error('A periodic job failed', { job: this.work.name, error }))
      .finally(() => this.#arm());
  }

  async #turn(): Promise<void> {
    const { key, periodMs, run } = this.work;
    const period = Math.floor(Date.now() / periodMs);
    const won = await this.redis.set(`${key}:${period}`, '1', 'PX', 2 * periodMs, 'NX');
    if (won === 'OK') await run();
  }
}
