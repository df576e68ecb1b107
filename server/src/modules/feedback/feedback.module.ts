import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentsModule } from '../agents/index.ts';
import { CustomersModule } from '../customers/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { AskCustomer } from './asking/ask-customer.ts';
import { ScheduleAsking } from './asking/schedule-asking.ts';
import { SurveyGrounds } from './asking/survey-grounds.ts';
import { FeedbackLinks } from './feedback-links.ts';
import { FeedbackConsumer } from './feedback.consumer.ts';
import { AnswerPage } from './page/answer-page.ts';
import { FeedbackController } from './page/feedback.controller.ts';
import { RateTicket } from './rate-ticket.ts';
import { lastAskedSchema, surveySchema } from './survey.schema.ts';

/** How it was for the customer: asked after a ticket was resolved, answered in the conversation or on a page. */
@Module({
  imports: [AgentsModule, CustomersModule, OrganisationModule, QueuesModule, TicketsModule],
  controllers: [FeedbackController],
  providers: [
    ...[collection('surveys', surveySchema), collection('lastasked', lastAskedSchema)],
    ...[AnswerPage, AskCustomer, FeedbackConsumer, FeedbackLinks, RateTicket, ScheduleAsking, SurveyGrounds],
  ],
})
export class FeedbackModule {}
