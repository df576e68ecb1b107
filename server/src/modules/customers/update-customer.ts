import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, CustomerView } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { z } from 'zod';
import type { Bus } from '../../platform/bus/index.ts';
import type { NewId } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { BUS, NEW_ID } from '../../platform/tokens.ts';
import { Audit } from '../audit/index.ts';
import { customerView, type Customer } from './customer.schema.ts';
import { wordsOf } from './resolve-customer.ts';

type Wanted = Call<Api['customers.update']>['body'];

/** On the bus; what the name is now is read from the store. */
export const CustomerRenamed = z.object({ customerId: z.string(), by: z.object({ id: z.string(), name: z.string() }) });
export type CustomerRenamed = z.infer<typeof CustomerRenamed>;
export const CustomerAttributesChanged = z.object({ customerId: z.string() });
export type CustomerAttributesChanged = z.infer<typeof CustomerAttributesChanged>;

@Injectable()
export class UpdateCustomer {
  constructor(
    @Inject('customers') private readonly customers: Model<Customer>,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async run(caller: Caller, id: string, wanted: Wanted): Promise<CustomerView> {
    const customer = await this.customers.findById(id).lean<Customer>();
    if (customer === null) throw new HubError('not-found', 'There is no such customer');
    const name = wanted.name ?? customer.name;
    const attributes = merged(customer.attributes ?? {}, wanted.attributes ?? {});
    const changed = await this.customers
      .findOneAndUpdate(
        { _id: id },
        {
          $set: {
            name,
            named: customer.named || wanted.name !== undefined,
            attributes,
            words: wordsOf(name, customer.handles),
          },
        },
        { returnDocument: 'after' },
      )
      .lean<Customer>();
    if (changed === null) throw new HubError('not-found', 'There is no such customer');
    if (changed.name !== customer.name) {
      const payload: CustomerRenamed = { customerId: id, by: { id: caller.id, name: caller.name } };
      await this.bus.publish({ topic: 'customer.renamed', key: id, id: this.newId(), payload });
    }
    if (wanted.attributes !== undefined) {
      const payload: CustomerAttributesChanged = { customerId: id };
      await this.bus.publish({ topic: 'customer.attributes-changed', key: id, id: this.newId(), payload });
    }
    await this.audit.record({
      caller,
      action: 'customer.updated',
      subject: id,
      detail: { fields: Object.keys(wanted) },
    });
    return customerView(changed);
  }
}

function merged(old: Record<string, string>, wanted: Record<string, string | null>): Record<string, string> {
  const entries = Object.entries({ ...old, ...wanted }).filter((entry): entry is [string, string] => entry[1] !== null);
  if (entries.length > 50) throw new HubError('invalid', 'A customer holds at most 50 attributes');
  return Object.fromEntries(entries);
}
