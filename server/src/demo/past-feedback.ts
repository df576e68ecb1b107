import { opinionOf, type Random } from '@switchboard/connectors/simulator';
import { AskCustomer } from '../modules/feedback/asking/ask-customer.ts';
import { RateTicket } from '../modules/feedback/rate-ticket.ts';
import { ChangeDelivery, ReadTicket, Threads, type StoredMessage } from '../modules/tickets/index.ts';
import type { BackOffice } from './back-office.ts';

const MINUTE_MS = 60_000;
const ASKED_AFTER_MS = 10 * MINUTE_MS;
const thinking: readonly [number, number] = [1, 240];

/** What the customers of the past said about it, asked and counted by the use cases of the present. */
export class PastFeedback {
  constructor(
    private readonly office: BackOffice,
    private readonly random: Random,
  ) {}

  async of(ticketId: string, resolvedAt: Date): Promise<void> {
    const resolution = await this.office.the(ReadTicket).resolution(ticketId);
    const askedAt = new Date(resolvedAt.getTime() + ASKED_AFTER_MS);
    if (resolution === null || askedAt.getTime() > Date.now()) return;
    const surveyId = resolution._id;
    await this.office.clock.at(askedAt, async () => {
      await this.office.the(AskCustomer).run({ ticketId, resolutionId: surveyId });
      await this.#arrived(surveyId);
    });
    const opinion = opinionOf(this.random);
    const at = new Date(askedAt.getTime() + this.random.between(...thinking) * MINUTE_MS);
    if (opinion === null || at.getTime() > Date.now()) return;
    await this.office.clock.at(at, () => this.office.the(RateTicket).run(surveyId, opinion));
  }

  /** Nothing of the past may go out when the hub starts. */
  async #arrived(surveyId: string): Promise<void> {
    const asked = (await this.office
      .the(Threads)
      .entries.findOne({ onceKey: `survey:${surveyId}` })
      .lean()) as StoredMessage | null;
    if (asked?.type !== 'message') return;
    const report = { state: 'delivered' as const, at: this.office.clock.now(), externalId: asked._id };
    await this.office.the(ChangeDelivery).to(asked._id, report);
  }
}
