import { Inject, Injectable } from '@nestjs/common';
import type { InboundEventOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Log } from '../../../platform/log/log.ts';
import { LOG } from '../../../platform/tokens.ts';
import { ResolveCustomer } from '../../customers/index.ts';
import { ChangeMessage } from '../changing/change-message.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { withReaction } from './reactions.ts';
import { TRIES_FOR_UNKNOWN_ID } from './unknown-id.ts';

/** A customer's smiley at a message, ours or their own. It asks for no answer: no clock, no unread count. */
@Injectable()
export class ChangeReactions {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(ResolveCustomer) private readonly customers: ResolveCustomer,
    @Inject(ChangeMessage) private readonly change: ChangeMessage,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async run(event: InboundEventOf<'reaction.changed'>, attempt: number): Promise<void> {
    const { channelAccountId, messageExternalId: externalId, eventId } = event;
    const message = await this.entries
      .findOne({ channelAccountId, externalId })
      .sort({ _id: -1 })
      .lean<StoredMessage>();
    if (message === null) {
      if (attempt < TRIES_FOR_UNKNOWN_ID) throw new Error('The message of a reaction is not known yet');
      return this.log.warn('A reaction names no message that we know', { channelAccountId, eventId });
    }
    const { _id: id, name } = await this.customers.of(event.sender, channelAccountId);
    const by = { id, name: event.sender.displayName ?? name };
    const at = new Date(event.occurredAt);
    await this.change.run(message._id, ({ reactions = [] }) => {
      const value = withReaction(reactions, { ...event, by, at });
      return value && { changes: [{ path: 'reactions', value }] };
    });
  }
}
