import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import type { Ticket } from '../../tickets/index.ts';
import type { HandlingSpell } from './handling-spell.schema.ts';

/** What is shorter was only passed by. */
export const SHORTEST_MS = 1_000;
/** One that lasts is cut and goes on as another: who looks for those of a time need not look far back. */
export const LONGEST_MS = 3_600_000;
/** Not moved on for so long: its process was killed, and it ended when it was last moved on. */
const SILENT_MS = 30_000;
const PAGE = 500;
const MOST_TRIES = 5;

@Injectable()
export class HandlingSpells {
  constructor(
    @Inject('handlingspells') private readonly spells: Model<HandlingSpell>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** Ends the one that the agent has open elsewhere. Answers the id; null: other tabs were faster again and again. */
  async begin(
    agentId: string,
    ticket: Pick<Ticket, '_id' | 'channel' | 'queueId'>,
    from: Date,
  ): Promise<string | null> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      await this.endOther(agentId, from);
      try {
        const { _id: ticketId, channel, queueId } = ticket;
        const _id = this.newId();
        await this.spells.create({
          _id,
          agentId,
          ticketId,
          channel,
          queueId,
          from,
          to: this.clock.now(),
          open: agentId,
        });
        return _id;
      } catch (error) {
        if (!isDuplicate(error, 'open')) throw error;
      }
    }
    return null;
  }

  /** No effect on one that has been ended by another tab. */
  async end(id: string, to: Date): Promise<void> {
    await this.spells.updateOne({ _id: id, open: { $exists: true } }, { $set: { to }, $unset: { open: 1 } });
  }

  /** Has no other tab ended it? */
  async goesOn(id: string): Promise<boolean> {
    return (await this.spells.exists({ _id: id, open: { $exists: true } })) !== null;
  }

  async goOn(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const to = this.clock.now();
    await this.spells.updateMany({ _id: { $in: [...ids] }, open: { $exists: true } }, { $set: { to } });
  }

  /** Which ticket each agent has before them now, and since when. */
  async open(): Promise<Map<string, Pick<HandlingSpell, 'ticketId' | 'from'>>> {
    const alive = new Date(this.clock.now().getTime() - SILENT_MS);
    const fields = { agentId: 1, ticketId: 1, from: 1, to: 1 };
    const found = await this.spells.find({ open: { $gt: '' } }, fields).lean<HandlingSpell[]>();
    return new Map(
      found.filter(({ to }) => to > alive).map(({ agentId, ticketId, from }) => [agentId, { ticketId, from }]),
    );
  }

  /**
   * All spells that overlap the time from `from` until before `to`, uncut, in the order in which they began. One that goes on
   * ends where it was last seen, at most ten seconds ago. None is longer than an hour.
   */
  async *between(from: Date, to: Date): AsyncGenerator<Omit<HandlingSpell, 'open'>> {
    const earliest = new Date(from.getTime() - LONGEST_MS - SILENT_MS);
    for (let after: HandlingSpell | undefined; ;) {
      const page = await this.spells
        .find({ from: { $gt: earliest, $lt: to }, ...(after !== undefined && nextAfter(after, to)) })
        .sort({ from: 1, _id: 1 })
        .limit(PAGE)
        .lean<HandlingSpell[]>();
      for (const { open: _, ...spell } of page) if (spell.to > from) yield spell;
      after = page.at(-1);
      if (page.length < PAGE) return;
    }
  }

  private async endOther(agentId: string, at: Date): Promise<void> {
    const other = await this.spells.findOne({ open: agentId }).lean<HandlingSpell>();
    if (other === null) return;
    const isSilent = other.to.getTime() + SILENT_MS < at.getTime();
    const to = isSilent ? other.to : at;
    const short = to.getTime() - other.from.getTime() < SHORTEST_MS;
    const still = { _id: other._id, open: agentId };
    if (short) await this.spells.deleteOne(still);
    else await this.spells.updateOne(still, { $set: { to }, $unset: { open: 1 } });
  }
}

const nextAfter = ({ from, _id }: HandlingSpell, to: Date) => ({
  from: { $gte: from, $lt: to },
  $or: [{ from: { $gt: from } }, { from, _id: { $gt: _id } }],
});
