import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { ClockKind, type Passing } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { BusConsumer, type Bus, type Subscription } from '../../platform/bus/index.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { BUS, CONFIG } from '../../platform/tokens.ts';
import { CustomerAttributesChanged } from '../customers/index.ts';
import { EVERY_QUEUE } from '../live/index.ts';
import { OPENING_HOURS_CHANGED } from '../organisation/index.ts';
import { SERVICE_LEVELS_CHANGED } from '../sla/index.ts';
import { ReadTicket, TicketEvent, type Ticket } from '../tickets/index.ts';
import { TakeUpPolicies } from './take-up-policies.ts';

/** Tells people what has escalated, and has open tickets follow what was changed under them. */
@Injectable()
export class EscalationsConsumer extends BusConsumer {
  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(ReadTicket) private readonly read: ReadTicket,
    @Inject(TakeUpPolicies) private readonly takeUp: TakeUpPolicies,
    @Inject(Sockets) private readonly sockets: Sockets,
  ) {
    super();
  }

  protected subscriptions(): Subscription[] {
    return [
      {
        name: 'escalations',
        topics: ['ticket.escalated'],
        shards: 1,
        retryDelaysMs: [1000, 5000],
        handle: ({ payload }) => this.tell(TicketEvent.parse(payload)),
      },
      {
        name: 'service-levels',
        topics: [SERVICE_LEVELS_CHANGED, OPENING_HOURS_CHANGED],
        shards: 1,
        retryDelaysMs: [1000, 5000],
        handle: () => this.takeUp.soon(),
      },
      {
        name: 'service-levels-of-customer',
        topics: ['customer.attributes-changed'],
        shards: 1,
        retryDelaysMs: [1000, 5000],
        handle: ({ payload }) => this.takeUp.ofCustomer(CustomerAttributesChanged.parse(payload).customerId),
      },
    ];
  }

  private async tell({ ticketId, entryId }: TicketEvent): Promise<void> {
    const [ticket, entry] = await Promise.all([
      this.tickets.findById(ticketId).lean<Ticket>(),
      this.read.stored(entryId),
    ]);
    if (ticket === null || entry?.type !== 'event' || entry.notify === undefined) return;
    const { assigneeId, supervisors } = entry.notify;
    const rooms = [...(assigneeId === null ? [] : [`agent:${assigneeId}`]), ...(supervisors ? [EVERY_QUEUE] : [])];
    const event: Passing = {
      type: 'escalation',
      ticketId,
      number: ticket.number,
      customer: ticket.customerName,
      clock: ClockKind.parse(entry.to),
      breached: entry.event === 'service-level.breached',
    };
    if (rooms.length > 0) this.sockets.emit('/console', rooms, 'passing', event);
  }
}
