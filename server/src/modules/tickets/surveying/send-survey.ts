import { Inject, Injectable } from '@nestjs/common';
import type { ContentPart } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { QueueOutbound } from '../answering/queue-outbound.ts';
import { replyEntry } from '../answering/reply-entry.ts';
import { AppendEntry } from '../changing/append-entry.ts';
import type { AskedFeedback } from '../entry.schema.ts';
import type { Thread } from '../thread.schema.ts';

export interface SurveyMessage {
  readonly survey: AskedFeedback;
  readonly closesAt: Date;
  /** As whom the centre asks. */
  readonly name: string;
  readonly parts: ContentPart[];
}

/** The question to a customer: a message like another, once; only that it is nobody's reply and changes nothing of the ticket. */
@Injectable()
export class SendSurvey {
  constructor(
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(QueueOutbound) private readonly outbound: QueueOutbound,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** False: nothing went out, for the ticket is not at rest any more, or it stands there why nobody is asked. */
  async run(thread: Thread, { survey, closesAt, name, parts }: SurveyMessage): Promise<boolean> {
    const onceKey = `survey:${survey.surveyId}`;
    // Before the customer can have it: the answer may be faster than we are.
    await this.threads.updateOne({ _id: thread._id }, { $set: { survey: { id: survey.surveyId, closesAt } } });
    const author = { kind: 'system' as const, id: null, name };
    const appended = await this.append.to(thread.ticketId, ({ status }) => {
      if (status !== 'resolved') return null;
      const entry = replyEntry({ author, clientId: onceKey, onceKey, parts }, thread, this.clock.now());
      return {
        topic: 'message.added',
        entry: { ...entry, automatic: 'survey', survey },
        patch: {},
        also: this.outbound.over(thread),
      };
    });
    if (!appended.ok && appended.reason === 'moot') return false;
    const { entry } = appended;
    if (entry.type !== 'message') return false;
    // The first try may have been cut off before its command was out.
    if (!appended.ok && entry.state === 'pending') await this.outbound.run(entry, thread);
    return true;
  }
}
