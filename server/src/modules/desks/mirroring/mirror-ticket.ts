import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import {
  ConnectorError,
  channelNames,
  failurePolicy,
  type Desk,
  type DeskKind,
  type DeskLine,
  type DeskMark,
  type DeskTicket,
} from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Presence } from '../../../platform/presence/index.ts';
import { CLOCK, CONFIG, PRESENCE } from '../../../platform/tokens.ts';
import { Agents } from '../../agents/index.ts';
import { Channels } from '../../channels/index.ts';
import { Queues } from '../../queues/index.ts';
import { AppendEntry, nextStatuses, Threads, type Ticket } from '../../tickets/index.ts';
import { postId, type DeskPost } from '../desk-post.schema.ts';
import { refusedLine } from './desk-lines.ts';
import { Mirrors, type Place } from './mirrors.ts';
import { TellDesk, type Told } from './tell-desk.ts';

type At = { readonly desk: Desk; readonly rate: DeskKind['rate'] };

const LOCK_WAIT_MS = 20_000;
/** Between two looks whether an account goes on. */
const PAUSED_MS = 15_000;

/**
 * Brings what a desk shows of a ticket up to date: its post, what happened since in its thread, and the post itself. Each step
 * is stored before the next, so whoever is killed in between, or waits for the provider, is gone on from there; and however
 * many changes have gathered, the post is changed once.
 */
@Injectable()
export class MirrorTicket {
  constructor(
    @Inject('deskposts') private readonly posts: Model<DeskPost>,
    @Inject(Mirrors) private readonly mirrors: Mirrors,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(Threads) private readonly threads: Threads,
    @Inject(TellDesk) private readonly telling: TellDesk,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Where a ticket is shown, or is to be. */
  async placesOf(ticketId: string, queueId: string): Promise<Place[]> {
    const [wanted, known] = await Promise.all([
      this.mirrors.of(queueId),
      this.posts.find({ ticketId }).lean<DeskPost[]>(),
    ]);
    const all = [...wanted, ...known.map(({ channelAccountId: accountId, place }) => ({ accountId, place }))];
    return [...new Map(all.map((one) => [postId(one.accountId, one.place, ticketId), one])).values()];
  }

  run(where: Place, ticketId: string): Promise<void> {
    const id = postId(where.accountId, where.place, ticketId);
    return this.presence.exclusive(`desk:${id}`, LOCK_WAIT_MS, (signal) => this.bringUp(id, where, ticketId, signal));
  }

  private async bringUp(id: string, where: Place, ticketId: string, signal: AbortSignal): Promise<void> {
    const open = await this.channels.open(where.accountId);
    if (open?.channel.desk === undefined || open.connector.desk === undefined) return;
    if (open.account.state === 'paused')
      throw new ConnectorError('temporary', 'The account is paused', { retryAfterMs: PAUSED_MS });
    const at: At = { desk: open.channel.desk, rate: open.connector.desk.rate };
    const ticket = await this.append.settle(ticketId);
    const isMirrored = (await this.mirrors.of(ticket.queueId)).some(
      ({ accountId, place }) => accountId === where.accountId && place === where.place,
    );
    let post = await this.posts.findById(id).lean<DeskPost>();
    if (post?.ref === undefined && !(isMirrored && ticket.active)) return;
    post ??= await this.begin(id, where, ticket);
    const head = await this.headOf(ticket, isMirrored);
    const opened = post.ref === undefined ? await this.open(at, post, head) : post;
    const told = isMirrored ? await this.tell(at, opened, ticket, signal) : opened;
    const shown = fingerprint(head);
    if (signal.aborted || told.shown === shown || told.ref === undefined) return;
    await this.telling.turn(told, at.rate);
    await at.desk.update(told.ref, head);
    await this.posts.updateOne({ _id: id }, { $set: { shown } });
  }

  /** Of a ticket from before it was mirrored the last that was said is told. */
  private async begin(id: string, { accountId, place }: Place, ticket: Ticket): Promise<DeskPost> {
    const recent = await this.threads.recent(ticket._id, 5);
    const toldSeq = Math.max(0, (recent[0]?.seq ?? ticket.seq + 1) - 1);
    const fresh = { channelAccountId: accountId, place, ticketId: ticket._id, toldSeq };
    return this.posts
      .findOneAndUpdate(
        { _id: id },
        { $setOnInsert: { ...fresh, shown: null, told: [], attempt: null } },
        { upsert: true, returnDocument: 'after' },
      )
      .lean<DeskPost>()
      .orFail();
  }

  private async open(at: At, post: DeskPost, head: DeskTicket): Promise<DeskPost> {
    const mark = await this.attempt(at, post, 'post', (again) =>
      at.desk.open(post.place, { key: post._id, content: head, again }),
    );
    return this.store(post._id, { ref: mark.ref, shown: fingerprint(head), attempt: null }, post.toldSeq, mark);
  }

  private async tell(at: At, from: DeskPost, ticket: Ticket, signal: AbortSignal): Promise<DeskPost> {
    let post = from;
    for (;;) {
      const lines = await this.telling.linesFor(post, ticket.seq);
      if (lines.length === 0) return post;
      for (const told of lines) {
        if (signal.aborted) return post;
        post = await this.tellOne(at, post, told, this.urlOf(ticket));
      }
    }
  }

  private async tellOne(at: At, post: DeskPost, { entry, line, here }: Told, url: string): Promise<DeskPost> {
    const { _id, ref = '' } = post;
    const say = (content: DeskLine, again: Date | null) => at.desk.say(ref, { key: entry._id, content, again });
    const mark =
      line === null
        ? undefined
        : await this.attempt(at, post, entry._id, (again) =>
            say({ ...line, url }, again).catch((error: unknown) => say(insteadOf(line, error, url), again)),
          );
    return this.store(_id, { toldSeq: entry.seq, attempt: null }, entry.seq, mark ?? (here ? entry : undefined));
  }

  /** What began before and has left no answer may have got through. */
  private async attempt(
    at: At,
    post: DeskPost,
    key: string,
    ask: (again: Date | null) => Promise<DeskMark>,
  ): Promise<DeskMark> {
    const again = post.attempt?.key === key ? new Date(post.attempt.at) : null;
    await this.telling.turn(post, at.rate);
    if (again === null)
      await this.posts.updateOne({ _id: post._id }, { $set: { attempt: { key, at: this.clock.now() } } });
    try {
      return await ask(again);
    } catch (error) {
      // Surely refused: it is no longer in doubt.
      if (error instanceof ConnectorError && error.code !== 'unknown' && again === null)
        await this.posts.updateOne({ _id: post._id }, { $set: { attempt: null } });
      throw error;
    }
  }

  private async store(
    id: string,
    $set: Partial<DeskPost>,
    seq: number,
    mark: Pick<DeskMark, 'at'> | undefined,
  ): Promise<DeskPost> {
    const $push = mark && { told: { $each: [{ seq, at: mark.at }], $slice: -100 } };
    return this.posts
      .findOneAndUpdate({ _id: id }, { $set, ...($push && { $push }) }, { returnDocument: 'after' })
      .lean<DeskPost>()
      .orFail();
  }

  private async headOf(ticket: Ticket, isMirrored: boolean): Promise<DeskTicket> {
    const { number, subject, customerName: customer, channel, queueId, status, assigneeId, active } = ticket;
    const [names, queue] = await Promise.all([
      this.agents.names(assigneeId === null ? [] : [assigneeId]),
      this.queues.byId(queueId),
    ]);
    const assignee = assigneeId === null ? null : (names.get(assigneeId)?.name ?? 'Former agent');
    const ended = status === 'resolved' ? 'resolved' : isMirrored ? null : 'moved';
    const resolvable = nextStatuses[status].includes('resolved');
    return {
      ...{ number, subject, customer, channel: channelNames[channel], queue: queue?.name ?? 'Removed queue', status },
      ...{ assignee, ended, url: this.urlOf(ticket) },
      can: ended
        ? []
        : [...(assignee === null && active ? (['take'] as const) : []), ...(resolvable ? (['resolve'] as const) : [])],
    };
  }

  private urlOf({ number }: Ticket): string {
    return `${this.config.PUBLIC_URL}/inbox/all/${number}`;
  }
}

/** What a desk refuses to show must not keep back what comes after it. */
function insteadOf({ author }: Pick<DeskLine, 'author'>, error: unknown, url: string): DeskLine {
  if (!(error instanceof ConnectorError) || failurePolicy[error.code] !== 'fail-message') throw error;
  return { ...refusedLine(author, error.message), url };
}

const fingerprint = (head: DeskTicket): string => createHash('sha256').update(JSON.stringify(head)).digest('base64');
