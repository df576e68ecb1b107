import { Inject, Injectable } from '@nestjs/common';
import type { ChannelKind, ContentPart } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { quickInsert } from '../../../platform/database/quick.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import type { Customer } from '../../customers/index.ts';
import type { Counter } from './counter.schema.ts';
import { previewOf } from '../preview.ts';
import { ticketWords } from '../ticket-words.ts';
import type { Ticket } from '../ticket.schema.ts';

interface Opening {
  /** Names the cause: the same cause twice is one ticket. */
  openedBy: string;
  customer: Customer;
  queueId: string;
  channel: ChannelKind;
  subject: string | undefined;
  parts: readonly ContentPart[];
  assigneeId?: string;
}

@Injectable()
export class OpenTicket {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject('counters') private readonly counters: Model<Counter>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async run(opening: Opening): Promise<Ticket> {
    const ticket = this.blank(opening, await this.nextNumber());
    try {
      await quickInsert(this.tickets, ticket);
      return ticket;
    } catch (error) {
      if (!isDuplicate(error, 'openedBy')) throw error;
      const winner = await this.find(opening.openedBy);
      if (winner === null) throw error;
      return winner;
    }
  }

  private find(openedBy: string): Promise<Ticket | null> {
    return this.tickets.findOne({ openedBy }).lean<Ticket>();
  }

  /** Counts up for all processes; a number may be skipped, never given twice. */
  private async nextNumber(): Promise<number> {
    const counter = await this.counters
      .findOneAndUpdate({ _id: 'ticket-number' }, { $inc: { value: 1 } }, { upsert: true, returnDocument: 'after' })
      .lean<Counter>();
    return 1000 + (counter?.value ?? 1);
  }

  private blank(opening: Opening, number: number): Ticket {
    const now = this.clock.now();
    const subject = opening.subject?.trim() || previewOf(opening.parts).slice(0, 80) || 'Conversation';
    return {
      _id: this.newId(),
      number,
      seq: 0,
      openedBy: opening.openedBy,
      subject,
      status: 'new',
      active: true,
      priority: 'normal',
      queueId: opening.queueId,
      assigneeId: opening.assigneeId ?? null,
      tags: [],
      customerId: opening.customer._id,
      customerName: opening.customer.name,
      channel: opening.channel,
      channels: [opening.channel],
      preview: null,
      inboundCount: 0,
      replyCount: 0,
      waitingSince: null,
      firstResponse: null,
      nextResponse: null,
      resolution: null,
      escalateAt: null,
      snoozedUntil: null,
      pendingMs: 0,
      pendingSince: null,
      needsAttention: false,
      scheduled: 0,
      createdAt: now,
      updatedAt: now,
      firstResolvedAt: null,
      resolvedAt: null,
      words: ticketWords({ number, subject, tags: [] }, opening.customer),
    };
  }
}
