import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Channels } from '../../channels/index.ts';
import { ResolveCustomer } from '../../customers/index.ts';
import { CheckReply } from './check-reply.ts';
import { OpenTicket } from '../receiving/open-ticket.ts';
import { OpenThread } from './open-thread.ts';
import { recipientOf } from './recipient-of.ts';
import { SendReply } from './send-reply.ts';
import type { Ticket } from '../ticket.schema.ts';

type Wanted = Call<Api['tickets.start']>['body'];

/** The centre writes first: a ticket of its own, on the customer's thread where the channel has one per person. */
@Injectable()
export class StartConversation {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(ResolveCustomer) private readonly customers: ResolveCustomer,
    @Inject(OpenTicket) private readonly openTicket: OpenTicket,
    @Inject(OpenThread) private readonly openThread: OpenThread,
    @Inject(CheckReply) private readonly check: CheckReply,
    @Inject(SendReply) private readonly sendReply: SendReply,
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
    const thread = await this.openThread.to(open, ticket, {
      recipient,
      subject: wanted.subject,
      onceKey: wanted.clientId,
    });
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
}
