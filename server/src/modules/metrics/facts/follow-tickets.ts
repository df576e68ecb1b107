import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Model } from 'mongoose';
import { repeat } from '../../../platform/clock/repeat.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { Lease, Presence } from '../../../platform/presence/index.ts';
import { CLOCK, CONFIG, LOG, PRESENCE } from '../../../platform/tokens.ts';
import type { Ticket } from '../../tickets/index.ts';
import { KeepQuarters } from '../rollups/keep-quarters.ts';
import { RollUp } from '../rollups/roll-up.ts';
import { MeasureSpells } from './measure-spells.ts';
import { MeasureTickets } from './measure-tickets.ts';
import type { Followed } from './measured.schema.ts';

const EVERY_MS = 500;
const LEASE_MS = 15_000;
/** A change may be stored a little after the time that it bears; what comes later still is found by the second look. */
const LATE_MS = 3_000;
const VERY_LATE_MS = 600_000;
const SECOND_LOOK_MS = 60_000;
const SPELLS_EVERY_MS = 10_000;
const PAGE = 200;
const MOST_REMEMBERED = 20_000;

/**
 * Measures what happens to tickets within about a second, in one process of all, by looking for those that changed: nobody who
 * works on a ticket waits for its figures, and while nothing happens there is nothing to do.
 */
@Injectable()
export class FollowTickets implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private lease: Lease | null = null;
  private readonly closing = new AbortController();
  private stop: () => Promise<void> = () => Promise.resolve();
  /** The seq up to which a ticket was looked at. */
  private readonly seen = new Map<string, number>();
  private until = new Date(0);
  private lookedAgainAt = 0;
  private spellsUntil = new Date(0);

  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject('metricsfollowed') private readonly followed: Model<Followed>,
    @Inject(MeasureTickets) private readonly measure: MeasureTickets,
    @Inject(MeasureSpells) private readonly spells: MeasureSpells,
    @Inject(KeepQuarters) private readonly quarters: KeepQuarters,
    @Inject(RollUp) private readonly rollUp: RollUp,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.ROLE === 'api') return;
    const failed = (error: unknown) => this.log.warn('Tickets could not be measured; they will be', { error });
    this.stop = repeat(EVERY_MS, () => this.look(), failed);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing.abort();
    await this.stop();
    await this.lease?.release();
  }

  private async look(): Promise<void> {
    if (!(await this.holds())) return;
    const signal = AbortSignal.any([(this.lease as Lease).signal, this.closing.signal]);
    const late = this.isTimeForAnother() ? VERY_LATE_MS : LATE_MS;
    await this.follow(new Date(this.until.getTime() - late), signal);
    await this.followSpells();
    if (late === VERY_LATE_MS) await this.rollUp.run();
  }

  /** Of those that go on and those that ended since: again and again, as they grow. */
  private async followSpells(): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - this.spellsUntil.getTime() < SPELLS_EVERY_MS) return;
    await this.spells.run({ start: new Date(this.spellsUntil.getTime() - SECOND_LOOK_MS), end: now });
    this.spellsUntil = now;
    await this.followed.updateOne({ _id: 'spells' }, { $set: { until: now } }, { upsert: true });
  }

  /** Who takes it over begins where the other has come to. */
  private async holds(): Promise<boolean> {
    if (this.lease !== null && !this.lease.signal.aborted) return true;
    this.lease = await this.presence.lease('metrics', LEASE_MS);
    if (this.lease === null) return false;
    this.seen.clear();
    this.quarters.forget();
    this.lookedAgainAt = 0;
    const [tickets, spells] = await Promise.all(
      ['tickets', 'spells'].map((what) => this.followed.findById(what).lean<Followed>()),
    );
    this.until = tickets?.until ?? new Date(0);
    this.spellsUntil = spells?.until ?? new Date(0);
    return true;
  }

  private isTimeForAnother(): boolean {
    const now = performance.now();
    if (this.lookedAgainAt !== 0 && now - this.lookedAgainAt < SECOND_LOOK_MS) return false;
    this.lookedAgainAt = now;
    return true;
  }

  private async follow(since: Date, signal: AbortSignal): Promise<void> {
    for (let after = { updatedAt: since, _id: '' }; !signal.aborted;) {
      const began = performance.now();
      const page = await this.page(after);
      const changed = page.filter(({ _id, seq }) => this.seen.get(_id) !== seq);
      if (changed.length > 0) await this.measure.run(changed);
      for (const { _id, seq } of changed) this.remember(_id, seq);
      const last = page.at(-1);
      if (last === undefined) break;
      if (last.updatedAt > this.until) {
        this.until = last.updatedAt;
        await this.followed.updateOne({ _id: 'tickets' }, { $set: { until: this.until } }, { upsert: true });
      }
      if (page.length < PAGE) break;
      after = last;
      // What is far behind, as on a first start with a long past, is followed at half speed: others use the database, too.
      await delay(performance.now() - began);
    }
  }

  private page({ updatedAt, _id }: Pick<Ticket, 'updatedAt' | '_id'>): Promise<Ticket[]> {
    return this.tickets
      .find({ updatedAt: { $gte: updatedAt }, $or: [{ updatedAt: { $gt: updatedAt } }, { _id: { $gt: _id } }] })
      .sort({ updatedAt: 1, _id: 1 })
      .limit(PAGE)
      .lean<Ticket[]>()
      .exec();
  }

  private remember(ticketId: string, seq: number): void {
    this.seen.delete(ticketId);
    this.seen.set(ticketId, seq);
    const [oldest] = this.seen.keys();
    if (this.seen.size > MOST_REMEMBERED && oldest !== undefined) this.seen.delete(oldest);
  }
}
