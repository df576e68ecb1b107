import { Inject, Injectable } from '@nestjs/common';
import type { ChannelKind } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Customer } from './customer.schema.ts';

@Injectable()
export class ChangeConsent {
  constructor(@Inject('customers') private readonly customers: Model<Customer>) {}

  /** Keeps the newest word per channel and handle; false where it said so already. */
  async run(
    customer: Customer,
    wanted: { channel: ChannelKind; handle: string; state: 'granted' | 'withdrawn'; at: Date },
  ): Promise<boolean> {
    const same = (item: Customer['consent'][number]) =>
      item.channel === wanted.channel && item.handle === wanted.handle;
    const known = customer.consent.find(same);
    if (known !== undefined && (known.state === wanted.state || known.at > wanted.at)) return false;
    const consent = [...customer.consent.filter((item) => !same(item)), wanted];
    await this.customers.updateOne({ _id: customer._id }, { $set: { consent } });
    return true;
  }
}
