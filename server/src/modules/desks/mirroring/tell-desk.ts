import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { ConnectorError, type DeskKind, type DeskLine } from '@switchboard/contract';
import type { Presence } from '../../../platform/presence/index.ts';
import { PRESENCE } from '../../../platform/tokens.ts';
import { Threads, type StoredEntry } from '../../tickets/index.ts';
import type { StoredAct } from '../desk-act.schema.ts';
import type { DeskPost } from '../desk-post.schema.ts';
import { lineOf } from './desk-lines.ts';

const MOST_AT_ONCE = 50;

export type Told = {
  entry: StoredEntry;
  line: Omit<DeskLine, 'url'> | null;
  /** It was written there: it stands there. */
  here: boolean;
};

/** What is to be told at a desk, and when. */
@Injectable()
export class TellDesk {
  constructor(
    @Inject('deskacts') private readonly acts: Model<StoredAct>,
    @Inject(Threads) private readonly threads: Threads,
    @Inject(PRESENCE) private readonly presence: Presence,
  ) {}

  /** All changes since, in their order; a line of null: there is nothing to tell. What was written there stands there. */
  async linesFor(post: DeskPost, upTo: number): Promise<Told[]> {
    const entries = await this.threads.after(post.ticketId, post.toldSeq, upTo, MOST_AT_ONCE);
    const [own, changed] = await Promise.all([this.writtenAt(post, entries), this.changedBy(entries)]);
    return entries.map((entry) => {
      const here = own.has(keyOf(entry));
      const line = here ? null : lineOf(entry, changed.get(changedIn(entry)));
      return { entry, line, here };
    });
  }

  /** Throws where it is not this place's turn: it comes again. */
  async turn({ channelAccountId, place }: DeskPost, { messages, withinMs }: DeskKind['rate']): Promise<void> {
    const turn = await this.presence.take(`desk:${channelAccountId}:${place}`, messages, withinMs);
    if (!turn.ok)
      throw new ConnectorError('rate-limited', 'Much happens at this desk', { retryAfterMs: turn.retryAfterMs });
  }

  private async writtenAt(post: DeskPost, entries: readonly StoredEntry[]): Promise<Set<string>> {
    const ids = entries.map(keyOf).filter((id) => id !== '');
    if (ids.length === 0) return new Set();
    const acts = await this.acts.find({ _id: { $in: ids } }, { postId: 1 }).lean<StoredAct[]>();
    return new Set(acts.filter(({ postId }) => postId === post._id).map(({ _id }) => _id));
  }

  private async changedBy(entries: readonly StoredEntry[]) {
    const ids = [...new Set(entries.map(changedIn))].filter((id) => id !== '');
    const messages = await Promise.all(ids.map((id) => this.threads.message(id)));
    return new Map(messages.flatMap((message) => (message === null ? [] : [[message._id, message] as const])));
  }
}

const changedIn = (entry: StoredEntry): string => (entry.type === 'change' ? (entry.entryId ?? '') : '');

const keyOf = (entry: StoredEntry): string =>
  entry.type === 'message' || entry.type === 'note' ? (entry.clientId ?? '') : '';
