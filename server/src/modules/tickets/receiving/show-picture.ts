import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { Customers, type PictureChanged } from '../../customers/index.ts';
import { AppendEntry } from '../changing/append-entry.ts';
import type { Ticket } from '../ticket.schema.ts';

const system = { kind: 'system', id: null, name: 'Switchboard' } as const;

/** A customer's new picture in every ticket of theirs: told live where it is somebody's work, quietly in the others. */
@Injectable()
export class ShowPicture {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(AppendEntry) private readonly append: AppendEntry,
  ) {}

  async run({ customerId }: PictureChanged): Promise<void> {
    const customer = await this.customers.byId(customerId);
    if (customer === null) return;
    const customerPicture = customer.picture?.mediaId ?? null;
    const stale = { customerId, customerPicture: { $ne: customerPicture } };
    await this.tickets.updateMany({ ...stale, active: false }, { $set: { customerPicture } });
    for await (const { _id } of this.tickets.find(stale, { _id: 1 }).lean<{ _id: string }[]>().cursor())
      await this.append.to(_id, (ticket) =>
        (ticket.customerPicture ?? null) === customerPicture
          ? null
          : {
              topic: 'ticket.changed',
              entry: { type: 'change', author: system, entryId: null, changes: [] },
              patch: { customerPicture },
            },
      );
  }
}
