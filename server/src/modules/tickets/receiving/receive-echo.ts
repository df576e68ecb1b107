import { Inject, Injectable } from '@nestjs/common';
import type { Actor, InboundEventOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, LOG } from '../../../platform/tokens.ts';
import { AppendEntry, type Change } from '../changing/append-entry.ts';
import { replyPatch } from '../answering/reply-patch.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { previewOf } from '../preview.ts';
import type { Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';
import { threadInUse } from './thread-in-use.ts';
import { TRIES_FOR_UNKNOWN_ID } from './unknown-id.ts';

type Echoed = InboundEventOf<'message.echoed'>;
const person: Actor = { kind: 'agent', id: null, name: 'Outside of Switchboard' };
const program: Actor = { kind: 'system', id: null, name: 'Another app' };

/**
 * What our side wrote in the provider's own inbox or app, beside what was said here. A person who answered the customer there has
 * answered: it ends the customer's turn and stops the clocks, though nobody's of the hub's agents. What a program wrote does not.
 */
@Injectable()
export class ReceiveEcho {
  constructor(
    @Inject('entries') readonly entries: Model<StoredEntry>,
    @Inject('threads') readonly threads: Model<Thread>,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async run(event: Echoed, attempt: number): Promise<void> {
    const { channelAccountId, eventId } = event;
    if (event.commandId !== undefined && (await this.entries.exists({ _id: event.commandId })) !== null) return;
    const externalId = event.message.externalId;
    if ((await this.entries.exists({ channelAccountId, externalId })) !== null) return;
    const root = await this.threads.findOne({ channelAccountId, externalId: event.thread.externalId }).lean<Thread>();
    // Who never wrote to us has no conversation here; their answer will open one.
    if (root === null) return this.log.info('An echo is of no conversation here', { channelAccountId, eventId });
    const thread = await threadInUse(this, root);
    // What we are sending just now may come back before the provider's answer says its id.
    if (attempt < TRIES_FOR_UNKNOWN_ID && (await this.isSending(thread)))
      throw new Error('An echo may be that of a message which is being sent');
    await this.append.to(thread.ticketId, (ticket) => this.plan(event, thread, ticket));
  }

  private async isSending({ _id }: Thread): Promise<boolean> {
    const newest = await this.entries.find({ threadId: _id }).sort({ _id: -1 }).limit(20).lean<StoredMessage[]>();
    return newest.some(({ direction, externalId, state }) => {
      const open = state === 'pending' || state === 'unknown';
      return direction === 'out' && externalId === undefined && open;
    });
  }

  private plan({ message, ...event }: Echoed, thread: Thread, ticket: Ticket): Change {
    const at = this.clock.now();
    const byPerson = message.automatic === undefined;
    return {
      topic: 'message.added',
      entry: {
        type: 'message',
        direction: 'out',
        at,
        author: byPerson ? person : program,
        channel: event.channel,
        channelAccountId: event.channelAccountId,
        threadId: thread._id,
        externalId: message.externalId,
        dedupeKey: event.dedupeKey,
        eventId: event.eventId,
        parts: message.parts,
        state: 'sent',
        fromElsewhere: true,
        milestones: { occurredAt: new Date(event.occurredAt), storedAt: at, sentAt: new Date(event.occurredAt) },
        duplicates: 0,
        changedSeq: 0,
        ...(event.rawRef !== undefined && { rawRef: event.rawRef }),
        ...(message.context !== undefined && { context: message.context }),
        ...(message.automatic !== undefined && { automatic: message.automatic }),
      },
      patch: {
        ...(byPerson && replyPatch(ticket, at, undefined)),
        preview: { text: previewOf(message.parts), from: byPerson ? 'agent' : 'system', at },
      },
    };
  }
}
