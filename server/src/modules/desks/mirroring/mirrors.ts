import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Bus } from '../../../platform/bus/index.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import { SharedCopy } from '../../../platform/database/shared-copy.ts';
import { BUS, CLOCK } from '../../../platform/tokens.ts';
import { Channels, type ChannelAccount } from '../../channels/index.ts';

export interface Place {
  readonly accountId: string;
  readonly place: string;
}

type Mirrored = Pick<ChannelAccount, '_id' | 'state' | 'mirrors'>;

/** Which queues are shown where: few, and asked for with every ticket's change, so each process keeps them in memory. */
@Injectable()
export class Mirrors implements OnModuleInit {
  private readonly copy: SharedCopy<Mirrored[]>;

  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(BUS) bus: Bus,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.copy = new SharedCopy('desk-mirrors', () => this.load(), bus, clock);
  }

  async onModuleInit(): Promise<void> {
    await this.copy.follow();
    this.channels.onChange(() => this.copy.forget());
  }

  async of(queueId: string): Promise<Place[]> {
    // Of one that is paused, too: what happens meanwhile is told when it goes on.
    const wanted = (await this.copy.read()).filter(({ state }) => state !== 'disabled');
    return wanted.flatMap(({ _id: accountId, mirrors = [] }) =>
      mirrors.filter((mirror) => mirror.queueId === queueId).map(({ place }) => ({ accountId, place })),
    );
  }

  async isDesk({ accountId, place }: Place): Promise<boolean> {
    const account = (await this.copy.read()).find(({ _id }) => _id === accountId);
    return account?.mirrors?.some((mirror) => mirror.place === place) ?? false;
  }

  /** Also where there is none any more: what was told of until then still comes. */
  async wereEver(): Promise<boolean> {
    return (await this.copy.read()).length > 0;
  }

  private async load(): Promise<Mirrored[]> {
    const state = { $in: ['active', 'paused', 'disabled'] as const };
    const accounts = await this.accounts.find({ state }, { state: 1, mirrors: 1 }).lean<Mirrored[]>();
    return accounts.filter(({ mirrors }) => mirrors !== undefined);
  }
}
