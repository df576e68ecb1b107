import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { BUS, CLOCK, NEW_ID } from '../../platform/tokens.ts';
import { MediaAccess } from '../media/index.ts';
import type { Customer } from './customer.schema.ts';
import { isDue, type Picture, type PictureChanged, type PictureOffered } from './picture.ts';

@Injectable()
export class Pictures {
  constructor(
    @Inject('customers') private readonly customers: Model<Customer>,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(MediaAccess) access: MediaAccess,
  ) {
    // Every agent may look at every customer.
    access.grantTo(async (_caller, mediaId) => (await customers.exists({ 'picture.mediaId': mediaId })) !== null);
  }

  /** A message names its sender's picture: asks for it, where it is time. */
  async offer(customer: Pick<Customer, '_id' | 'picture'>, channelAccountId: string, source: string): Promise<void> {
    if (!isDue(customer.picture, source, this.clock.now())) return;
    const payload: PictureOffered = { customerId: customer._id, channelAccountId, source };
    await this.bus.publish({ topic: 'customer.picture-offered', key: customer._id, id: this.newId(), payload });
  }

  async keep(customerId: string, picture: Picture): Promise<void> {
    await this.customers.updateOne({ _id: customerId }, { $set: { picture } });
  }

  async tellChanged(customerId: string): Promise<void> {
    const payload: PictureChanged = { customerId };
    await this.bus.publish({ topic: 'customer.picture-changed', key: customerId, id: this.newId(), payload });
  }
}
