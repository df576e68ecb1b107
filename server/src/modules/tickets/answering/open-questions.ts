import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';

/** What of ours did not go out by itself and waits for a person's decision. */
@Injectable()
export class OpenQuestions {
  constructor(@Inject('entries') private readonly entries: Model<StoredEntry>) {}

  /** Is there another one? */
  async besides(ticketId: string, entryId: string | undefined): Promise<boolean> {
    const states = ['failed', 'unknown'] satisfies StoredMessage['state'][];
    const others = { ticketId, _id: { $ne: entryId } };
    const found = await Promise.all([
      this.entries.exists({
        ...{ ...others, type: 'message', state: { $in: states } },
        ...{ deletedAt: null, automatic: { $ne: 'survey' } },
      }),
      this.entries.exists({ ...others, type: 'message', amendFailed: true }),
      this.entries.exists({
        ...others,
        type: 'held',
        state: 'returned',
        'returned.why': { $in: ['customer-wrote', 'blocked'] },
      }),
    ]);
    return found.some((one) => one !== null);
  }
}
