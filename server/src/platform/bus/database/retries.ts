import type { Log } from '../../log/log.ts';
import type { BusModels, StoredMessage } from './schemas.ts';

const BATCH = 500;

/** Brings messages back into their lanes when their wait is over; they keep their place by age. */
export class Retries {
  #timer: { at: number; handle: NodeJS.Timeout } | undefined;
  #closed = false;

  constructor(
    private readonly models: BusModels,
    private readonly ready: (lanes: readonly string[]) => Promise<void>,
    private readonly log: Log,
  ) {}

  async wait(message: StoredMessage, delayMs: number): Promise<void> {
    const due = new Date(Date.now() + delayMs);
    await this.models.messages.updateOne({ _id: message._id }, { $set: { due }, $inc: { attempt: 1 } });
    this.#arm(due);
  }

  /** Whoever looks first brings them back, so the retries of a dead process are not forgotten. */
  async look(): Promise<void> {
    const now = new Date();
    const due = { due: { $lte: now } };
    const found = await this.models.messages.find(due, { lane: 1 }).sort({ due: 1 }).limit(BATCH).lean();
    if (found.length > 0) {
      await this.models.messages.updateMany(
        { _id: { $in: found.map(({ _id }) => _id) }, ...due },
        { $unset: { due: 1 } },
      );
      await this.ready([...new Set(found.map(({ lane }) => lane))]);
    }
    const next = await this.models.messages
      .findOne({ due: { $gt: now } }, { due: 1 })
      .sort({ due: 1 })
      .lean();
    if (found.length === BATCH) this.#arm(now);
    else if (next?.due) this.#arm(next.due);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer?.handle);
  }

  #arm(due: Date): void {
    const at = due.getTime();
    if (this.#closed || (this.#timer && this.#timer.at <= at)) return;
    clearTimeout(this.#timer?.handle);
    // setTimeout may fire within the millisecond before, and its longest wait is 2^31 ms.
    const wait = Math.min(Math.max(at - Date.now() + 1, 1), 3_600_000);
    const handle = setTimeout(() => {
      this.#timer = undefined;
      this.look().catch((error: unknown) => this.log.warn('Bus retries could not be looked up', { error }));
    }, wait);
    handle.unref();
    this.#timer = { at, handle };
  }
}
