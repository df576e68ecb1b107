import { Inject, Injectable } from '@nestjs/common';
import { metrics, type Api, type Call, type FactView, type ReplyOf } from '@switchboard/contract';
import type { Model, QueryFilter } from 'mongoose';
import { readTimeCursor, timeCursor } from '../../../platform/database/page.ts';
import { Agents } from '../../agents/index.ts';
import { Queues } from '../../queues/index.ts';
import type { Ticket } from '../../tickets/index.ts';
import type { Fact } from '../facts/fact.schema.ts';
import { requireStretch } from './read-metrics.ts';

type Asked = Call<Api['metrics.rows']>['query'];
type Told = Pick<Ticket, '_id' | 'number' | 'subject' | 'customerName' | 'priority'>;

/** What a figure is made of, newest first. */
@Injectable()
export class ListRows {
  constructor(
    @Inject('facts') private readonly facts: Model<Fact>,
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Agents) private readonly agents: Agents,
  ) {}

  async run({ metric, cursor, limit, ...asked }: Asked): Promise<ReplyOf<Api['metrics.rows']>> {
    const filter: QueryFilter<Fact> = { ...filterOf(asked), kind: { $in: [...metrics[metric].rows] }, ...only[metric] };
    const found = await this.facts
      .find(cursor === undefined ? filter : { ...filter, $or: beyond(cursor) })
      .sort({ at: -1, _id: -1 })
      .limit(limit + 1)
      .lean<Fact[]>();
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: await this.views(items),
      next: found.length > limit && last !== undefined ? timeCursor(last.at, last._id) : null,
    };
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

function filterOf({ from, to, queueId, channel, agentId, tag }: Omit<Asked, 'metric' | 'cursor' | 'limit'>) {
  const { start, end } = requireStretch(from, to);
  return {
    ...(queueId !== undefined && { queueId }),
    ...(agentId !== undefined && { agentId }),
    ...(channel !== undefined && { channel }),
    ...(tag !== undefined && { tags: tag }),
    at: { $gte: start, $lt: end },
  };
}

function beyond(cursor: string): QueryFilter<Fact>[] {
  const { at, id } = readTimeCursor(cursor);
  return [{ at: { $lt: at } }, { at, _id: { $lt: id } }];
}
