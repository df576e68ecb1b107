import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, LOG } from '../../platform/tokens.ts';
import type { Ticket } from '../tickets/index.ts';
import { sameText } from './shown-rows.ts';
import { OF_WORK, workOf, type Work } from './work.ts';

/** A change bears the time at which its process decided on it, and can be read only a moment later. */
const USUAL_LATE_MS = 1_000;
/** And now and then much later, or by a clock that is behind: that far back is looked every few seconds. */
const LONGEST_LATE_MS = 10_000;
const LOOK_BACK_MS = 5_000;
/** Whatever was missed all the same is found by then. */
const RELOAD_MS = 60_000;
const BATCH = 500;

/**
 * All open tickets, in memory while somebody asks for them: read whole at first, then by their time of change. The changes
 * themselves know nothing of this.
 */
@Injectable()
export class OpenWork {
  private readonly works = new Map<string, Work>();
  /** When each was last read, for the reload to know what has gone. */
  private readonly readAt = new Map<string, number>();
  private loadedAt = -Infinity;
  private lookedAt = -Infinity;
  private lookedBackAt = -Infinity;
  private loading: Promise<void> | null = null;
  private looking: Promise<void> | null = null;

  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** As of now. Several who ask at a time share the reading. */
  async read(): Promise<Iterable<Work>> {
    const now = this.clock.now().getTime();
    const age = now - this.loadedAt;
    // Who has not looked for long would have to look at all that changed since, tickets that are closed by now included.
    if (now - this.lookedAt > RELOAD_MS) await this.load(now);
    else if (age > RELOAD_MS) this.loadMeanwhile(now);
    this.looking ??= this.look().finally(() => (this.looking = null));
    await this.looking;
    return this.works.values();
  }

  private loadMeanwhile(now: number): void {
    this.load(now).catch((error: unknown) => this.log.warn('The open tickets could not be read', { error }));
  }

  private load(now: number): Promise<void> {
    this.loading ??= this.loadAll(now).finally(() => (this.loading = null));
    return this.loading;
  }

  private async loadAll(begun: number): Promise<void> {
    const found = this.tickets.find({ active: true }, OF_WORK).sort({ updatedAt: -1, _id: -1 }).lean<Ticket[]>();
    for await (const ticket of found.cursor({ batchSize: BATCH })) this.take(ticket as unknown as Ticket, begun);
    for (const [id, readAt] of this.readAt) if (readAt < begun) this.drop(id);
    if (this.lookedAt === -Infinity || begun - this.lookedAt > RELOAD_MS) this.lookedAt = begun;
    this.loadedAt = begun;
  }

  private async look(): Promise<void> {
    const now = this.clock.now().getTime();
    const back = now - this.lookedBackAt > LOOK_BACK_MS;
    const from = new Date(this.lookedAt - (back ? LONGEST_LATE_MS : USUAL_LATE_MS));
    const changed = await this.tickets
      .find({ updatedAt: { $gte: from } }, OF_WORK)
      .sort({ updatedAt: -1, _id: -1 })
      .lean<Ticket[]>();
    for (const ticket of changed) this.take(ticket, now);
    this.lookedAt = now;
    if (back) this.lookedBackAt = now;
  }

  /** The row stays the same object where it says the same: who shows it need not compare. */
  private take(ticket: Ticket, now: number): void {
    const known = this.works.get(ticket._id);
    if (known !== undefined && known.seq > ticket.seq) return;
    if (!ticket.active) return this.drop(ticket._id);
    const work = workOf(ticket);
    const row = known !== undefined && sameText(known.row, work.row) ? known.row : work.row;
    this.works.set(ticket._id, { ...work, row });
    this.readAt.set(ticket._id, now);
  }

  private drop(id: string): void {
    this.works.delete(id);
    this.readAt.delete(id);
  }
}
