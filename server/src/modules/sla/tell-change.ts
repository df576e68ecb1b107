import { Inject, Injectable } from '@nestjs/common';
import type { Bus } from '../../platform/bus/index.ts';
import type { NewId } from '../../platform/clock/clock.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { BUS, NEW_ID } from '../../platform/tokens.ts';
import { Audit } from '../audit/index.ts';

/** On the bus: policies, calendars or opening hours are others now. Open tickets take them up. */
export const SERVICE_LEVELS_CHANGED = 'service-levels.changed';

@Injectable()
export class TellChange {
  constructor(
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async run(caller: Caller, action: string, subject: string, detail: Record<string, unknown>): Promise<void> {
    await this.bus.publish({ topic: SERVICE_LEVELS_CHANGED, key: 'service-levels', id: this.newId(), payload: {} });
    await this.audit.record({ caller, action, subject, detail });
    this.sockets.emit('/console', 'agents', 'passing', { type: 'stale', what: 'service-levels' });
  }
}
