import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import type { Model } from 'mongoose';
import { repeat } from '../../../platform/clock/repeat.ts';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import type { Jobs } from '../../../platform/jobs/index.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, JOBS, LOG, NEW_ID } from '../../../platform/tokens.ts';
import { AppendEntry } from './append-entry.ts';
import type { StoredEntry } from '../entry.schema.ts';
import { OwedEvents } from './owed-events.ts';
import { PublishTicketEvents, topicOf } from './publish-ticket-events.ts';
import type { Teller } from './teller.schema.ts';

const BEAT_MS = 5_000;
/** Silent so long, a process is dead. Wrong about one that is only slow or whose clock is behind, something is told twice. */
const SILENT_MS = 20_000;
const PAGE = 200;

/**
 * A change is stored, applied, then told on the bus; who dies in between, or finds database or bus gone, leaves every screen
 * stale. So each process tells again what it owes and says at a steady beat until where it has told all; when it falls
 * silent, another tells what came after.
 */
@Injectable()
export class TellAgain implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly id: string;
  private stop: () => Promise<void> = () => Promise.resolve();

  constructor(
    @Inject('tellers') private readonly tellers: Model<Teller>,
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(PublishTicketEvents) private readonly publisher: PublishTicketEvents,
    @Inject(OwedEvents) private readonly owed: OwedEvents,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) newId: NewId,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.id = newId();
  }

  onModuleInit(): void {
    this.jobs.every('tell-for-the-dead', BEAT_MS, () => this.tellForTheDead());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.sayAlive();
    const failed = (error: unknown) => this.log.warn('What is owed to the screens could not be told', { error });
    this.stop = repeat(BEAT_MS, () => this.beat(), failed);
  }

  /** It stays for others to see if it still owes something, or if something is still in work. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  private async beat(): Promise<void> {
    for (const entry of this.owed.list()) {
      if ((await this.entries.exists({ _id: entry._id })) !== null) await this.tell(entry);
      this.owed.told(entry);
    }
    await this.sayAlive();
  }

  private async sayAlive(): Promise<void> {
    const alive = { aliveAt: this.clock.now(), toldUntil: this.owed.toldUntil() };
    await this.tellers.updateOne({ _id: this.id }, { $set: alive }, { upsert: true });
  }

  private async tellForTheDead(): Promise<void> {
    const aliveAt = { $lt: new Date(this.clock.now().getTime() - SILENT_MS) };
    for (const dead of await this.tellers.find({ aliveAt }).lean<Teller[]>()) {
      const count = await this.tellSince(dead.toldUntil);
      // Unless it has said in the meantime that it lives.
      await this.tellers.deleteOne({ _id: dead._id, aliveAt: dead.aliveAt });
      this.log.info('What a process that ended may not have told is told', { process: dead._id, count });
    }
  }

  private async tellSince(marker: string): Promise<number> {
    for (let after = marker, count = 0; ;) {
      const page = await this.entries
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(PAGE)
        .lean<StoredEntry[]>();
      for (const entry of page) await this.tell(entry);
      count += page.length;
      if (page.length < PAGE) return count;
      after = page.at(-1)?._id ?? '';
    }
  }

  /** What it may have died in before: applying the entry. */
  private async tell(entry: StoredEntry): Promise<void> {
    await this.publisher.publish(topicOf(entry), await this.append.settle(entry.ticketId), entry);
  }
}
