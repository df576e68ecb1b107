import { Inject, Injectable } from '@nestjs/common';
import { metrics, type Api, type Call, type FactView, type ReplyOf } from '@switchboard/contract';
import type { Model, QueryFilter } from 'mongoose';
import { readTimeCursor, timeCursor } from '../../../platform/database/page.ts';
import { Agents } from '../../agents/index.ts';
import { Organisations } from '../../organisation/index.ts';
import { Queues } from '../../queues/index.ts';
import type { Ticket } from '../../tickets/index.ts';
import type { Fact } from '../facts/fact.schema.ts';
import type { Stretch } from '../rollups/stretches.ts';
import { hoursOfWeek } from './hours-of-week.ts';
import { requireStretch } from './read-metrics.ts';

type Asked = Call<Api['metrics.rows']>['query'];
type Told = Pick<Ticket, '_id' | 'number' | 'subject' | 'customerName' | 'priority'>;
/** Of one hour of the week that many weeks are looked into together: the embedded database reads so many stretches by an index. */
const WEEKS = 32;

/** What a figure is made of, newest first. */
@Injectable()
export class ListRows {
  constructor(
    @Inject('facts') private readonly facts: Model<Fact>,
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Agents) private readonly agents: Agents,
  ) {}

  async run({ metric, cursor, limit, hourOfWeek, ...asked }: Asked): Promise<ReplyOf<Api['metrics.rows']>> {
    const stretch = requireStretch(asked.from, asked.to);
    const last = cursor === undefined ? undefined : readTimeCursor(cursor);
    const filter: QueryFilter<Fact> = { ...filterOf(asked), ...only[metric], ...(last && { $or: beyond(last) }) };
    const left = last === undefined || last.at >= stretch.end ? stretch : { ...stretch, end: after(last.at) };
    const found = await Promise.all(
      metrics[metric].rows.map((kind) => this.ofKind({ ...filter, kind }, left, hourOfWeek, limit + 1)),
    );
    const newest = found.flat().toSorted(newestFirst);
    const items = newest.slice(0, limit);
    const end = items.at(-1);
    return {
      items: await this.views(items),
      next: newest.length > limit && end !== undefined ? timeCursor(end.at, end._id) : null,
    };
  }

  /** The newest of one kind: of several at once no index gives the order. */
  private async ofKind(
    filter: QueryFilter<Fact>,
    stretch: Stretch,
    hourOfWeek: number | undefined,
    limit: number,
  ): Promise<Fact[]> {
    const find = ($or: QueryFilter<Fact>[], most: number) =>
      this.facts
        .find($or.length === 1 ? ($or[0] ?? {}) : { $or })
        .sort({ at: -1, _id: -1 })
        .limit(most)
        .lean<Fact[]>();
    const within = ({ start, end }: Stretch) => ({ ...filter, at: { $gte: start, $lt: end } });
    if (hourOfWeek === undefined) return find([within(stretch)], limit);
    const [oldest, { timeZone }] = await Promise.all([
      this.facts.findOne(within(stretch), { at: 1 }).sort({ at: 1, _id: 1 }).lean<Fact>(),
      this.organisations.read(),
    ]);
    // However long the time that is asked for, there are no more weeks than something was in.
    const hours = oldest === null ? [] : hoursOfWeek({ ...stretch, start: oldest.at }, hourOfWeek, timeZone);
    const found: Fact[] = [];
    for (let at = 0; at < hours.length && found.length < limit; at += WEEKS)
      found.push(...(await find(hours.slice(at, at + WEEKS).map(within), limit - found.length)));
    return found;
  }

  private async views(facts: readonly Fact[]): Promise<FactView[]> {
    const ids = [...new Set(facts.map(({ ticketId }) => ticketId))];
    const fields = { number: 1, subject: 1, customerName: 1, priority: 1 };
    const [tickets, queues, agents] = await Promise.all([
      this.tickets.find({ _id: { $in: ids } }, fields).lean<Told[]>(),
      this.queues.names(facts.map(({ queueId }) => queueId)),
      this.agents.names(facts.flatMap(({ agentId }) => agentId ?? [])),
    ]);
    const byId = new Map(tickets.map((ticket) => [ticket._id, ticket]));
    return facts.flatMap((fact) => {
      const ticket = byId.get(fact.ticketId);
      if (ticket === undefined || fact.channel === null) return [];
      const agent = fact.agentId === null ? undefined : agents.get(fact.agentId);
      return {
        id: fact._id,
        kind: fact.kind,
        at: fact.at.toISOString(),
        ticket: {
          ...{ id: ticket._id, number: ticket.number, subject: ticket.subject },
          ...{ customer: ticket.customerName, priority: ticket.priority },
        },
        queue: { id: fact.queueId, name: queues.get(fact.queueId) ?? 'Removed queue' },
        agent: agent === undefined ? null : { id: agent.id, name: agent.name },
        channel: fact.channel,
        ms: fact.ms ?? null,
        businessMs: fact.businessMs ?? null,
        inTime: fact.inTime ?? null,
        rating: fact.rating ?? null,
        comment: fact.comment ?? null,
      };
    });
  }
}

/** Of the kinds that a metric is made of, those that count in it. */
const only: Partial<Record<Asked['metric'], QueryFilter<Fact>>> = {
  firstResolution: { first: true },
  resolution: { last: true },
  oneTouch: { last: true },
  csat: { rating: { $gte: 1 } },
  slaMet: { inTime: { $in: [true, false] } },
};

const filterOf = ({
  queueId,
  channel,
  agentId,
  tag,
}: Omit<Asked, 'metric' | 'cursor' | 'limit'>): QueryFilter<Fact> => ({
  ...(queueId !== undefined && { queueId }),
  ...(agentId !== undefined && { agentId }),
  ...(channel !== undefined && { channel }),
  ...(tag !== undefined && { tags: tag }),
});

type Moment = ReturnType<typeof readTimeCursor>;
const beyond = ({ at, id }: Moment): QueryFilter<Fact>[] => [{ at: { $lt: at } }, { at, _id: { $lt: id } }];
const after = (at: Date) => new Date(at.getTime() + 1);
const newestFirst = (one: Fact, other: Fact): number =>
  other.at.getTime() - one.at.getTime() || (one._id < other._id ? 1 : -1);
