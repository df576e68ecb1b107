import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { BusConsumer, type Bus, type Subscription } from '../../platform/bus/index.ts';
import type { Log } from '../../platform/log/log.ts';
import { BUS, CONFIG, LOG } from '../../platform/tokens.ts';
import { FEEDBACK_GIVEN, FeedbackGiven, messageThatMoves, TicketEvent } from '../tickets/index.ts';
import { ScheduleAsking } from './asking/schedule-asking.ts';
import { RateTicket } from './rate-ticket.ts';

/** What comes to rest is asked about; what customers answer in their conversation is counted. */
@Injectable()
export class FeedbackConsumer extends BusConsumer {
  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject(ScheduleAsking) private readonly schedule: ScheduleAsking,
    @Inject(RateTicket) private readonly rate: RateTicket,
    @Inject(LOG) private readonly log: Log,
  ) {
    super();
  }

  protected subscriptions(): Subscription[] {
    return [
      {
        name: 'feedback',
        topics: ['ticket.changed', messageThatMoves],
        shards: 1,
        retryDelaysMs: [1000, 10_000],
        handle: ({ payload }) => this.schedule.after(TicketEvent.parse(payload)),
      },
      {
        name: 'feedback-given',
        topics: [FEEDBACK_GIVEN],
        shards: 1,
        retryDelaysMs: [500, 2000, 10_000],
        handle: ({ payload }) => this.given(FeedbackGiven.parse(payload)),
      },
    ];
  }

  private async given({ surveyId, messageId, ...answer }: FeedbackGiven): Promise<void> {
    const outcome = await this.rate.run(surveyId, { ...answer, onceKey: `rated:${messageId}` });
    if (outcome !== 'taken') this.log.info('An answer to a survey was not counted', { surveyId, messageId, outcome });
  }
}
