import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import type { StoredEntry, StoredHeld, StoredMessage } from '../entry.schema.ts';
import { OpenQuestions } from '../answering/open-questions.ts';
import { TicketAccess } from '../ticket-access.ts';
import { ChangeHeld, comesBack, heldChange } from './change-held.ts';
import { mayBecome } from './held-states.ts';

/** Undo, cancel, and what makes a scheduled reply come back by itself. Its words stay until somebody says that they may go. */
@Injectable()
export class ReturnHeld {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(ChangeHeld) private readonly change: ChangeHeld,
    @Inject(OpenQuestions) private readonly questions: OpenQuestions,
  ) {}

  /** Again is no second time; too late is said. */
  async run(caller: Caller, ticketId: string | undefined, heldId: string | undefined): Promise<StoredHeld> {
    const ticket = await this.access.require(caller, ticketId);
    const held = await this.change.require(ticket._id, heldId);
    const why = held.author.id === caller.id ? 'undone' : 'cancelled';
    await this.change.run(held._id, (now, current) =>
      mayBecome(now.state, 'returned') ? comesBack(now, current, why, caller.name) : null,
    );
    const after = await this.change.require(ticket._id, held._id);
    if (after.state === 'released') throw new HubError('conflict', 'It has gone out already');
    return after;
  }

  /** The words are in somebody's hands again, or not wanted any more. */
  async discard(caller: Caller, ticketId: string | undefined, heldId: string | undefined): Promise<void> {
    const ticket = await this.access.require(caller, ticketId);
    const held = await this.change.require(ticket._id, heldId);
    const others = await this.questions.besides(ticket._id, held._id);
    await this.change.run(held._id, (now) =>
      mayBecome(now.state, 'discarded') ? heldChange(now, { state: 'discarded' }, { needsAttention: others }) : null,
    );
  }

  /** What was written for when the customer stays silent. A release in the same moment looks for the message itself. */
  async customerWrote({ ticketId, seq, author, automatic }: StoredMessage): Promise<void> {
    if (automatic !== undefined) return;
    const waiting = { ticketId, type: 'held' as const, state: 'waiting' as const };
    const overtaken = await this.entries
      .find({ ...waiting, unlessCustomerWrites: true, seq: { $lt: seq } })
      .limit(100)
      .lean<StoredHeld[]>();
    for (const { _id } of overtaken)
      await this.change.run(_id, (now, ticket) =>
        mayBecome(now.state, 'returned') ? comesBack(now, ticket, 'customer-wrote', author.name) : null,
      );
  }
}
