import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Sockets } from './live/sockets.ts';
import type { Platform } from './platform.ts';
import * as token from './tokens.ts';

/** Hands the opened platform to every module. */
@Global()
@Module({})
export class PlatformModule {
  static of(platform: Platform): DynamicModule {
    const provided: [symbol, unknown][] = [
      [token.CONFIG, platform.config],
      [token.LOG, platform.log],
      [token.CLOCK, platform.clock],
      [token.NEW_ID, platform.newId],
      [token.DATABASE, platform.connection],
      [token.BUS, platform.bus],
      [token.JOBS, platform.jobs],
      [token.PRESENCE, platform.presence],
      [token.MEDIA, platform.media],
      [token.SECRETS, platform.secrets],
      [token.STAGES, platform.stages],
    ];
    return {
      module: PlatformModule,
      providers: [Sockets, ...provided.map(([provide, useValue]) => ({ provide, useValue }))],
      exports: [Sockets, ...provided.map(([provide]) => provide)],
    };
  }
}
