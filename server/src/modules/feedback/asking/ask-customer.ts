import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { FEEDBACK_OPEN_MS, type FeedbackSettings, type NotAsked } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { z } from 'zod';
import type { Clock } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import type { Job, Jobs } from '../../../platform/jobs/index.ts';
import { CLOCK, JOBS } from '../../../platform/tokens.ts';
import { Customers, type Customer } from '../../customers/index.ts';
import { Organisations } from '../../organisation/index.ts';
import { Queues } from '../../queues/index.ts';
import { AppendEntry, ReadTicket, SendSurvey, SurveyWay } from '../../tickets/index.ts';
import type { FoundWay, StoredEntry, Ticket } from '../../tickets/index.ts';
import { FeedbackLinks } from '../feedback-links.ts';
import type { LastAsked, Survey } from '../survey.schema.ts';
import { spoken } from '../words.ts';
import { askedBefore, whyNot } from './may-ask.ts';
import { SurveyGrounds } from './survey-grounds.ts';
import { surveyParts } from './survey-parts.ts';

const ASK_CUSTOMER = 'ask-customer';
const Data = z.object({ ticketId: z.string(), resolutionId: z.string() });

/** Each resolution has one of its own: an older one that is told late takes the place of none. Only the last is asked about. */
export const askJob = (ticketId: string, resolutionId: string, dueAt: Date): Job => ({
  ...{ name: ASK_CUSTOMER, key: resolutionId, dueAt },
  data: { ticketId, resolutionId } satisfies z.infer<typeof Data>,
});

interface Resolved {
  readonly ticket: Ticket;
  readonly by: StoredEntry;
  readonly settings: FeedbackSettings;
}

/** Some time after a ticket was resolved its customer is asked how it was, or its history says why not. Each step is once, however often it runs. */
@Injectable()
export class AskCustomer implements OnModuleInit {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject('surveys') private readonly surveys: Model<Survey>,
    @Inject('lastasked') private readonly lastAsked: Model<LastAsked>,
    @Inject(ReadTicket) private readonly read: ReadTicket,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(SurveyWay) private readonly ways: SurveyWay,
    @Inject(SurveyGrounds) private readonly grounds: SurveyGrounds,
    @Inject(SendSurvey) private readonly send: SendSurvey,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(FeedbackLinks) private readonly links: FeedbackLinks,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(ASK_CUSTOMER, ({ data }) => this.run(Data.parse(data)));
  }

  async run({ ticketId, resolutionId }: z.infer<typeof Data>): Promise<void> {
    const resolved = await this.resolved(ticketId, resolutionId);
    if (resolved === null) return;
    const { ticket, settings } = resolved;
    const [customer, way] = await Promise.all([this.customers.byId(ticket.customerId), this.ways.of(ticket)]);
    const known = await this.surveys.exists({ _id: resolutionId });
    // Begun before and cut off: what was decided then is done.
    const why = known === null ? whyNot(await this.grounds.of(resolved, customer, way)) : null;
    if (why !== null || way === null) return this.say(ticketId, resolutionId, why ?? 'no-way');
    if (!(await this.claim(ticket, resolutionId, settings))) return this.say(ticketId, resolutionId, 'asked-lately');
    await this.ask(resolved, way, customer);
  }

  /** null: it goes on, or has been resolved anew since, or is of a queue that does not ask. */
  private async resolved(ticketId: string, resolutionId: string): Promise<Resolved | null> {
    const ticket = await this.tickets.findById(ticketId).lean<Ticket>();
    if (ticket?.status !== 'resolved') return null;
    const [by, queue] = await Promise.all([this.read.resolution(ticketId), this.queues.byId(ticket.queueId)]);
    if (by?._id !== resolutionId || queue?.feedback.on !== true) return null;
    return { ticket, by, settings: queue.feedback };
  }

  private async ask({ ticket, by, settings }: Resolved, way: FoundWay, customer: Customer | null): Promise<void> {
    const survey = await this.kept({
      ...{ _id: by._id, ticketId: ticket._id, threadId: way.thread._id, queueId: ticket.queueId },
      agentId: (by.author.kind === 'agent' ? by.author.id : null) ?? ticket.assigneeId,
      language: spoken([customer?.attributes['language'] ?? '']) ?? settings.language,
      askedAt: this.clock.now(),
      closesAt: new Date(this.clock.now().getTime() + FEEDBACK_OPEN_MS),
    });
    const { _id: surveyId, language, askedAt, queueId, agentId, closesAt } = survey;
    const question = { surveyId, language, own: settings.question, url: this.links.of(survey) };
    const went = await this.send.run(way.thread, {
      survey: { surveyId, askedAt, queueId, agentId },
      closesAt,
      name: (await this.organisations.read()).name,
      parts: surveyParts(question, way.open.connector.capabilities),
    });
    // Reopened in this moment: nobody was asked.
    if (!went) await this.lastAsked.deleteOne({ _id: ticket.customerId, surveyId });
  }

  /** As it was written the first time. */
  private async kept(survey: Survey): Promise<Survey> {
    const { _id, ...rest } = survey;
    const kept = await this.surveys
      .findOneAndUpdate({ _id }, { $setOnInsert: rest }, { upsert: true, returnDocument: 'after' })
      .lean<Survey>();
    return kept ?? survey;
  }

  /** Of two tickets of one customer that are resolved at the same time one is asked about. */
  private async claim({ customerId }: Ticket, surveyId: string, { daysBetween }: FeedbackSettings): Promise<boolean> {
    const now = this.clock.now();
    const free = { $or: [{ surveyId }, { at: { $lte: askedBefore({ now, daysBetween }) } }] };
    try {
      await this.lastAsked.updateOne({ _id: customerId, ...free }, { $set: { surveyId, at: now } }, { upsert: true });
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return false;
    }
  }

  private async say(ticketId: string, resolutionId: string, why: NotAsked): Promise<void> {
    await this.append.to(ticketId, () => ({
      topic: 'ticket.changed',
      entry: {
        type: 'event',
        onceKey: `survey:${resolutionId}`,
        author: { kind: 'system', id: null, name: 'Switchboard' },
        event: 'feedback.not-asked',
        ...{ from: null, to: why },
      },
      patch: {},
    }));
  }
}
