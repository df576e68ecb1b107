import { Inject, Injectable } from '@nestjs/common';
import type { FeedbackSettings } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Agents } from '../../agents/index.ts';
import type { Customer } from '../../customers/index.ts';
import { blockedReason, ReadSurveyGround, type FoundWay, type StoredEntry, type Ticket } from '../../tickets/index.ts';
import type { LastAsked } from '../survey.schema.ts';
import type { Ground } from './may-ask.ts';

/** Reads what decides whether a customer is asked. */
@Injectable()
export class SurveyGrounds {
  constructor(
    @Inject('lastasked') private readonly lastAsked: Model<LastAsked>,
    @Inject(ReadSurveyGround) private readonly past: ReadSurveyGround,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(
    { ticket, by, settings }: { ticket: Ticket; by: StoredEntry; settings: FeedbackSettings },
    customer: Customer | null,
    found: FoundWay | null,
  ): Promise<Ground> {
    const emails = (customer?.handles ?? []).filter(({ type }) => type === 'email').map(({ value }) => value);
    const [past, colleague, last, way] = await Promise.all([
      this.past.of(ticket),
      this.agents.isOneOf(emails),
      // Claimed by this very asking, which was cut off: not asked yet.
      this.lastAsked.findOne({ _id: ticket.customerId, surveyId: { $ne: by._id } }).lean<LastAsked>(),
      found === null ? null : this.wayOf(found, customer),
    ]);
    const { daysBetween } = settings;
    return { ...past, colleague, way, askedAt: last?.at ?? null, daysBetween, now: this.clock.now() };
  }

  private async wayOf({ thread, open }: FoundWay, customer: Customer | null): Promise<Ground['way']> {
    const { capabilities } = open.connector;
    const said = customer?.consent.filter(({ channel, state }) => channel === thread.channel && state === 'withdrawn');
    return {
      shape: thread.shape,
      // Whatever the question looks like, it is no template.
      blocked: blockedReason(thread, capabilities, this.clock.now(), [{ type: 'text', text: '?' }]),
      unreachable: await this.past.isUnreachable(thread._id),
      optedOut: (said ?? []).length > 0,
    };
  }
}
