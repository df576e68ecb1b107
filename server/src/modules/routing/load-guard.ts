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

  /** False: somebody else gave work to the agent since `seen` was read. */
  async claim(seen: AgentLoad, ticket: Pick<Hold, 'ticketId' | 'channel'>, holdMs = HOLD_MS): Promise<boolean> {
    const now = this.clock.now();
    const holds = [
      ...this.held(seen).filter(({ ticketId }) => ticketId !== ticket.ticketId),
      { ...ticket, until: new Date(now.getTime() + holdMs) },
    ];
    const claimed = { version: seen.version + 1, holds, givenAt: now, idleSince: now };
    if (seen.version > 0) {
      const { matchedCount } = await this.loads.updateOne({ _id: seen._id, version: seen.version }, { $set: claimed });
      return matchedCount === 1;
    }
    try {
      // The first that was ever given: whoever inserts it.
      const { matchedCount, upsertedCount } = await this.loads.updateOne(
        { _id: seen._id, version: 0 },
        { $set: claimed },
        { upsert: true },
      );
      return matchedCount + upsertedCount === 1;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** The ticket is in the agent's work, or somebody else's. */
  async release(agentId: string, ticketId: string): Promise<void> {
    await this.loads.updateOne({ _id: agentId }, { $pull: { holds: { ticketId } }, $inc: { version: 1 } });
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

  held({ holds }: AgentLoad): Hold[] {
    const now = this.clock.now();
    return holds.filter(({ until }) => until > now);
  }
}
