import { Inject, Injectable } from '@nestjs/common';
import { Rating } from '@switchboard/contract';
import { z } from 'zod';
import type { Bus } from '../../../platform/bus/index.ts';
import type { NewId } from '../../../platform/clock/clock.ts';
import { BUS, NEW_ID } from '../../../platform/tokens.ts';
import type { StoredMessage } from '../entry.schema.ts';

/** On the bus: a customer has answered a survey by a message. */
export const FEEDBACK_GIVEN = 'feedback.given';
export const FeedbackGiven = z.object({
  surveyId: z.string(),
  rating: Rating,
  comment: z.string().optional(),
  /** The same message again is the same answer; only over the thread in which it was asked. */
  messageId: z.string(),
  threadId: z.string(),
});
export type FeedbackGiven = z.infer<typeof FeedbackGiven>;

@Injectable()
export class TellFeedback {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async of({ _id: messageId, threadId, rates }: StoredMessage): Promise<void> {
    if (rates === undefined) return;
    const payload: FeedbackGiven = { ...rates, messageId, threadId };
    await this.bus.publish({ topic: FEEDBACK_GIVEN, key: rates.surveyId, id: this.newId(), payload });
  }
}
