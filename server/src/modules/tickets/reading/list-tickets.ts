import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, TicketCounts, TicketRow } from '@switchboard/contract';
import type { Model, QueryFilter } from 'mongoose';
import { readTimeCursor, timeCursor } from '../../../platform/database/page.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { mayRead } from '../../agents/index.ts';
import { Queues } from '../../queues/index.ts';
import { ListHeld } from '../held/list-held.ts';
import { seenId, type Seen } from '../managing/seen.schema.ts';
import { TicketViews } from '../ticket.view.ts';
import type { Ticket } from '../ticket.schema.ts';

type Ask = Call<Api['tickets.list']>['query'];
type Filter = QueryFilter<Ticket>;

const MOST_IN_HAND = 2000;

const views: Record<Ask['view'], (caller: Caller) => Filter> = {
  mine: (caller) => ({ assigneeId: caller.id, active: true }),
  unassigned: () => ({ assigneeId: null, active: true }),
  open: () => ({ active: true }),
  snoozed: () => ({ status: 'snoozed' }),
  resolved: () => ({ status: 'resolved' }),
  'poorly-rated': () => ({ poorlyRated: true }),
  all: () => ({}),
};

/** Lists of tickets, the latest change first, paged by (updatedAt, id). */
@Injectable()
export class ListTickets {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject('seen') private readonly seen: Model<Seen>,
    @Inject(TicketViews) private readonly views: TicketViews,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(ListHeld) private readonly held: ListHeld,
  ) {}

  async page(caller: Caller, ask: Ask): Promise<{ items: TicketRow[]; next: string | null }> {
    const filter: Filter = { $and: [views[ask.view](caller), scopeOf(caller, ask), ...before(ask.cursor)] };
    const found = await this.tickets
      .find(filter)
      .sort({ updatedAt: -1, _id: -1 })
      .limit(ask.limit + 1)
      .lean<Ticket[]>();
    const page = found.slice(0, ask.limit);
    const last = page.at(-1);
    const next = found.length > ask.limit && last !== undefined ? timeCursor(last.updatedAt, last._id) : null;
    return { items: await this.views.rows(caller, page), next };
  }

  async counts(caller: Caller): Promise<TicketCounts> {
    const count = (view: Ask['view']) =>
      this.tickets.countDocuments({ $and: [views[view](caller), scopeOf(caller, { view })] });
    const readable = (await this.queues.all()).filter(({ id }) => mayRead(caller, id));
    const [mine, mineUnread, unassigned, open, snoozed, scheduled, resolved, ...queues] = await Promise.all([
      count('mine'),
      this.unread(caller),
      count('unassigned'),
      count('open'),
      count('snoozed'),
      this.held.count(caller),
      count('resolved'),
      ...readable.map(({ id }) => this.tickets.countDocuments({ queueId: id, active: true })),
    ]);
    return {
      mine,
      mineUnread,
      unassigned,
      open,
      snoozed,
      scheduled,
      resolved,
      queues: readable.map(({ id }, at) => ({ queueId: id, open: queues[at] ?? 0 })),
    };
  }

  /** What one person has in hand is never much: both sides are read by their keys and compared here. */
  private async unread(caller: Caller): Promise<number> {
    const mine = await this.tickets
      .find({ ...views.mine(caller), inboundCount: { $gt: 0 } }, { inboundCount: 1 })
      .limit(MOST_IN_HAND)
      .lean<Ticket[]>();
    const marks = await this.seen.find({ _id: { $in: mine.map(({ _id }) => seenId(caller.id, _id)) } }).lean<Seen[]>();
    const counts = new Map(marks.map((mark) => [mark._id, mark.inboundCount]));
    return mine.filter(({ _id, inboundCount }) => inboundCount > (counts.get(seenId(caller.id, _id)) ?? 0)).length;
  }
}

function scopeOf(caller: Caller, ask: Partial<Ask>): Filter {
  if (ask.queueId !== undefined && !mayRead(caller, ask.queueId))
    throw new HubError('forbidden', 'This queue is not one of yours');
  const mine = caller.role === 'agent' && ask.view !== 'mine' && ask.queueId === undefined;
  return {
    ...(mine && { queueId: { $in: caller.queueIds } }),
    ...(ask.queueId !== undefined && { queueId: ask.queueId }),
    ...(ask.customerId !== undefined && { customerId: ask.customerId }),
    ...(ask.tag !== undefined && { tags: ask.tag }),
  };
}

function before(cursor: string | undefined): Filter[] {
  if (cursor === undefined) return [];
  const { at: updatedAt, id } = readTimeCursor(cursor);
  return [
    { updatedAt: { $lte: updatedAt } },
    { $or: [{ updatedAt: { $lt: updatedAt } }, { updatedAt, _id: { $lt: id } }] },
  ];
}
