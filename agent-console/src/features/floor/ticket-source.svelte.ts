import type { FloorTicket } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { Pages } from '../../app/resource.svelte.ts';
import { floor } from './floor.svelte.ts';

export type ListKind = 'open' | 'waiting' | 'unassigned' | 'overdue';
/** What a list of tickets is about: what somebody has, or some of a queue's. */
export type Source =
  | { readonly kind: 'agent'; readonly agentId: string }
  | { readonly kind: 'queue'; readonly queueId: string; readonly only: ListKind };

const PAGE = 50;

/** The tickets behind a figure. An agent's come with the floor; a queue's are read, and again when its row changes. */
export class TicketSource {
  readonly source: Source;
  readonly pages: Pages<FloorTicket> | null;

  constructor(source: Source) {
    this.source = source;
    this.pages =
      source.kind === 'agent'
        ? null
        : new Pages((cursor, signal) => {
            const { queueId, only } = source;
            const query = { queueId, only, limit: PAGE, ...(cursor !== undefined && { cursor }) };
            return call('floor.tickets', { query }, { signal });
          });
  }

  get items(): readonly FloorTicket[] {
    return this.source.kind === 'agent' ? floor.ticketsOf(this.source.agentId) : (this.pages?.items ?? []);
  }
}
