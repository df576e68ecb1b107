import { Inject, Injectable } from '@nestjs/common';
import type { MessagePassport, TicketRouting } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { Agents } from '../../agents/index.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';

export interface Assignment {
  /** The change that gave the ticket away. */
  readonly entryId: string;
  readonly view: NonNullable<MessagePassport['assignment']>;
}

/**
 * Who a message came to: with whom its ticket was then, or who got it first after that. Read from the ticket's history, so it
 * needs no write and holds for whatever gave the ticket away.
 */
@Injectable()
export class FindAssignment {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(Agents) private readonly agents: Agents,
  ) {}

  async of({ ticketId, seq, milestones }: StoredMessage): Promise<Assignment | null> {
    const before = milestones.assignedAt !== undefined;
    const given = await this.entries
      .findOne({ ticketId, seq: before ? { $lt: seq } : { $gt: seq }, 'patch.assigneeId': { $ne: null } })
      .sort({ seq: before ? -1 : 1 })
      .lean<StoredEntry>();
    return given === null ? null : this.assignment(given);
  }

  /** The last one of a ticket that is with somebody. */
  async last(ticketId: string): Promise<Assignment | null> {
    const filter = { ticketId, 'patch.assigneeId': { $ne: null } };
    const given = await this.entries.findOne(filter).sort({ seq: -1 }).lean<StoredEntry>();
    return given === null ? null : this.assignment(given);
  }

  /** How a ticket that is with nobody came back from somebody who was gone; null: it did not, or was with others since. */
  async lastReturn(ticketId: string): Promise<TicketRouting['returned']> {
    const filter = { ticketId, 'patch.assigneeId': { $exists: true } };
    const last = await this.entries.findOne(filter).sort({ seq: -1 }).lean<StoredEntry>();
    if (last?.type !== 'event' || last.event !== 'assignee.gone') return null;
    const [after = 'left'] = last.did ?? [];
    return {
      agent: last.from ?? '',
      at: last.at.toISOString(),
      afterSeconds: after === 'left' ? null : Number(after),
    };
  }

  private async assignment(given: StoredEntry): Promise<Assignment | null> {
    const id = given.patch.assigneeId;
    if (id == null) return null;
    const name = (await this.agents.names([id])).get(id)?.name ?? 'Former agent';
    const how = given.type === 'message' ? 'reply' : given.author.kind === 'system' ? 'routing' : 'person';
    return {
      entryId: given._id,
      view: { at: given.at.toISOString(), agent: { id, name }, how, by: given.author.name },
    };
  }
}
