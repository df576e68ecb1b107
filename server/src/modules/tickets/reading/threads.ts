import { Inject, Injectable } from '@nestjs/common';
import type { ChannelKind } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Awaited, StoredEntry, StoredMessage } from '../entry.schema.ts';
import { isCopy } from '../managing/split-ticket.ts';
import { splitFrom, threadInUse } from '../receiving/thread-in-use.ts';
import type { Thread } from '../thread.schema.ts';

/** Reads of threads and messages for the modules that deliver and show them. */
@Injectable()
export class Threads {
  constructor(
    @Inject('threads') readonly threads: Model<Thread>,
    @Inject('entries') readonly entries: Model<StoredEntry>,
  ) {}

  byId(id: string): Promise<Thread | null> {
    return this.threads.findById(id).lean<Thread>();
  }

  byExternalId(channelAccountId: string, externalId: string): Promise<Thread | null> {
    return this.threads.findOne({ channelAccountId, externalId }).lean<Thread>();
  }

  /** Those of some channels. */
  async ofTickets(ticketIds: readonly string[], channels: readonly ChannelKind[]): Promise<Thread[]> {
    if (ticketIds.length === 0) return [];
    const threads = await this.threads.find({ ticketId: { $in: [...ticketIds] } }).lean<Thread[]>();
    return threads.filter(({ channel }) => channels.includes(channel));
  }

  /** A visitor came (null) or left. */
  async markLeft(channelAccountId: string, externalId: string, leftAt: Date | null): Promise<void> {
    await this.threads.updateOne({ channelAccountId, externalId }, { $set: { leftAt } });
  }

  /** Where the conversation goes on: after a split that may be another thread than the provider's own. */
  async inUse(channelAccountId: string, externalId: string): Promise<Thread | null> {
    const root = await this.byExternalId(channelAccountId, externalId);
    return root === null ? null : threadInUse(this, root);
  }

  message(id: string): Promise<StoredMessage | null> {
    return this.entries.findOne({ _id: id, type: 'message' }).lean<StoredMessage>();
  }

  /** All that changed a ticket after one of its changes and up to another, in order. */
  after(ticketId: string, seq: number, upTo: number, limit: number): Promise<StoredEntry[]> {
    return this.entries
      .find({ ticketId, seq: { $gt: seq, $lte: upTo } })
      .sort({ seq: 1 })
      .limit(limit)
      .lean<StoredEntry[]>();
  }

  /** The last messages of a ticket, oldest first. */
  async recent(ticketId: string, limit: number): Promise<StoredEntry[]> {
    const found = await this.entries
      .find({ ticketId, type: 'message' })
      .sort({ seq: -1 })
      .limit(limit)
      .lean<StoredEntry[]>();
    return found.toReversed();
  }

  /** Newest first: what was said in the thread over all its tickets, before the given message where one is named. */
  messages(threadId: string, before: string | undefined, limit: number): Promise<StoredMessage[]> {
    const filter = { threadId, type: 'message' as const, ...(before !== undefined && { _id: { $lt: before } }) };
    return this.entries.find(filter).sort({ _id: -1 }).limit(limit).lean<StoredMessage[]>();
  }

  /** The same over the threads that were split from it: the sender knows of one conversation, and of no copies in it. */
  async wholeConversation(root: Thread, before: string | undefined, limit: number): Promise<StoredMessage[]> {
    const family = [root, ...(await splitFrom(this.threads, root._id))];
    const pages = await Promise.all(family.map(({ _id }) => this.messages(_id, before, limit)));
    return pages
      .flat()
      .filter((message) => !isCopy(message))
      .toSorted((a, b) => (a._id < b._id ? 1 : -1))
      .slice(0, limit);
  }

  /**
   * One sender at a time, and it is known that it began: a process that is killed between asking the provider and hearing its
   * answer leaves the attempt standing. Of several tries the first one's times stay.
   */
  async claim(
    messageId: string,
    attempt: { id: string; startedAt: Date },
    queuedAt: Date | undefined,
  ): Promise<StoredMessage | null> {
    const times = { 'milestones.claimedAt': attempt.startedAt, ...(queuedAt && { 'milestones.queuedAt': queuedAt }) };
    return this.entries
      .findOneAndUpdate(
        { _id: messageId, state: 'pending', attempt: null },
        { $set: { attempt, awaits: null }, $min: times },
        { returnDocument: 'after' },
      )
      .lean<StoredMessage>();
  }

  /** The provider surely has not taken it: it may be tried again. */
  async release(messageId: string, attemptId: string, awaits: Awaited): Promise<void> {
    await this.entries.updateOne({ _id: messageId, 'attempt.id': attemptId }, { $set: { attempt: null, awaits } });
  }
}
