import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, Capabilities, ContentPart, Overtaken } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Channels } from '../../channels/index.ts';
import type { StoredEntry } from '../entry.schema.ts';
import { MessageMedia } from '../reading/message-media.ts';
import { previewOf } from '../preview.ts';
import { blockedReason } from './reply-targets.ts';
import type { Thread } from '../thread.schema.ts';
import { TicketAccess } from '../ticket-access.ts';
import type { Ticket } from '../ticket.schema.ts';

export type Reply = Call<Api['tickets.reply']>['body'];
type News = Overtaken['news'][number];

const MOST_NEWS = 50;

/** What has to be true of a reply before it is stored, whether it goes out now or later. */
@Injectable()
export class CheckReply {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(MessageMedia) private readonly media: MessageMedia,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async parts(caller: Caller, parts: readonly ContentPart[], capabilities: Capabilities): Promise<void> {
    requireCarried(parts, capabilities);
    await this.media.requireReadable(caller, parts);
  }

  /** Gives the thread that it goes over. `at`: when it will. */
  async sendable(caller: Caller, ticketId: string | undefined, reply: Reply, at = this.clock.now()): Promise<Thread> {
    const ticket = await this.access.require(caller, ticketId);
    const thread = await this.threads.findById(reply.threadId).lean<Thread>();
    if (thread === null || thread.ticketId !== ticket._id)
      throw new HubError('invalid', 'The thread to reply over is not part of this ticket any more', {
        fields: [{ path: 'threadId', message: 'Not of this ticket' }],
      });
    const open = await this.channels.open(thread.channelAccountId);
    if (open === null) throw new HubError('invalid', 'The channel account is disabled: no message can go out over it');
    await this.parts(caller, reply.parts, open.connector.capabilities);
    const blocked = blockedReason(thread, open.connector.capabilities, at, reply.parts);
    if (blocked !== null) throw new HubError('invalid', blocked);
    return thread;
  }

  /**
   * Two people answering at once, or an answer to what the customer has just corrected: shown before it is sent. To be asked
   * by `AppendEntry` after it has read the ticket: what comes later takes the reply's seq, and this is asked again.
   */
  seen(caller: Caller, { clientId, seenSeq, force }: Reply): (ticket: Ticket) => Promise<void> {
    return async (ticket) => {
      if (force || seenSeq === undefined || ticket.seq <= seenSeq) return;
      const said = await this.saidSince(ticket._id, seenSeq, caller);
      const last = said.at(-1);
      if (last === undefined) return;
      // Posted again because its answer got lost: what came after it doesn't hold it back.
      if ((await this.entries.exists({ onceKey: onceKeyOf(clientId) })) !== null) return;
      const who = said.some(({ author }) => author.kind === 'customer') ? 'The customer' : said[0]?.author.name;
      const current: Overtaken = { seq: Math.max(ticket.seq, last.seq), news: said.map(newsOf) };
      throw new HubError('changed', `${who} wrote while you were typing. Nothing was sent.`, { current });
    };
  }

  private async saidSince(ticketId: string, seq: number, caller: Caller): Promise<StoredEntry[]> {
    const since = await this.entries
      .find({ ticketId, seq: { $gt: seq } })
      .sort({ seq: 1 })
      .limit(MOST_NEWS)
      .lean<StoredEntry[]>();
    return since.filter((entry) => isSaid(entry) && entry.author.id !== caller.id);
  }
}

/** One reply, however often it is posted, and whether it is held or not. */
export const onceKeyOf = (clientId: string): string => `send:${clientId}`;

/** A colleague's reply counts from the moment that it was written; what came back from its hold was not said. */
const isSaid = (entry: StoredEntry): boolean =>
  entry.type === 'message' || entry.type === 'note' || (entry.type === 'held' && entry.state === 'waiting');

function newsOf(entry: StoredEntry): News {
  const { _id: id, author, at } = entry;
  const common = { id, author, at: at.toISOString() };
  if (entry.type === 'note') return { ...common, kind: 'note', text: previewOf([{ type: 'text', text: entry.text }]) };
  if (entry.type === 'held') return { ...common, kind: 'held', text: previewOf(entry.parts) };
  return { ...common, kind: 'message', text: entry.type === 'message' ? previewOf(entry.parts) : '' };
}

/** What the channel can't carry is refused here, in words, before anything is stored. */
function requireCarried(parts: readonly ContentPart[], { content }: Capabilities): void {
  const refuse = (message: string): never => {
    throw new HubError('invalid', message, { fields: [{ path: 'parts', message }] });
  };
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  if (text.length > content.text.maxLength)
    refuse(`The text has ${text.length} characters; this channel takes ${content.text.maxLength}`);
  if (parts.some(({ type }) => type === 'html') && !content.text.html) refuse('This channel takes plain text only');
  if (parts.some(({ type }) => type === 'template') && !content.templates) refuse('This channel has no templates');
  const files = parts.filter((part) => part.type === 'media');
  if (files.length > 0 && content.media === null) refuse('This channel takes no files');
  if (content.media === null) return;
  if (files.length > content.media.maxCount) refuse(`This channel takes at most ${content.media.maxCount} files`);
  for (const { media } of files) {
    if (media.mediaId === undefined) refuse('A file was not handed in: upload it first');
    if ((media.bytes ?? 0) > content.media.maxBytes)
      refuse(
        `${media.fileName ?? 'A file'} is larger than this channel takes (${Math.floor(content.media.maxBytes / 1_000_000)} MB)`,
      );
  }
}
