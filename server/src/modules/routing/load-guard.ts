import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { isDuplicate } from '../../platform/database/collection.ts';
import { CLOCK } from '../../platform/tokens.ts';
import type { AgentLoad, Hold } from './agent-load.schema.ts';

const HOLD_MS = 30_000;
export const noLoad = (agentId: string): AgentLoad => ({
  _id: agentId,
  version: 0,
  holds: [],
  givenAt: null,
  idleSince: null,
});

/**
 * Keeps two deciders at once from giving an agent more than there is room for. Who decides reads the agent's document first,
 * then the work; the claim goes through only if nobody claimed meanwhile, and weighs until the ticket is in the agent's work.
 */
@Injectable()
export class LoadGuard {
  constructor(
    @Inject('agentloads') private readonly loads: Model<AgentLoad>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(agentIds: readonly string[]): Promise<Map<string, AgentLoad>> {
    const found = await this.loads.find({ _id: { $in: [...agentIds] } }).lean<AgentLoad[]>();
    return new Map([...agentIds.map((id) => noLoad(id)), ...found].map((load) => [load._id, load]));
  }

  /** Under which number it is held; null: somebody else gave work to the agent since `seen` was read. */
  async claim(seen: AgentLoad, ticket: Pick<Hold, 'ticketId' | 'channel'>, holdMs = HOLD_MS): Promise<number | null> {
    const now = this.clock.now();
    const claim = seen.version + 1;
    const hold = { ...ticket, until: new Date(now.getTime() + holdMs), claim };
    const claimed = { version: claim, holds: [...this.standing(seen), hold], givenAt: now, idleSince: now };
    if (seen.version > 0) {
      const { matchedCount } = await this.loads.updateOne({ _id: seen._id, version: seen.version }, { $set: claimed });
      return matchedCount === 1 ? claim : null;
    }
    try {
      // The first that was ever given: whoever inserts it.
      const { matchedCount, upsertedCount } = await this.loads.updateOne(
        { _id: seen._id, version: 0 },
        { $set: claimed },
        { upsert: true },
      );
      return matchedCount + upsertedCount === 1 ? claim : null;
    } catch (error) {
      if (isDuplicate(error)) return null;
      throw error;
    }
  }

  /** The ticket is in the agent's work, or somebody else's. With `claim` only that one: another may stand for an offer. */
  async release(agentId: string, ticketId: string, claim?: number): Promise<void> {
    const hold = { ticketId, ...(claim !== undefined && { claim }) };
    await this.loads.updateOne({ _id: agentId }, { $pull: { holds: hold }, $inc: { version: 1 } });
  }

  /** The agent has just become free, or come: idle from now on. */
  async idle(agentId: string): Promise<void> {
    const update = { $set: { idleSince: this.clock.now() }, $setOnInsert: { version: 0, holds: [] } };
    try {
      await this.loads.updateOne({ _id: agentId }, update, { upsert: true });
    } catch (error) {
      // Two processes at once: theirs says the same.
      if (!isDuplicate(error)) throw error;
    }
  }

  /** Each ticket once, however many hold it. */
  held(load: AgentLoad): Hold[] {
    return [...new Map(this.standing(load).map((hold) => [hold.ticketId, hold])).values()];
  }

  private standing({ holds }: AgentLoad): Hold[] {
    const now = this.clock.now();
    return holds.filter(({ until }) => until > now);
  }
}
