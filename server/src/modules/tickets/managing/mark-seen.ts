import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Sockets } from '../../../platform/live/sockets.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { seenId, type Seen } from './seen.schema.ts';
import { ShowPassing } from '../answering/show-passing.ts';
import { StampSeen } from './stamp-seen.ts';
import { TicketAccess } from '../ticket-access.ts';

@Injectable()
export class MarkSeen {
  constructor(
    @Inject('seen') private readonly seen: Model<Seen>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(ShowPassing) private readonly show: ShowPassing,
    @Inject(StampSeen) private readonly stamp: StampSeen,
    @Inject(Sockets) private readonly sockets: Sockets,
  ) {}

  /** Only forward. What the agent has seen, the customer is told where the channel can. */
  async run(caller: Caller, ticketId: string | undefined, inboundCount: number): Promise<void> {
    const ticket = await this.access.require(caller, ticketId);
    const _id = seenId(caller.id, ticket._id);
    const count = Math.min(inboundCount, ticket.inboundCount);
    // Before it is noted: a process that is killed between the two is asked again.
    const last = await this.stamp.upTo(ticket._id, ticket.inboundCount - count);
    try {
      const { modifiedCount, upsertedCount } = await this.seen.updateOne(
        { _id, inboundCount: { $lt: count } },
        { $set: { inboundCount: count } },
        { upsert: true },
      );
      if (modifiedCount + upsertedCount === 0) return;
    } catch (error) {
      // It has seen as much already, so the upsert met its own document.
      if (!isDuplicate(error)) throw error;
      return;
    }
    this.sockets.emit('/console', `agent:${caller.id}`, 'passing', {
      type: 'seen',
      ticketId: ticket._id,
      inboundCount: count,
    });
    if (count < ticket.inboundCount) return;
    if (last !== null) await this.show.read(last);
  }
}
