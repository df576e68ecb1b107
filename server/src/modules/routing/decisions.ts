import { Inject, Injectable } from '@nestjs/common';
import type { RoutingDecision } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { isDuplicate } from '../../platform/database/collection.ts';
import { CLOCK } from '../../platform/tokens.ts';
import type { StoredDecision } from './decision.schema.ts';

export type Decided = Omit<RoutingDecision, 'at'>;

/** What the routing decided and why. A decision that was not written, as its process was killed, is missing: nothing builds on it. */
@Injectable()
export class Decisions {
  constructor(
    @Inject('routingdecisions') private readonly decisions: Model<StoredDecision>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `id`: of the entry that gives the ticket away, or of the ticket that nobody can take. */
  async keep(id: string, decision: Decided): Promise<void> {
    try {
      await this.decisions.updateOne({ _id: id }, { $set: { ...decision, at: this.clock.now() } }, { upsert: true });
    } catch (error) {
      // Two processes found at once that nobody can take it: theirs says the same.
      if (!isDuplicate(error)) throw error;
    }
  }

  async of(id: string): Promise<RoutingDecision | null> {
    const decision = await this.decisions.findById(id).lean<StoredDecision>();
    if (decision === null) return null;
    const { _id: _, at, ...kept } = decision;
    return { ...kept, at: at.toISOString() };
  }
}
