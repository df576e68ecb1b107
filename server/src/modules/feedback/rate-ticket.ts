import { Inject, Injectable } from '@nestjs/common';
import { isPoor, type Rating } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { AppendEntry, type Change, type Ticket } from '../tickets/index.ts';
import type { Survey } from './survey.schema.ts';

export interface Answer {
  readonly rating: Rating;
  /** null: none any more. Missing: as it was. */
  readonly comment?: string | null;
  /** The same one again is the same answer, also after another. */
  readonly onceKey?: string;
  /** Over which thread it came; missing: by the signed page. */
  readonly threadId?: string;
}

/** What a customer thought of a ticket: one answer to each survey, which they can change until it closes. */
@Injectable()
export class RateTicket {
  constructor(
    @Inject('surveys') private readonly surveys: Model<Survey>,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(surveyId: string, answer: Answer): Promise<'taken' | 'unknown' | 'closed'> {
    const survey = await this.surveys.findById(surveyId).lean<Survey>();
    const elsewhere = answer.threadId !== undefined && survey?.threadId !== answer.threadId;
    if (survey === null || elsewhere) return 'unknown';
    if (survey.closesAt <= this.clock.now()) return 'closed';
    await this.append.to(survey.ticketId, (ticket) => this.plan(survey, answer, ticket));
    return 'taken';
  }

  private plan({ _id: surveyId, askedAt, queueId, agentId }: Survey, answer: Answer, ticket: Ticket): Change | null {
    const before = ticket.rated?.surveyId === surveyId ? ticket.rated : undefined;
    const { rating, onceKey } = answer;
    const comment = (answer.comment === undefined ? before?.comment : answer.comment) ?? null;
    if (before?.rating === rating && before.comment === comment) return null;
    const said = comment === null ? {} : { comment };
    return {
      topic: 'ticket.changed',
      entry: {
        type: 'event',
        ...(onceKey !== undefined && { onceKey }),
        author: { kind: 'customer', id: ticket.customerId, name: ticket.customerName },
        event: 'feedback.rated',
        from: before === undefined ? null : String(before.rating),
        to: String(rating),
        ...(comment !== null && { did: [comment] }),
        feedback: { surveyId, askedAt, queueId, agentId, rating, ...said },
      },
      patch: { rated: { surveyId, rating, comment, at: this.clock.now() }, poorlyRated: isPoor(rating) },
    };
  }
}
