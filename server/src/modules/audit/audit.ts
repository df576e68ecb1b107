import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { CLOCK, NEW_ID } from '../../platform/tokens.ts';
import type { AuditRecord } from './audit.schema.ts';

/** What changes rights, channels or customers' data is written down here, after it is done. */
@Injectable()
export class Audit {
  constructor(
    @Inject('audit') private readonly records: Model<AuditRecord>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** `detail` names fields and ids: never a secret, never what a customer wrote. Without a caller it was the hub itself. */
  async record(event: {
    caller: Pick<Caller, 'id' | 'name'> | null;
    action: string;
    subject: string;
    detail?: Record<string, unknown>;
  }): Promise<void> {
    const { caller, action, subject, detail = {} } = event;
    const actor = caller === null ? { id: null, name: 'Switchboard' } : { id: caller.id, name: caller.name };
    await this.records.create({ _id: this.newId(), at: this.clock.now(), actor, action, subject, detail });
  }
}
