import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { isDuplicate } from '../../platform/database/collection.ts';
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

  /**
   * `detail` names fields and ids: never a secret, never what a customer wrote. Without a caller it was the hub itself.
   * `of`: the stored change that it tells of, which is told once, however often it is recorded.
   */
  async record(event: {
    caller: Pick<AuditRecord['actor'], 'id' | 'name'> | null;
    action: string;
    subject: string;
    detail?: Record<string, unknown>;
    of?: { readonly _id: string; readonly at: Date };
  }): Promise<void> {
    const { caller, action, subject, detail = {}, of = { _id: this.newId(), at: this.clock.now() } } = event;
    const actor = caller === null ? { id: null, name: 'Switchboard' } : { id: caller.id, name: caller.name };
    try {
      await this.records.create({ _id: of._id, at: of.at, actor, action, subject, detail });
    } catch (error) {
      if (event.of === undefined || !isDuplicate(error)) throw error;
    }
  }
}
