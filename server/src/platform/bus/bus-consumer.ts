import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Bus, Subscription } from './bus.ts';

/**
 * What a module does with messages. Every process declares all subscriptions before any of its parts begins to publish, whatever its
 * role: a bus keeps nothing for a queue that is not there yet, and the first worker may start last.
 */
export abstract class BusConsumer implements OnModuleInit, OnApplicationBootstrap {
  protected abstract readonly bus: Bus;
  protected abstract readonly config: Config;
  protected abstract subscriptions(): Subscription[];

  async onModuleInit(): Promise<void> {
    for (const subscription of this.subscriptions()) await this.bus.declare(subscription);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.ROLE === 'api') return;
    for (const subscription of this.subscriptions()) await this.bus.subscribe(subscription);
  }
}
