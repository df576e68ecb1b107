import { Inject, Injectable } from '@nestjs/common';
import { stepBefore } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Sockets } from '../../../platform/live/sockets.ts';
import { FlowTimes } from '../../flow/index.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { ticketRoom } from '../ticket-access.ts';

/** Of more that nobody had seen, the time of the oldest stays unknown. */
const MOST_AT_ONCE = 100;

/** When an agent first saw a customer's message. No change of the ticket: no seq, no event. */
@Injectable()
export class StampSeen {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(FlowTimes) private readonly times: FlowTimes,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All customer messages of the ticket but the newest `unseen`; answers the last of them. */
  async upTo(ticketId: string, unseen: number): Promise<StoredMessage | null> {
    const at = this.clock.now();
    const messages = await this.entries
      .find({ ticketId, type: 'message', direction: 'in' })
      .sort({ seq: -1 })
      .skip(unseen)
      .limit(MOST_AT_ONCE)
      .lean<StoredMessage[]>();
    // Below the first that somebody has seen, all were.
    const seenBefore = messages.findIndex(({ milestones }) => milestones.seenAt !== undefined);
    const fresh = seenBefore === -1 ? messages : messages.slice(0, seenBefore);
    if (fresh.length > 0) {
      await this.stamp(fresh, at);
      this.sockets.emit('/console', ticketRoom(ticketId), 'passing', { type: 'stamped' });
    }
    return messages[0] ?? null;
  }

  private async stamp(messages: readonly StoredMessage[], at: Date): Promise<void> {
    await this.entries.updateMany(
      { _id: { $in: messages.map(({ _id }) => _id) } },
      { $min: { 'milestones.seenAt': at } },
    );
    for (const { channel, milestones } of messages) {
      const last = stepBefore('in', milestones, 'seenAt');
      if (last !== undefined) this.times.took(channel, 'in', 'seen', milestones[last], at);
    }
  }
}
