import { Inject, Injectable } from '@nestjs/common';
import type { CustomerView } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { customerView, type Customer } from './customer.schema.ts';
import { prefixOf, searchWords } from './words.ts';

@Injectable()
export class ListCustomers {
  constructor(@Inject('customers') private readonly customers: Model<Customer>) {}

  /** Newest first; the cursor is the last id. Every typed word must begin one of the customer's words. */
  async page(ask: {
    q?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<{ items: CustomerView[]; next: string | null }> {
    const words = searchWords(ask.q);
    const filter = {
      ...(words.length > 0 && { $and: words.map((word) => ({ words: prefixOf(word) })) }),
      ...(ask.cursor !== undefined && { _id: { $lt: ask.cursor } }),
    };
    const found = await this.customers
      .find(filter)
      .sort({ _id: -1 })
      .limit(ask.limit + 1)
      .lean<Customer[]>();
    const items = found.slice(0, ask.limit);
    return { items: items.map(customerView), next: found.length > ask.limit ? (items.at(-1)?._id ?? null) : null };
  }
}
