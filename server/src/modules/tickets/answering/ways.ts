import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, Handle, Party, ReplyTarget, Way } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Channels, type OpenChannel } from '../../channels/index.ts';
import { Customers } from '../../customers/index.ts';
import type { Thread } from '../thread.schema.ts';
import { inScope, TicketAccess } from '../ticket-access.ts';
import type { Ticket } from '../ticket.schema.ts';
import { isReachedAt, OpenThread } from './open-thread.ts';
import { recipientOf } from './recipient-of.ts';
import { blockedReason, ReplyTargets, windowCloses } from './reply-targets.ts';

type Wanted = Call<Api['tickets.openWay']>['body'];
type Origin = Pick<Ticket, '_id' | 'number' | 'active' | 'queueId' | 'assigneeId'>;
const ORIGIN = { number: 1, active: 1, queueId: 1, assigneeId: 1 };
const MOST = 100;

/**
 * One customer, one ticket, several channels. What the customer has used before in other tickets can go on in this one, once
 * it has come to rest there; and who is known by an address is written to over each account that writes first to such ones.
 */
@Injectable()
export class Ways {
  constructor(
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(OpenThread) private readonly openThread: OpenThread,
    @Inject(ReplyTargets) private readonly targets: ReplyTargets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(caller: Caller, ticketId: string | undefined): Promise<Way[]> {
    const ticket = await this.access.require(caller, ticketId);
    const [customer, threads, active] = await Promise.all([
      this.customers.byId(ticket.customerId),
      this.threads.find({ customerId: ticket.customerId }).sort({ _id: -1 }).limit(MOST).lean<Thread[]>(),
      this.channels.active(),
    ]);
    // Calls and forms take no message.
    const accounts = active.filter(({ connector }) => connector.capabilities.sends.includes('message.send'));
    const elsewhere = threads.filter((thread) => thread.ticketId !== ticket._id && isWhole(thread));
    const origins = await this.tickets
      .find({ _id: { $in: elsewhere.map(({ ticketId }) => ticketId) } }, ORIGIN)
      .lean<Origin[]>();
    const taken = new Set(threads.filter(({ ticketId }) => ticketId === ticket._id).map(placeOf));
    const ways: Way[] = [];
    const add = (way: Way) => {
      if (taken.has(placeOf(way))) return;
      taken.add(placeOf(way));
      ways.push(way);
    };
    for (const thread of elsewhere) {
      const open = accounts.find(({ account }) => account._id === thread.channelAccountId);
      // A mail is a conversation of its own: its writer is found by the address below.
      if (open === undefined || open.connector.capabilities.conversation.subject) continue;
      add(this.resting(caller, thread, open, origins));
    }
    for (const open of accounts)
      for (const handle of customer?.handles ?? [])
        if (
          handle.type === open.connector.capabilities.conversation.start?.recipient &&
          !isThread(threads, open, handle)
        )
          add(this.firstWords(handle, open));
    return ways.slice(0, MOST);
  }

  /**
   * Nothing is sent by it. The same way again is the same thread. An address that was typed is the ticket's alone: nobody has
   * proven whose it is.
   */
  async open(caller: Caller, ticketId: string | undefined, wanted: Wanted): Promise<ReplyTarget> {
    const ticket = await this.access.require(caller, ticketId);
    const open = await this.channels.open(wanted.channelAccountId);
    if (open === null) throw new HubError('invalid', 'There is no such channel account, or it is disabled');
    const own = await this.ownOver(open, ticket, wanted.recipient);
    const recipient = own?.recipient ?? recipientOf(open, wanted);
    const known = own ?? (await this.threads.findOne(keyOf(open, recipient)).lean<Thread>());
    const thread = known === null ? await this.first(open, ticket, recipient) : await this.move(caller, known, ticket);
    return this.targets.targetOf(thread, ticket.customerName);
  }

  /** The customer's newest there; where each conversation is a thread of its own (mail), only this ticket's. */
  private async ownOver(open: OpenChannel, ticket: Ticket, recipient: string): Promise<Thread | null> {
    const { account, connector } = open;
    const { subject, start } = connector.capabilities.conversation;
    const named = await this.threads
      .findOne({
        customerId: ticket.customerId,
        channelAccountId: account._id,
        'recipient.externalId': recipient,
        ...(subject && { ticketId: ticket._id }),
      })
      .sort({ _id: -1 })
      .lean<Thread>();
    if (named !== null || start === null) return named;
    return this.openThread.known(open, ticket.customerId, recipientOf(open, { recipient }));
  }

  private first(open: OpenChannel, ticket: Ticket, recipient: Party): Promise<Thread> {
    const onceKey = `way:${ticket._id}:${recipient.externalId}`;
    return this.openThread.to(open, ticket, { recipient, subject: ticket.subject, onceKey });
  }

  private async move(caller: Caller, thread: Thread, ticket: Ticket): Promise<Thread> {
    if (thread.ticketId === ticket._id) return thread;
    const origin = await this.tickets.findById(thread.ticketId, ORIGIN).lean<Origin>();
    if (!isWhole(thread)) throw new HubError('invalid', stillOpen(origin?.number));
    const kept = keptElsewhere(caller, origin);
    if (kept !== null) throw new HubError('invalid', kept);
    const moved = await this.threads
      .findOneAndUpdate(
        { _id: thread._id, ticketId: thread.ticketId },
        { $set: { ticketId: ticket._id } },
        { returnDocument: 'after' },
      )
      .lean<Thread>();
    if (moved === null) throw new HubError('conflict', 'That conversation has just gone on elsewhere');
    return moved;
  }

  private firstWords(handle: Handle, open: OpenChannel): Way {
    const recipient = { externalId: handle.value, handles: [handle] };
    const unwritten = { lastInboundAt: null, createdAt: this.clock.now() };
    const closesAt = windowCloses(unwritten, open.connector.capabilities)?.toISOString() ?? null;
    return { ...overAccount(open, recipient), fromTicket: null, blocked: null, closesAt };
  }

  private resting(caller: Caller, thread: Thread, open: OpenChannel, origins: readonly Origin[]): Way {
    const { capabilities } = open.connector;
    const origin = origins.find(({ _id }) => _id === thread.ticketId);
    return {
      ...overAccount(open, thread.recipient),
      fromTicket: origin?.number ?? null,
      blocked: keptElsewhere(caller, origin) ?? blockedReason(thread, capabilities, this.clock.now()),
      closesAt: windowCloses(thread, capabilities)?.toISOString() ?? null,
    };
  }
}

const overAccount = ({ account }: OpenChannel, recipient: Party) => ({
  channel: account.channel,
  channelAccountId: account._id,
  accountName: account.name,
  recipient,
});

/** A thread there is listed as itself, whatever id the provider has for the address. A mail's is for its own conversation alone. */
const isThread = (threads: readonly Thread[], { account, connector }: OpenChannel, handle: Handle): boolean =>
  !connector.capabilities.conversation.subject &&
  threads.some((thread) => thread.channelAccountId === account._id && isWhole(thread) && isReachedAt(thread, handle));

/** What was split is two conversations of one person: neither can move alone. */
const isWhole = ({ root, parted, shape }: Thread): boolean => root === undefined && !parted && shape === 'direct';
const stillOpen = (number: number | undefined): string =>
  `A conversation with this address is still open${number === undefined ? '' : ` in #${number}`}.`;
/** Why a conversation can't be taken from the ticket that it was last in; null: it can. */
function keptElsewhere(caller: Caller, origin: Origin | null | undefined): string | null {
  if (!origin) return null;
  if (origin.active) return stillOpen(origin.number);
  return inScope(caller, origin) ? null : 'The last conversation with this address is in a queue of others.';
}
const keyOf = ({ account }: OpenChannel, { externalId }: Party) => ({ channelAccountId: account._id, externalId });
const placeOf = ({ channelAccountId, recipient }: Pick<Thread, 'channelAccountId' | 'recipient'>): string =>
  `${channelAccountId} ${recipient.externalId}`;
