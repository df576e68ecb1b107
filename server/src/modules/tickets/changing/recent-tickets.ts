import { Injectable } from '@nestjs/common';
import { LruMap } from 'toad-cache';
import type { Ticket } from '../ticket.schema.ts';

const MOST = 2_000;
const LONGEST_MS = 10_000;

/**
 * Tickets as this process last saw or left them: who writes a second message spares the reading. One that another process has
 * changed since is old, which does no harm where it is only handed to `AppendEntry` as `known`: its seq is taken by then.
 */
@Injectable()
export class RecentTickets {
  private readonly tickets = new LruMap<Ticket>(MOST, LONGEST_MS);

  find(id: string): Ticket | undefined {
    return this.tickets.get(id);
  }

  keep(ticket: Ticket): void {
    const known = this.tickets.get(ticket._id);
    if (known === undefined || known.seq <= ticket.seq) this.tickets.set(ticket._id, ticket);
  }
}
