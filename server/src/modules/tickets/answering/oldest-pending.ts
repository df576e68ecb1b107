import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Model } from 'mongoose';
import { AccountLag } from '../../channels/index.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';

/** Since when the oldest of each account's messages waits to be sent. */
@Injectable()
export class OldestPending implements OnModuleInit {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(AccountLag) private readonly lag: AccountLag,
  ) {}

  onModuleInit(): void {
    this.lag.pendingFrom((accountIds) => this.of(accountIds));
  }

  private async of(accountIds: readonly string[]): Promise<Map<string, Date>> {
    const found = await Promise.all(accountIds.map((id) => this.oldest(id)));
    return new Map(found.flatMap((one) => (one === null ? [] : [[one.channelAccountId, one.at]])));
  }

  private oldest(channelAccountId: string): Promise<Pick<StoredMessage, 'channelAccountId' | 'at'> | null> {
    return this.entries
      .findOne({ channelAccountId, state: 'pending' }, { channelAccountId: 1, at: 1 })
      .sort({ at: 1 })
      .lean<Pick<StoredMessage, 'channelAccountId' | 'at'>>()
      .exec();
  }
}
