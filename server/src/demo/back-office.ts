import type { INestApplicationContext, Type } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Model } from 'mongoose';
import { openApp } from '../hub.ts';
import type { BusMessage } from '../platform/bus/index.ts';
import type { Log } from '../platform/log/log.ts';
import { openPlatform, type Platform } from '../platform/platform.ts';
import { DirectBus } from './direct-bus.ts';
import { SettableClock } from './settable-clock.ts';

/** The hub with its doors closed: every use case, a clock that is set, no port, no listener, no job that runs. */
export class BackOffice {
  readonly clock: SettableClock;
  /** What becomes of what use cases publish. */
  hand: (message: BusMessage) => Promise<void> = async () => {};
  readonly #platform: Platform;
  #app!: INestApplicationContext;
  #close!: () => Promise<void>;

  private constructor(platform: Platform, clock: SettableClock) {
    this.#platform = platform;
    this.clock = clock;
  }

  static async open(config: Config, log: Log): Promise<BackOffice> {
    const platform = await openPlatform(config, log);
    const clock = new SettableClock();
    const office = new BackOffice(platform, clock);
    const bus = new DirectBus((message) => office.hand(message));
    try {
      // As `api` nothing subscribes and nothing listens.
      const quiet = { ...config, ROLE: 'api' as const };
      const { app, close } = await openApp({ ...platform, config: quiet, bus, clock, newId: clock.newId });
      office.#app = app;
      office.#close = close;
      return office;
    } catch (error) {
      await platform.close();
      throw error;
    }
  }

  the<T>(useCase: Type<T>): T {
    return this.#app.get(useCase, { strict: false });
  }

  /** What a module keeps, for what no use case of the present writes: the past. */
  model<T>(name: string): Model<T> {
    return this.#app.get<Model<T>>(name, { strict: false });
  }

  async close(): Promise<void> {
    await this.#close();
    await this.#platform.close();
  }
}
