import { Alarm } from '../../clock/alarm.ts';
import type { Log } from '../../log/log.ts';
import type { JobModels } from './schemas.ts';

/** Runs something once per period in one of all processes: who moves the next instant on does the work. */
export class Period {
  readonly #alarm = new Alarm(() => this.#ring());
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(
    private readonly name: string,
    private readonly periodMs: number,
    private readonly run: () => Promise<void>,
    private readonly models: JobModels,
    private readonly log: Log,
  ) {}

  async start(): Promise<void> {
    const nextAt = new Date(Date.now() + this.periodMs);
    // The earlier of both: a period made shorter must not wait for the end of the long one.
    await this.models.periods.updateOne({ _id: this.name }, { $min: { nextAt } }, { upsert: true });
    await this.#arm();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#alarm.close();
    await this.#running;
  }

  #ring(): void {
    if (this.#closed) return;
    this.#running = this.#turn().catch((error: unknown) => {
      this.log.error('A periodic job failed', { job: this.name, error });
      this.#alarm.at(new Date(Date.now() + this.periodMs));
    });
  }

  async #turn(): Promise<void> {
    const now = Date.now();
    const won = await this.models.periods.findOneAndUpdate(
      { _id: this.name, nextAt: { $lte: new Date(now) } },
      { $set: { nextAt: new Date(now + this.periodMs) } },
    );
    if (won) await this.run();
    await this.#arm();
  }

  async #arm(): Promise<void> {
    const period = await this.models.periods.findById(this.name).lean();
    this.#alarm.at(period?.nextAt ?? new Date(Date.now() + this.periodMs));
  }
}
