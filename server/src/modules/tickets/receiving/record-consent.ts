import { Inject, Injectable } from '@nestjs/common';
import type { InboundEventOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { ChangeConsent, ResolveCustomer } from '../../customers/index.ts';
import { AppendEntry } from '../changing/append-entry.ts';
import type { Thread } from '../thread.schema.ts';

/** STOP, START, a complaint: kept with the customer, and shown where the conversation is. */
@Injectable()
export class RecordConsent {
  constructor(
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(ResolveCustomer) private readonly customers: ResolveCustomer,
    @Inject(ChangeConsent) private readonly change: ChangeConsent,
    @Inject(AppendEntry) private readonly append: AppendEntry,
  ) {}

  async run(event: InboundEventOf<'consent.changed'>): Promise<void> {
    const customer = await this.customers.of(event.sender, event.channelAccountId);
    const handle = event.sender.handles[0]?.value ?? event.sender.externalId;
    const wanted = { channel: event.channel, handle, state: event.consent, at: new Date(event.occurredAt) };
    await this.change.run(customer, wanted);
    const { channelAccountId } = event;
    const thread = await this.threads.findOne({ channelAccountId, externalId: event.thread.externalId }).lean<Thread>();
    if (thread === null) return;
    await this.append.to(thread.ticketId, () => ({
      topic: 'ticket.changed',
      entry: {
        type: 'event',
        onceKey: `consent:${channelAccountId}:${event.dedupeKey}`,
        author: { kind: 'customer', id: customer._id, name: customer.name },
        event: 'consent.changed',
        from: null,
        to: `${event.consent}${event.reason === undefined ? '' : ` (${event.reason})`}`,
      },
      patch: {},
    }));
  }
}
