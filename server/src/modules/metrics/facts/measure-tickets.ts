import { Inject, Injectable } from '@nestjs/common';
import { CONTACT_AGAIN_MS, TicketFactKind, type ChannelKind } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { quickFindAll } from '../../../platform/database/quick.ts';
import { liveChannels } from '../../channels/index.ts';
import { Organisations } from '../../organisation/index.ts';
import { ReadHistory, type Ticket } from '../../tickets/index.ts';
import { gently } from '../gently.ts';
import { KeepQuarters } from '../rollups/keep-quarters.ts';
import type { Fact } from './fact.schema.ts';
import { foldTicket, type Folded, type Measures } from './fold-ticket.ts';
import type { Measured } from './measured.schema.ts';

const live: ReadonlySet<ChannelKind> = new Set(liveChannels());

/**
 * Makes the facts of tickets from their histories. Facts first, then the sums, then how far it came: who is killed in between
 * leaves a history that is measured again, and the same history makes the same facts.
 */
@Injectable()
export class MeasureTickets {
  constructor(
    @Inject(ReadHistory) private readonly history: ReadHistory,
    @Inject('facts') private readonly facts: Model<Fact>,
    @Inject('measured') private readonly measured: Model<Measured>,
    @Inject(KeepQuarters) private readonly quarters: KeepQuarters,
    @Inject(Organisations) private readonly organisations: Organisations,
  ) {}

  async run(tickets: readonly Ticket[]): Promise<void> {
    const ids = tickets.map(({ _id }) => _id);
    const known = new Map(
      (await quickFindAll(this.measured, { _id: { $in: ids } })).map((measured) => [measured._id, measured]),
    );
    const measures = await this.measures();
    const folded = await Promise.all(
      tickets.map(async (ticket) => {
        const from = known.get(ticket._id) ?? null;
        if (from !== null && onlyWrittenTo(ticket, from)) return null;
        const history = await this.history.of(ticket, from?.seq ?? 0);
        return { ticket, from, ...foldTicket(ticket, history, measures, from) };
      }),
    );
    await this.keep(folded.filter((one) => one !== null && one.course.seq > (one.from?.seq ?? 0)) as Fold[]);
  }

  /** All facts of a ticket, as its history has them. */
  async anew(ticket: Ticket): Promise<Folded> {
    const folded = foldTicket(ticket, await this.history.of(ticket, 0), await this.measures(), null);
    return { ...folded, facts: await this.withContacts(folded.facts, ticket) };
  }

  private async measures(): Promise<Measures> {
    return { hours: await this.organisations.calendar(), isLive: (channel) => live.has(channel) };
  }

  private async keep(folds: readonly Fold[]): Promise<void> {
    if (folds.length === 0) return;
    const made = folds.flatMap(({ facts }) => facts);
    await putFacts(this.facts, made);
    const changed = [...made, ...(await this.retagged(folds)), ...(await this.contactedAgain(made))];
    await this.quarters.note([...new Map(changed.map((fact) => [fact._id, fact])).values()]);
    await this.measured.bulkWrite(
      folds.map(({ ticket, course }) => ({
        replaceOne: { filter: { _id: ticket._id }, replacement: { _id: ticket._id, ...course }, upsert: true },
      })),
      { ordered: false },
    );
  }

  /** A ticket's tags hold for all that it was. */
  private async retagged(folds: readonly Fold[]): Promise<Fact[]> {
    const retagged = folds.filter(
      ({ from, course }) => from !== null && from.tags.join('\n') !== course.tags.join('\n'),
    );
    const changed: Fact[] = [];
    for (const { ticket, course } of retagged) {
      const own = { ticketId: ticket._id, kind: { $in: TicketFactKind.options } };
      await this.facts.updateMany(own, { $set: { tags: course.tags } });
      changed.push(...(await this.facts.find(own).lean<Fact[]>()));
    }
    return changed;
  }

  /** What was resolved in the week before a customer's new contact was not settled by it; either may be measured first. */
  private async contactedAgain(made: readonly Fact[]): Promise<Fact[]> {
    const near = made.filter((fact) => fact.kind === 'resolved' || isContact(fact));
    if (near.length === 0) return [];
    const customerId = { $in: [...new Set(near.map((fact) => fact.customerId))] };
    const times = near.map(({ at }) => +at);
    const at = {
      $gte: new Date(Math.min(...times) - CONTACT_AGAIN_MS),
      $lte: new Date(Math.max(...times) + CONTACT_AGAIN_MS),
    };
    const kind = { $in: ['opened', 'reopened', 'resolved'] as const };
    const around = await this.facts.find({ customerId, kind, at }).lean<Fact[]>();
    const unsettled = around.filter(
      (fact) => fact.kind === 'resolved' && fact.again !== true && isFollowed(fact, around),
    );
    if (unsettled.length === 0) return [];
    await this.facts.updateMany({ _id: { $in: unsettled.map(({ _id }) => _id) } }, { $set: { again: true } });
    return unsettled.map((fact) => ({ ...fact, again: true }));
  }

  private async withContacts(facts: readonly Fact[], { customerId }: Ticket): Promise<Fact[]> {
    const contacts = await this.facts
      .find({ customerId, kind: { $in: ['opened', 'reopened'] }, byCustomer: true })
      .lean<Fact[]>();
    return facts.map((fact) =>
      fact.kind === 'resolved' && isFollowed(fact, contacts) ? { ...fact, again: true } : fact,
    );
  }
}

interface Fold extends Folded {
  readonly ticket: Ticket;
  readonly from: Measured | null;
}

const isContact = ({ kind, byCustomer }: Fact): boolean =>
  byCustomer === true && (kind === 'opened' || kind === 'reopened');

/** Did its customer come again within the week? */
const isFollowed = ({ customerId, at }: Fact, others: readonly Fact[]): boolean =>
  others.some(
    (other) =>
      isContact(other) && other.customerId === customerId && other.at > at && +other.at <= +at + CONTACT_AGAIN_MS,
  );

/** Messages of the customer alone make no fact; they are read when something else does. */
const onlyWrittenTo = ({ seq, inboundCount }: Ticket, from: Measured): boolean =>
  seq - from.seq === inboundCount - from.inbound;

/** In the place of what is there under the same ids. */
export async function putFacts(facts: Model<Fact>, made: readonly Fact[]): Promise<void> {
  await gently(made, (some) =>
    facts.bulkWrite(
      some.map((fact) => ({ replaceOne: { filter: { _id: fact._id }, replacement: fact, upsert: true } })),
      { ordered: false },
    ),
  );
}
