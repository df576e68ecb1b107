import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { StoredCall, StoredEntry, StoredMessage } from '../entry.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

/** What of a ticket's past says whether its customer can be asked how it was. */
export interface SurveyGround {
  /** The customer said something, and no machine in their place. */
  readonly spoke: boolean;
  /** So did one of ours. */
  readonly answered: boolean;
}

@Injectable()
export class ReadSurveyGround {
  constructor(@Inject('entries') private readonly entries: Model<StoredEntry>) {}

  async of({ _id: ticketId, replyCount }: Ticket): Promise<SurveyGround> {
    const said = { ticketId, type: 'message' as const, direction: 'in' as const, automatic: null };
    const [message, calls] = await Promise.all([
      this.entries.exists(said),
      this.entries.find({ ticketId, type: 'call' }, { call: 1 }).limit(50).lean<StoredCall[]>(),
    ]);
    const talked = calls.some(({ call }) => call.answeredAt !== null && call.agent !== null);
    return { spoke: message !== null || talked, answered: replyCount > 0 || talked };
  }

  /** Did the last that we sent over a thread surely not arrive? */
  async isUnreachable(threadId: string): Promise<boolean> {
    const last = await this.entries
      .find({ threadId, type: 'message' })
      .sort({ _id: -1 })
      .limit(20)
      .lean<StoredMessage[]>();
    return last.find(({ direction }) => direction === 'out')?.state === 'failed';
  }
}
