import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import {
  InboundEvent,
  type EntriesChanged,
  type HeldEntry,
  type TicketChanged,
  type TicketView,
} from '@switchboard/contract';
import { BusConsumer, PoisonError, type Bus, type Subscription } from '../../platform/bus/index.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { BUS, CONFIG, STAGES } from '../../platform/tokens.ts';
import type { FlowStages } from '../flow/index.ts';
import { Customers } from '../customers/index.ts';
import { ReadTicket, StampPushed, Threads, TicketEvent, ticketTopics } from '../tickets/index.ts';
import { EVERY_QUEUE, queueRoom, ticketRoom } from './rooms.ts';
import { ToldSeqs } from './told-seqs.ts';

/** Tells the consoles what has changed: the ticket to who lists it, the entry to who has it open. */
@Injectable()
export class LiveConsumer extends BusConsumer {
  private readonly told = new ToldSeqs();

  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(ReadTicket) private readonly tickets: ReadTicket,
    @Inject(Threads) private readonly threads: Threads,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(StampPushed) private readonly stamp: StampPushed,
    @Inject(STAGES) private readonly stages: FlowStages,
  ) {
    super();
  }

  protected subscriptions(): Subscription[] {
    return [
      {
        name: 'live',
        topics: ticketTopics,
        shards: 4,
        retryDelaysMs: [200, 1000],
        handle: ({ payload, attempt }) => {
          const event = TicketEvent.safeParse(payload);
          if (!event.success) throw new PoisonError('Not a ticket event');
          return this.changed(event.data, attempt);
        },
      },
      {
        name: 'live-typing',
        topics: ['inbound.*.typing.changed'],
        shards: 1,
        retryDelaysMs: [],
        handle: ({ payload }) => this.typing(payload),
      },
    ];
  }

  private async changed(event: TicketEvent, attempt: number): Promise<void> {
    const { ticketId, seq, entryId, queueId, leftQueueId, leftAssigneeId } = event;
    const change = await this.changeOf(event, attempt);
    if (change === null) return;
    const { ticket, entry, others } = change;
    const readers = [
      EVERY_QUEUE,
      queueRoom(ticket.queue.id),
      ...(ticket.assignee === null ? [] : [`agent:${ticket.assignee.id}`]),
    ];
    // Also to whom it has left: their lists drop it.
    const left = [
      ...(leftQueueId === undefined ? [] : [queueRoom(leftQueueId)]),
      ...(leftAssigneeId === undefined ? [] : [`agent:${leftAssigneeId}`]),
    ];
    const rooms = new Set([...readers, queueRoom(queueId), ...left]);
    const changed: TicketChanged = { ticket };
    this.sockets.emit('/console', [...rooms], 'ticket', changed);
    const entries: EntriesChanged = { ticketId, seq, entries: entry === null ? others : [entry, ...others] };
    this.sockets.emit('/console', ticketRoom(ticketId), 'entries', entries);
    for (const each of entries.entries) if (each.type === 'held') this.tellHeld(each, ticket);
    if (entry?.type === 'message' && entry.seq === seq) this.stamp.of(entry);
    const mayHaveLost = leftQueueId !== undefined || leftAssigneeId !== undefined;
    if (mayHaveLost) this.sockets.leave('/console', ticketRoom(ticketId), readers);
    this.stages.passed('live.pushed', entryId);
  }

  private tellHeld(held: HeldEntry, { id, number, subject, status, customer }: TicketView): void {
    this.sockets.emit('/console', [EVERY_QUEUE, `agent:${held.author.id}`], 'passing', {
      type: 'held',
      held,
      ticket: { id, number, subject, status, customer },
    });
  }

  /** In its turn it tells what it did; one that others have overtaken tells what is now. */
  private changeOf({ ticketId, seq, entryId, then }: TicketEvent, attempt: number) {
    const inTurn = this.told.advance(ticketId, seq) && attempt === 1;
    return then !== undefined && inTurn ? this.tickets.changeOf(then) : this.tickets.change(ticketId, entryId);
  }

  private async typing(payload: unknown): Promise<void> {
    const event = InboundEvent.parse(payload);
    if (event.kind !== 'typing.changed') return;
    const thread = await this.threads.inUse(event.channelAccountId, event.thread.externalId);
    if (thread === null) return;
    const customer = await this.customers.byId(thread.customerId);
    this.sockets.emit('/console', ticketRoom(thread.ticketId), 'passing', {
      type: 'typing',
      ticketId: thread.ticketId,
      who: 'customer',
      agentId: null,
      // Most visitors give no name: the one that they go by here.
      name: customer?.name ?? event.sender.displayName ?? '',
      typing: event.typing,
    });
  }
}
