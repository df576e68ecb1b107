import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Model } from 'mongoose';
import { z } from 'zod';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Log } from '../../../platform/log/log.ts';
import { eachInTurn, type Job, type Jobs } from '../../../platform/jobs/index.ts';
import { CLOCK, JOBS, LOG } from '../../../platform/tokens.ts';
import { Channels } from '../../channels/index.ts';
import type { Change } from '../changing/append-entry.ts';
import type { StoredEntry, StoredHeld, StoredMessage } from '../entry.schema.ts';
import { QueueOutbound } from '../answering/queue-outbound.ts';
import { replyEntry, sentPatch } from '../answering/reply-entry.ts';
import { blockedReason } from '../answering/reply-targets.ts';
import type { Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';
import { ChangeHeld, comesBack, oneLess } from './change-held.ts';

const RELEASE_HELD = 'release-held';
const EVERY_MS = 15_000;
const Data = z.object({ heldId: z.string() });

export const releaseJob = ({ _id, until }: Pick<StoredHeld, '_id' | 'until'>): Job => ({
  name: RELEASE_HELD,
  key: _id,
  dueAt: until,
  data: { heldId: _id } satisfies z.infer<typeof Data>,
});

/** A held reply's time has come: it becomes a message, and does to the ticket now what a reply does. */
@Injectable()
export class ReleaseHeld implements OnModuleInit {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(ChangeHeld) private readonly change: ChangeHeld,
    @Inject(QueueOutbound) private readonly outbound: QueueOutbound,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(RELEASE_HELD, (job) => this.run(Data.parse(job.data).heldId));
    this.jobs.every('release-due', EVERY_MS, () => this.sweep());
  }

  /** The database is the truth: what the jobs have lost, or never got, is found here. */
  async sweep(): Promise<void> {
    const due = await this.entries
      .find({ type: 'held', state: 'waiting', until: { $lt: this.clock.now() } })
      .sort({ until: 1 })
      .limit(200)
      .lean<StoredHeld[]>();
    await eachInTurn(
      due,
      ({ _id }) => this.run(_id),
      (error, { _id }) =>
        this.log.warn('A held reply could not be released and is tried again', { heldId: _id, error }),
    );
  }

  /** `early`: a person said so. Moot where someone took it back, or moved it. */
  async run(heldId: string, early = false): Promise<void> {
    const found = await this.change.read(heldId);
    const thread = found && (await this.threads.findById(found.threadId).lean<Thread>());
    if (found === null || thread === null) return;
    const open = await this.channels.open(thread.channelAccountId);
    let overtakenBy: string | null = null;
    const appended = await this.change.run(
      heldId,
      (held, ticket) => {
        const now = this.clock.now();
        if (held.state !== 'waiting' || (!early && held.until > now)) return null;
        const blocked = blockedReason(thread, open?.connector.capabilities ?? null, now, held.parts);
        if (overtakenBy !== null) return comesBack(held, ticket, 'customer-wrote', overtakenBy);
        if (blocked !== null) return comesBack(held, ticket, 'blocked', blocked);
        return { ...goesOut(held, thread, ticket, now), also: this.outbound.over(thread) };
      },
      async (held) => void (overtakenBy = early ? null : await this.customerSince(held)),
    );
    if (appended?.ok) return;
    // It was released before, and that process may have been killed before the command was out.
    const message = await this.messageOf(heldId);
    if (message?.state === 'pending') await this.outbound.run(message, thread);
  }

  private messageOf(heldId: string): Promise<StoredMessage | null> {
    return this.entries.findOne({ onceKey: onceKeyOf(heldId) }).lean<StoredMessage>();
  }

  /** The name of the customer who wrote since, where that matters. */
  private async customerSince(held: StoredHeld): Promise<string | null> {
    if (!held.unlessCustomerWrites) return null;
    const said = { type: 'message' as const, direction: 'in' as const, automatic: null };
    const since = await Promise.all([
      this.entries.findOne({ ticketId: held.ticketId, seq: { $gt: held.seq }, ...said }).lean<StoredMessage>(),
      // The thread may go on in another ticket by now.
      this.entries.findOne({ threadId: held.threadId, _id: { $gt: held._id }, ...said }).lean<StoredMessage>(),
    ]);
    return since.find((message) => message !== null)?.author.name ?? null;
  }
}

const onceKeyOf = (heldId: string): string => `release:${heldId}`;

function goesOut(held: StoredHeld, thread: Thread, ticket: Ticket, now: Date): Change {
  const { _id, author, clientId, parts, subject, cc, thenStatus } = held;
  const written = { author, clientId, parts, subject, cc, onceKey: onceKeyOf(_id), releases: _id };
  return {
    topic: 'message.added',
    entry: replyEntry(written, thread, now),
    patch: { ...sentPatch(ticket, held, now, thenStatus), ...oneLess(held, ticket) },
  };
}
