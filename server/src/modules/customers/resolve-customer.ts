import { Inject, Injectable } from '@nestjs/common';
import type { Handle, Party } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { isDuplicate } from '../../platform/database/collection.ts';
import { quickFindAll, quickInsert } from '../../platform/database/quick.ts';
import { CLOCK, NEW_ID } from '../../platform/tokens.ts';
import { handleKey, type Customer } from './customer.schema.ts';
import { searchWords } from './words.ts';

/** To the second would be a write for each message; to the minute says as much to people. */
const SEEN_EVERY_MS = 60_000;

/** Finds the person behind a sender, or makes them. Concurrent first contacts meet at the unique index. */
@Injectable()
export class ResolveCustomer {
  constructor(
    @Inject('customers') private readonly customers: Model<Customer>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async of(sender: Party, channelAccountId: string): Promise<Customer> {
    const handles = identities(sender, channelAccountId);
    const keys = handles.map(handleKey);
    const known = await this.find(keys);
    if (known !== null) return this.refresh(known, sender, handles);
    try {
      const customer = this.blank(sender, handles);
      await quickInsert(this.customers, customer);
      return customer;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const winner = await this.find(keys);
      if (winner === null) throw error;
      return winner;
    }
  }

  /** The strongest identity decides where several people are named: the provider's own id, then the handles in their order. */
  private async find(keys: string[]): Promise<Customer | null> {
    const found = await quickFindAll(this.customers, { handleKeys: { $in: keys } });
    for (const key of keys) {
      const owner = found.find((customer) => customer.handleKeys.includes(key));
      if (owner !== undefined) return owner;
    }
    return null;
  }

  private async refresh(customer: Customer, sender: Party, handles: Handle[]): Promise<Customer> {
    const taken = new Set(customer.handleKeys);
    const fresh = handles.filter((handle) => !taken.has(handleKey(handle)));
    const name = !customer.named && sender.displayName !== undefined ? sender.displayName : customer.name;
    const seen = { lastSeenAt: this.clock.now(), name };
    if (fresh.length === 0 && name === customer.name) {
      const sinceMs = seen.lastSeenAt.getTime() - (customer.lastSeenAt?.getTime() ?? 0);
      if (sinceMs < SEEN_EVERY_MS) return customer;
      await this.customers.updateOne({ _id: customer._id }, { $set: seen });
      return { ...customer, ...seen };
    }
    const all = [...customer.handles, ...fresh];
    const wanted = { ...seen, handles: all, handleKeys: all.map(handleKey), words: wordsOf(name, all) };
    try {
      await this.customers.updateOne({ _id: customer._id }, { $set: wanted });
      return { ...customer, ...wanted };
    } catch (error) {
      // The new identity is somebody else's: two records of one person perhaps, which only people may merge.
      if (!isDuplicate(error)) throw error;
      await this.customers.updateOne({ _id: customer._id }, { $set: seen });
      return { ...customer, ...seen };
    }
  }

  private blank(sender: Party, handles: Handle[]): Customer {
    const now = this.clock.now();
    const name = sender.displayName ?? nameFrom(handles);
    return {
      _id: this.newId(),
      name,
      named: false,
      handles,
      handleKeys: handles.map(handleKey),
      attributes: {},
      consent: [],
      words: wordsOf(name, handles),
      createdAt: now,
      lastSeenAt: now,
      page: null,
    };
  }
}

/** The provider's id is unique on its account only. */
function identities(sender: Party, channelAccountId: string): Handle[] {
  const own: Handle = { type: 'external', value: `${channelAccountId}:${sender.externalId}` };
  const unique = new Map([...sender.handles, own].map((handle) => [handleKey(handle), handle]));
  return [...unique.values()];
}

function nameFrom(handles: Handle[]): string {
  const readable = handles.find(({ type }) => type === 'phone' || type === 'email' || type === 'username');
  if (readable !== undefined) return readable.value;
  const visitor = handles.find(({ type }) => type === 'visitor');
  return visitor === undefined ? 'Unknown' : `Visitor ${visitor.value.slice(-4).toUpperCase()}`;
}

export const wordsOf = (name: string, handles: Handle[]): string[] =>
  searchWords(
    name,
    ...handles
      .filter(({ type }) => type !== 'external')
      .flatMap(({ type, value }) =>
        type === 'email'
          ? [value, value.split('@')[1]]
          : type === 'phone'
            ? [value, value.replace(/^\+/, '')]
            : [value],
      ),
  );
