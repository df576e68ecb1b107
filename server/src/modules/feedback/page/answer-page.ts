import { Inject, Injectable } from '@nestjs/common';
import { MENU_LANGUAGES, Rating, type MenuLanguage } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Organisations } from '../../organisation/index.ts';
import { Queues } from '../../queues/index.ts';
import type { Ticket } from '../../tickets/index.ts';
import { FeedbackLinks } from '../feedback-links.ts';
import { RateTicket } from '../rate-ticket.ts';
import type { Survey } from '../survey.schema.ts';
import { spoken, words } from '../words.ts';
import { feedbackPage, LONGEST_COMMENT, type Page, type Shown } from './page.ts';

export interface Answered {
  readonly status: number;
  readonly html: string;
  readonly location?: string;
}
type Opened = { readonly survey: Survey; readonly ticket: Ticket } | 'closed' | 'broken';
const statuses = { closed: 410, broken: 404 } as const;

@Injectable()
export class AnswerPage {
  constructor(
    @Inject('surveys') private readonly surveys: Model<Survey>,
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(FeedbackLinks) private readonly links: FeedbackLinks,
    @Inject(RateTicket) private readonly rate: RateTicket,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `wanted`: of the link that was followed; it is only ticked. */
  async show(token: string, wanted: unknown, languages: string | undefined): Promise<Answered> {
    const opened = await this.open(token);
    if (typeof opened === 'string') return this.none(opened, languages);
    const { survey, ticket } = opened;
    const given = ticket.rated?.surveyId === survey._id ? ticket.rated : undefined;
    const linked = readRating(wanted);
    const form = { rating: linked ?? given?.rating ?? null, comment: given?.comment ?? '' };
    // A link with another rating wants to change it: not yet thanked for.
    const thanks = given !== undefined && (linked === null || linked === given.rating);
    const shown: Shown = thanks ? { what: 'thanks', form, until: survey.closesAt } : { what: 'form', form };
    return { status: 200, html: feedbackPage(await this.pageOf(survey, languages), shown) };
  }

  async take(token: string, form: URLSearchParams, languages: string | undefined): Promise<Answered> {
    const opened = await this.open(token);
    if (typeof opened === 'string') return this.none(opened, languages);
    const { survey } = opened;
    const rating = readRating(form.get('rating'));
    const comment = (form.get('comment') ?? '').replace(/\r\n/g, '\n').trim();
    const problem = rating === null ? 'choose' : comment.length > LONGEST_COMMENT ? 'tooLong' : undefined;
    if (rating === null || problem !== undefined) {
      const shown: Shown = { what: 'form', form: { rating, comment }, ...(problem !== undefined && { problem }) };
      return { status: 400, html: feedbackPage(await this.pageOf(survey, languages), shown) };
    }
    const outcome = await this.rate.run(survey._id, { rating, comment: comment || null });
    if (outcome !== 'taken') return this.none(outcome === 'closed' ? 'closed' : 'broken', languages);
    return { status: 303, location: token, html: '' };
  }

  private async open(token: string): Promise<Opened> {
    const read = this.links.read(token, this.clock.now());
    if (read === null) return 'broken';
    const survey = await this.surveys.findById(read.surveyId).lean<Survey>();
    const ticket = survey && (await this.tickets.findById(survey.ticketId).lean<Ticket>());
    if (!survey || !ticket) return 'broken';
    return read.expired || survey.closesAt <= this.clock.now() ? 'closed' : { survey, ticket };
  }

  private async none(what: 'closed' | 'broken', languages: string | undefined): Promise<Answered> {
    return { status: statuses[what], html: feedbackPage(await this.pageOf(null, languages), { what }) };
  }

  /** In the browser's language where we speak it, else in that of the question. */
  private async pageOf(survey: Survey | null, languages = ''): Promise<Page> {
    const [{ name, timeZone }, queue] = await Promise.all([
      this.organisations.read(),
      survey === null ? null : this.queues.byId(survey.queueId),
    ]);
    const language: MenuLanguage = spoken(languages.split(',')) ?? survey?.language ?? MENU_LANGUAGES[0];
    return { name, timeZone, language, question: queue?.feedback.question ?? words[language].question };
  }
}

function readRating(value: unknown): Rating | null {
  const read = Rating.safeParse(typeof value === 'string' && value !== '' ? Number(value) : null);
  return read.success ? read.data : null;
}
