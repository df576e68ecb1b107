import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { authorOf, type Caller } from '../../../platform/http/hub-request.ts';
import { traceIdOf, traceparent } from '../../../platform/log/trace.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { AppendEntry, type Change } from '../changing/append-entry.ts';
import { CheckReply, onceKeyOf, type Reply } from './check-reply.ts';
import type { StoredMessage } from '../entry.schema.ts';
import { QueueOutbound } from './queue-outbound.ts';
import { replyEntry, sentPatch } from './reply-entry.ts';
import type { Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

/** An agent's reply: one message 'pending', and its command on the bus. Posted again under its clientId it stays one. */
@Injectable()
export class SendReply {
  constructor(
    @Inject(CheckReply) private readonly check: CheckReply,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(QueueOutbound) private readonly outbound: QueueOutbound,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(caller: Caller, ticketId: string | undefined, reply: Reply): Promise<StoredMessage> {
    return this.store(caller, await this.check.sendable(caller, ticketId, reply), reply);
  }

  async store(caller: Caller, thread: Thread, reply: Reply): Promise<StoredMessage> {
    const appended = await this.append.to(
      thread.ticketId,
      (ticket) => this.plan(caller, thread, reply, ticket),
      this.check.seen(caller, reply),
    );
    if (!appended.ok && appended.reason === 'moot') throw new HubError('conflict', 'The ticket can’t take a reply now');
    const message = appended.entry;
    if (message.type !== 'message') throw new HubError('conflict', 'This reply is held already');
    // The first try may have been cut off before its command was out.
    if (!appended.ok && message.state === 'pending') await this.outbound.run(message, thread);
    return message;
  }

  private plan(caller: Caller, thread: Thread, reply: Reply, ticket: Ticket): Change {
    const at = this.clock.now();
    const { clientId, parts, subject, cc, thenStatus } = reply;
    const author = authorOf(caller);
    const traceId = traceIdOf(traceparent());
    const written = { author, clientId, onceKey: onceKeyOf(clientId), parts, subject, cc, traceId };
    const entry = replyEntry(written, thread, at);
    const patch = sentPatch(ticket, { author, parts, channel: thread.channel }, at, thenStatus);
    return { topic: 'message.added', entry, patch, also: this.outbound.over(thread) };
  }
}
