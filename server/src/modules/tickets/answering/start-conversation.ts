import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, Handle, Party } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import { Channels, type OpenChannel } from '../../channels/index.ts';
import { ResolveCustomer, type Customer } from '../../customers/index.ts';
import { CheckReply } from './check-reply.ts';
import { OpenTicket } from '../receiving/open-ticket.ts';
import { SendReply } from './send-reply.ts';
import { newReplyToken, type Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

type Wanted = Call<Api['tickets.start']>['body'];

/** The centre writes first: a ticket of its own, on the customer's thread where the channel has one per person. */
@Injectable()
export class StartConversation {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(ResolveCustomer) private readonly customers: ResolveCustomer,
    @Inject(OpenTicket) private readonly openTicket: OpenTicket,
    @Inject(CheckReply) private readonly check: CheckReply,
    @Inject(SendReply) private readonly sendReply: SendReply,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async run(caller: Caller, wanted: Wanted): Promise<Ticket> {
    const open = await this.channels.open(wanted.channelAccountId);
    if (open === null) throw new HubError('invalid', 'There is no such channel account, or it is disabled');
    const recipient = recipientOf(open, wanted);
    await this.check.parts(caller, wanted.parts, open.connector.capabilities);
    const customer = await this.customers.of(recipient, open.account._id);
    const ticket = await this.openTicket.run({
      openedBy: `start:${wanted.clientId}`,
      customer,
      queueId: open.account.queueId,
      channel: open.account.channel,
      subject: wanted.subject,
      parts: wanted.parts,
      assigneeId: caller.id,
    });
    const thread = await this.threadOf(open, recipient, customer, ticket, wanted);
    const reply = {
      clientId: wanted.clientId,
      threadId: thread._id,
      parts: wanted.parts,
      subject: wanted.subject,
      force: true,
    };
    await this.sendReply.store(caller, thread, reply);
    return (await this.tickets.findById(ticket._id).lean<Ticket>()) ?? ticket;
  }

  private async threadOf(
    open: OpenChannel,
    recipient: Party,
    customer: Customer,
    ticket: Ticket,
    wanted: Wanted,
  ): Promise<Thread> {
    // With a subject every conversation is a thread of its own (mail); without, the person is the thread (a phone number).
    const externalId = open.connector.capabilities.conversation.subject ? wanted.clientId : recipient.externalId;
    const thread: Thread = {
      _id: this.newId(),
      channelAccountId: open.account._id,
      channel: open.account.channel,
      externalId,
      shape: 'direct',
      ticketId: ticket._id,
      customerId: customer._id,
      subject: wanted.subject ?? null,
      recipient,
      participants: [recipient.externalId],
      cc: [],
      replyToken: newReplyToken(),
      lastInboundAt: null,
      lastInboundExternalId: null,
      seenAt: null,
      createdAt: this.clock.now(),
    };
    try {
      await this.threads.create(thread);
      return thread;
    } catch (error) {
      if (!isDuplicate(error, 'externalId')) throw error;
      const known = await this.threads
        .findOneAndUpdate(
          { channelAccountId: open.account._id, externalId },
          { $set: { ticketId: ticket._id } },
          { returnDocument: 'after' },
        )
        .lean<Thread>();
      if (known === null) throw error;
      return known;
    }
  }
}

function recipientOf({ connector }: OpenChannel, { recipient, name }: Wanted): Party {
  const { start } = connector.capabilities.conversation;
  if (start === null) throw new HubError('invalid', 'On this channel the customer writes first');
  const value = start.recipient === 'phone' ? recipient.replace(/[\s().-]/g, '') : recipient.trim().toLowerCase();
  const good = { phone: /^\+[1-9]\d{6,14}$/, email: /^\S+@\S+\.\S+$/, username: /^\S+$/ }[start.recipient].test(value);
  const hint = {
    phone: 'a phone number with its country code, such as +15551234567',
    email: 'an e-mail address',
    username: 'a user name',
  }[start.recipient];
  if (!good)
    throw new HubError('invalid', `The recipient must be ${hint}`, {
      fields: [{ path: 'recipient', message: `Must be ${hint}` }],
    });
  const handle: Handle = { type: start.recipient, value };
  return { externalId: value, handles: [handle], ...(name !== undefined && { displayName: name }) };
}
