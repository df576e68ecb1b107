import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { ChangeMessage } from '../changing/change-message.ts';
import type { Awaited, StoredEntry, StoredMessage } from '../entry.schema.ts';
import { previewAfter } from '../preview.ts';
import { effectOf, withAmendment } from './amendments.ts';

/** What became of a change at the provider. */
@Injectable()
export class SettleAmendment {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(ChangeMessage) private readonly change: ChangeMessage,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One process at a time, and it is known that it began: as of messages themselves. */
  claim(messageId: string, id: string, attempt: { id: string; startedAt: Date }): Promise<StoredMessage | null> {
    const path = `amendments.${id}`;
    return this.entries
      .findOneAndUpdate(
        { _id: messageId, [`${path}.state`]: 'pending', [`${path}.attempt`]: null },
        { $set: { [`${path}.attempt`]: attempt, [`${path}.awaits`]: null } },
        { returnDocument: 'after' },
      )
      .lean<StoredMessage>();
  }

  /** The provider surely has not taken it. */
  async release(messageId: string, id: string, attemptId: string, awaits: Awaited): Promise<void> {
    const path = `amendments.${id}`;
    await this.entries.updateOne(
      { _id: messageId, [`${path}.attempt.id`]: attemptId },
      { $set: { [`${path}.attempt`]: null, [`${path}.awaits`]: awaits } },
    );
  }

  /** It is so. */
  async done(messageId: string, id: string, single: boolean): Promise<void> {
    const at = this.clock.now();
    await this.change.run(messageId, (message, ticket) => {
      const amendment = message.amendments?.[id];
      if (amendment?.state !== 'pending') return null;
      const { kind } = amendment;
      return {
        changes: [...effectOf(message, amendment, at, single), ...withAmendment(message, id, null)],
        patch: kind === 'react' ? {} : previewAfter(ticket, message, kind === 'edit' ? amendment.parts : null),
      };
    });
  }

  /** The message stays as it was, and whoever has the ticket is told. */
  async failed(messageId: string, id: string, state: 'failed' | 'unknown', reason: string): Promise<void> {
    await this.change.run(messageId, (message) => {
      const amendment = message.amendments?.[id];
      if (amendment?.state !== 'pending') return null;
      const failed = { ...amendment, state, reason, attempt: null };
      return { changes: withAmendment(message, id, failed), patch: { needsAttention: true } };
    });
  }
}
