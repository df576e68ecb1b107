import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Bus } from '../../platform/bus/index.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { BUS } from '../../platform/tokens.ts';

/** What the bus gives up shows in the consoles at once, as what can't be read does. */
@Injectable()
export class TellQuarantine implements OnModuleInit {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(Sockets) private readonly sockets: Sockets,
  ) {}

  onModuleInit(): void {
    this.bus.onDeadLetter(() =>
      this.sockets.emit('/console', 'agents', 'passing', { type: 'stale', what: 'quarantine' }),
    );
  }
}
