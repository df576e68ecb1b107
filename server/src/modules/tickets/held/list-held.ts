import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, HeldRow } from '@switchboard/contract';
import type { Model, QueryFilter } from 'mongoose';
import { type Page, readTimeCursor, timeCursor } from '../../../platform/database/page.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import type { StoredEntry, StoredHeld } from '../entry.schema.ts';
import { inScope } from '../ticket-access.ts';
import { heldView, namelessView } from '../ticket.view.ts';
import type { Ticket } from '../ticket.schema.ts';

type Ask = Call<Api['held.list']>['query'];
type Filter = QueryFilter<StoredEntry>;

/** Replies that wait, over all tickets: the next to go out first, paged by (until, id). */
@Injectable()
export class ListHeld {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject('tickets') private readonly tickets: Model<Ticket>,
  ) {}

  async page(caller: Caller, ask: Ask): Promise<Page<HeldRow>> {
    if (ask.of === 'everyone' && caller.role === 'agent')
      throw new HubError('forbidden', 'Only supervisors see the replies of everyone: ask for your own');
    const waiting = ask.of === 'me' ? waitingOf(caller) : { type: 'held' as const, state: 'waiting' as const };
    const found = await this.entries
      .find({ $and: [waiting, ...after(ask.cursor)] })
      .sort({ until: 1, _id: 1 })
      .limit(ask.limit + 1)
      .lean<StoredHeld[]>();
    const page = found.slice(0, ask.limit);
    const last = page.at(-1);
    const next = found.length > ask.limit && last !== undefined ? timeCursor(last.until, last._id) : null;
    return { items: await this.rows(caller, page), next };
  }

  /** What is scheduled. One that can be undone for some seconds would only flicker in a count. */
  count(caller: Caller): Promise<number> {
    return this.entries.countDocuments({ ...waitingOf(caller), kind: 'later' });
  }

  /** Without those of tickets that have gone to queues of others since. */
  private async rows(caller: Caller, page: readonly StoredHeld[]): Promise<HeldRow[]> {
    const found = await this.tickets.find({ _id: { $in: page.map(({ ticketId }) => ticketId) } }).lean<Ticket[]>();
    const readable = new Map(found.filter((ticket) => inScope(caller, ticket)).map((ticket) => [ticket._id, ticket]));
    return page.flatMap((held) => {
      const ticket = readable.get(held.ticketId);
      return ticket === undefined ? [] : { id: held._id, held: heldView(held), ticket: ticketOf(ticket) };
    });
  }
}

const waitingOf = (caller: Caller) => ({
  type: 'held' as const,
  state: 'waiting' as const,
  'author.id': caller.id,
});

const after = (cursor: string | undefined): Filter[] => {
  if (cursor === undefined) return [];
  const { at: until, id } = readTimeCursor(cursor);
  return [{ until: { $gte: until } }, { $or: [{ until: { $gt: until } }, { until, _id: { $gt: id } }] }];
};

function ticketOf(stored: Ticket): HeldRow['ticket'] {
  const { id, number, subject, status, customer } = namelessView(stored);
  return { id, number, subject, status, customer };
}
