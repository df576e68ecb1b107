import { Inject, Injectable } from '@nestjs/common';
import type { CustomerView } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { HubError } from '../../platform/errors/hub-error.ts';
import { customerView, type Customer } from './customer.schema.ts';

/** Reads for other modules. */
@Injectable()
export class Customers {
  constructor(@Inject('customers') private readonly customers: Model<Customer>) {}

  async view(id: string): Promise<CustomerView> {
    const customer = await this.customers.findById(id).lean<Customer>();
    if (customer === null) throw new HubError('not-found', 'There is no such customer');
    return customerView(customer);
  }

  async byId(id: string): Promise<Customer | null> {
    return this.customers.findById(id).lean<Customer>();
  }

  /** An address left in a form: a fact for agents to read, no identity, for nobody has proven whose it is. */
  async noteEmail(id: string, email: string): Promise<void> {
    await this.customers.updateOne({ _id: id }, { $set: { 'attributes.e-mail (unverified)': email } });
  }

  async notePage(id: string, page: { url: string; title: string }): Promise<void> {
    await this.customers.updateOne({ _id: id }, { $set: { page } });
  }
}
