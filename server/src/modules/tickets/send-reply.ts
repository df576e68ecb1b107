import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, Capabilities, ContentPart } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { traceIdOf, traceparent } from '../../platform/log/trace.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Channels } from '../channels/index.ts';
import { AppendEntry } from './append-entry.ts';
import { replyPatch } from './reply-patch.ts';
import type { StoredEntry, StoredMessage } from './entry.schema.ts';
import { previewOf } from './preview.ts';
import { QueueOutbound } from './queue-outbound.ts';
import type { Thread } from './thread.schema.ts';
import { TicketAccess } from './ticket-access.ts';
import type { Ticket } from './ticket.schema.ts';

export type Reply = Call<Api['tickets.reply']>['body'];

/** An agent's reply: one message 'pending', and its command on the bus. Posted again under its clientId it stays one. */
@Injectable()
export class SendReply {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(QueueOutbound) private readonly outbound: QueueOutbound,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(caller: Caller, ticketId: string | undefined, reply: Reply): Promise<StoredMessage> {
    const ticket = await this.access.require(caller, ticketId);
    const thread = await this.threads.findById(reply.threadId).lean<Thread>();
    if (thread === null || thread.ticketId !== ticket._id)
      throw new HubError('invalid', 'The thread to reply over is not part of this ticket any more', {
        fields: [{ path: 'threadId', message: 'Not of this ticket' }],
      });
    const open = await this.channels.open(thread.channelAccountId);
    if (open === null) throw new HubError('invalid', 'The channel account is disabled: no message can go out over it');
    requireSendable(reply.parts, open.connector.capabilities);
    if (!reply.force && reply.seenSeq !== undefined) await this.requireUnchanged(caller, ticket, reply.seenSeq);
    return this.store(caller, thread, reply);
  }

  async store(caller: Caller, thread: Thread, reply: Reply): Promise<StoredMessage> {
    const appended = await this.append.to(thread.ticketId, (ticket) => this.plan(caller, thread, reply, ticket));
    if (!appended.ok && appended.reason === 'moot') throw new HubError('conflict', 'The ticket can’t take a reply now');
    const message = appended.entry as StoredMessage;
    // Also for one that is known: the first try may have been cut off before its command was out.
    if (message.state === 'pending') await this.outbound.run(message, thread);
    return message;
  }

  /** Two people answering at once, or an answer to what the customer has just corrected: shown before it is sent. */
  private async requireUnchanged(caller: Caller, ticket: Ticket, seenSeq: number): Promise<void> {
    if (ticket.seq <= seenSeq) return;
    const between = await this.entries
      .find({ ticketId: ticket._id, seq: { $gt: seenSeq } })
      .sort({ seq: 1 })
      .limit(50)
      .lean<StoredEntry[]>();
    const said = between.filter(
      (entry) => (entry.type === 'message' || entry.type === 'note') && entry.author.id !== caller.id,
    );
    if (said.length === 0) return;
    const who = said.some((entry) => entry.author.kind === 'customer')
      ? 'The customer wrote'
      : `${said[0]?.author.name} wrote`;
    throw new HubError('changed', `${who} while you were typing. Nothing was sent.`, {
      current: { seq: ticket.seq, entryIds: said.map(({ _id }) => _id) },
    });
  }

  private plan(caller: Caller, thread: Thread, reply: Reply, ticket: Ticket) {
    const at = this.clock.now();
    const traceId = traceIdOf(traceparent());
    return {
      topic: 'message.added' as const,
      entry: {
        type: 'message' as const,
        direction: 'out' as const,
        at,
        onceKey: `send:${reply.clientId}`,
        author: { kind: 'agent' as const, id: caller.id, name: caller.name },
        channel: thread.channel,
        channelAccountId: thread.channelAccountId,
        threadId: thread._id,
        parts: reply.parts,
        state: 'pending' as const,
        clientId: reply.clientId,
        milestones: { storedAt: at },
        duplicates: 0,
        changedSeq: 0,
        ...(reply.subject !== undefined && { subject: reply.subject }),
        ...(reply.cc !== undefined && { cc: reply.cc }),
        ...(traceId !== undefined && { traceId }),
      },
      patch: {
        ...replyPatch(ticket, at, reply.thenStatus),
        preview: { text: previewOf(reply.parts), from: 'agent' as const, at },
        assigneeId: ticket.assigneeId ?? caller.id,
      },
    };
  }
}

/** What the channel can't carry is refused here, in words, before anything is stored. */
export function requireSendable(parts: readonly ContentPart[], { content }: Capabilities): void {
  const refuse = (message: string): never => {
    throw new HubError('invalid', message, { fields: [{ path: 'parts', message }] });
  };
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  if (text.length > content.text.maxLength)
    refuse(`The text has ${text.length} characters; this channel takes ${content.text.maxLength}`);
  if (parts.some(({ type }) => type === 'html') && !content.text.html) refuse('This channel takes plain text only');
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
