import { Inject, Injectable } from '@nestjs/common';
import type { Actor, CallView, ChannelKind, Party } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import type { Customer } from '../../customers/index.ts';
import { statusPatch } from '../answering/reply-patch.ts';
import { AppendEntry } from '../changing/append-entry.ts';
import { PublishTicketEvents } from '../changing/publish-ticket-events.ts';
import type { StoredCall, StoredEntry } from '../entry.schema.ts';
import { previewOf } from '../preview.ts';
import { WakeSnoozed } from '../managing/wake-snoozed.ts';
import { OpenTicket } from '../receiving/open-ticket.ts';
import { afterCustomerWrites } from '../statuses.ts';
import { blankThread, type Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';
import { callPreview, sideEffects } from './call-effects.ts';

export interface PlacedCall {
  readonly call: CallView;
  readonly channel: ChannelKind;
  readonly customer: Pick<Customer, '_id' | 'name' | 'words'>;
  readonly party: Party;
  readonly queueId: string;
  /** Whose it is from the first: who calls out. */
  readonly by: { readonly id: string; readonly name: string } | null;
  /** Where it belongs; null: to the ticket that the customer's number waits in, else to one of its own. */
  readonly ticketId: string | null;
}

/** A call in its ticket's conversation: one entry, which shows it as it is. Each step is once, however often it is asked for. */
@Injectable()
export class KeepCall {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(OpenTicket) private readonly openTicket: OpenTicket,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(PublishTicketEvents) private readonly publisher: PublishTicketEvents,
    @Inject(WakeSnoozed) private readonly waking: WakeSnoozed,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async place(placed: PlacedCall): Promise<Ticket> {
    const { call } = placed;
    const ticket = await this.ticketFor(placed);
    const appended = await this.append.to(ticket._id, (now) => this.plan(placed, now));
    const stands = 'entry' in appended ? appended.ticket : ticket;
    if ('entry' in appended && stands.openedBy === openingOf(call))
      await this.publisher.publish('ticket.opened', appended.ticket, appended.entry);
    return stands;
  }

  /** What became of it since. */
  async show(call: CallView): Promise<void> {
    const read = () => this.entries.findOne({ onceKey: onceKey(call) }).lean<StoredCall>();
    let entry = await read();
    if (entry === null) return;
    await this.append.to(
      entry.ticketId,
      (ticket) => {
        if (entry === null || entry.call.version >= call.version) return null;
        const { did, author, patch } = sideEffects(entry.call, call, ticket, this.clock.now());
        return {
          topic: 'message.changed',
          entry: { type: 'change', author, entryId: entry._id, changes: [{ path: 'call', value: call }], did },
          patch,
        };
      },
      async () => {
        entry = await read();
      },
    );
  }

  /** To somebody else, or to whoever is next. Of several with one `onceKey` the first counts. */
  async hand(
    ticketId: string,
    to: { agent: Person | null; queueId?: string | undefined },
    by: Person | null,
    onceKey?: string,
  ): Promise<void> {
    await this.append.to(ticketId, (ticket) => {
      const isSame = ticket.assigneeId === (to.agent?.id ?? null) && (to.queueId ?? ticket.queueId) === ticket.queueId;
      if (isSame) return null;
      return {
        topic: 'ticket.assigned',
        entry: {
          ...{ type: 'event', author: by === null ? system : { kind: 'agent', ...by } },
          ...(onceKey !== undefined && { onceKey }),
          event: 'assignee.changed',
          from: by?.name ?? null,
          to: to.agent?.name ?? null,
        },
        patch: { assigneeId: to.agent?.id ?? null, ...(to.queueId !== undefined && { queueId: to.queueId }) },
      };
    });
  }

  /** For who has it now. */
  async note(ticketId: string, { key, text, by }: { key: string; text: string; by: Person }): Promise<void> {
    const at = this.clock.now();
    await this.append.to(ticketId, () => ({
      topic: 'note.added',
      entry: { type: 'note', at, onceKey: `note:${key}`, author: { kind: 'agent', ...by }, text, changedSeq: 0 },
      patch: { preview: { text: previewOf([{ type: 'text', text }]), from: 'note', at } },
    }));
  }

  /** Until a promised call is tried again; its age stays. One that is done, or sleeps so already, stays as it is. */
  async sleep(ticketId: string, until: Date): Promise<void> {
    await this.waking.schedule(ticketId, until);
    await this.append.to(ticketId, (ticket) => {
      if (ticket.status === 'resolved' || +(ticket.snoozedUntil ?? 0) === +until || until <= this.clock.now())
        return null;
      return {
        topic: 'ticket.changed',
        entry: { type: 'event', author: system, event: 'status.changed', from: ticket.status, to: 'snoozed' },
        patch: statusPatch(ticket, 'snoozed', this.clock.now(), until),
      };
    });
  }

  /** A promised call that is tried no more: said once, by the ticket itself. */
  async giveUpOn(ticketId: string, { id, callback }: CallView): Promise<void> {
    await this.append.to(ticketId, () => ({
      topic: 'ticket.changed',
      entry: {
        ...{ type: 'event', author: system, onceKey: `callback:${id}` },
        ...{ event: 'callback.given-up', from: null, to: String(callback?.tried ?? 0) },
      },
      patch: {},
    }));
  }

  async resolve(ticketId: string, by: Person): Promise<void> {
    await this.append.to(ticketId, (ticket) => {
      if (ticket.status === 'resolved') return null;
      return {
        topic: 'ticket.changed',
        entry: {
          type: 'event',
          author: { kind: 'agent', ...by },
          event: 'status.changed',
          from: ticket.status,
          to: 'resolved',
        },
        patch: statusPatch(ticket, 'resolved', this.clock.now()),
      };
    });
  }

  private async ticketFor(placed: PlacedCall): Promise<Ticket> {
    const { call } = placed;
    const known = await this.entries.findOne({ onceKey: onceKey(call) }, { ticketId: 1 }).lean<StoredCall>();
    const ticketId = known?.ticketId ?? placed.ticketId;
    return ticketId === null ? this.ticketOfNumber(placed) : this.append.settle(ticketId);
  }

  /** A missed call that waits for somebody is what its caller calls about again; who calls at the same time is somebody else. */
  private async ticketOfNumber(placed: PlacedCall): Promise<Ticket> {
    const { call, party, channel } = placed;
    const place = { channelAccountId: call.channelAccountId, externalId: party.externalId };
    const known = await this.threads.findOne(place).lean<Thread>();
    const before = known && (await this.tickets.findById(known.ticketId).lean<Ticket>());
    if (before?.active && before.assigneeId === null && before.callOverAt !== null) return before;
    const ticket = await this.openTicket.run({
      openedBy: openingOf(call),
      customer: placed.customer,
      queueId: placed.queueId,
      channel,
      subject: call.direction === 'inbound' ? `Call from ${call.customer.number}` : `Call to ${call.customer.number}`,
      parts: [],
      ...(placed.by !== null && { assigneeId: placed.by.id }),
    });
    const set = { ticketId: ticket._id, customerId: placed.customer._id };
    const {
      ticketId: _ticket,
      customerId: _customer,
      ...fresh
    } = blankThread({ ...place, channel, recipient: party, ...set }, { _id: this.newId(), now: this.clock.now() });
    const upsert = () =>
      this.threads.updateOne(place, { $set: set, $setOnInsert: { ...fresh, shape: 'call' } }, { upsert: true });
    // Two first calls at once: the second finds the first's.
    await upsert().catch((error: unknown) => (isDuplicate(error) ? upsert() : Promise.reject(error as Error)));
    return ticket;
  }

  private plan({ call, channel, customer, by }: PlacedCall, ticket: Ticket) {
    const at = this.clock.now();
    const inbound = call.direction === 'inbound';
    const author: Actor = inbound
      ? { kind: 'customer', id: customer._id, name: customer.name }
      : { kind: 'agent', id: by?.id ?? null, name: by?.name ?? 'Switchboard' };
    // Somebody elsewhere has talked to them: it stands there, and is nobody's work, unless more of theirs waits.
    const isDone = call.outcome === 'forwarded' && (ticket.openedBy === openingOf(call) || !ticket.active);
    const status = isDone ? 'resolved' : inbound ? afterCustomerWrites[ticket.status] : ticket.status;
    return {
      topic: 'ticket.changed' as const,
      entry: {
        type: 'call' as const,
        ...{ onceKey: onceKey(call), author, channel, call, changedSeq: 0 },
      },
      patch: {
        ...statusPatch(ticket, status, at),
        ...(inbound && {
          waitingSince: isDone ? null : (ticket.waitingSince ?? at),
          inboundCount: ticket.inboundCount + 1,
        }),
        ...(!inbound && ticket.assigneeId === null && by !== null && { assigneeId: by.id }),
        channel,
        channels: ticket.channels.includes(channel) ? ticket.channels : [...ticket.channels, channel],
        callOverAt: call.endedAt === null ? null : at,
        preview: { text: callPreview(call), from: inbound ? ('customer' as const) : ('agent' as const), at },
      },
    };
  }
}

interface Person {
  readonly id: string;
  readonly name: string;
}
const system: Actor = { kind: 'system', id: null, name: 'Switchboard' };
const onceKey = ({ id }: CallView): string => `call:${id}`;
const openingOf = onceKey;
