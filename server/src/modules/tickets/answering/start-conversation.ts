import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, Party } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Channels, type OpenChannel } from '../../channels/index.ts';
import { ResolveCustomer } from '../../customers/index.ts';
import { CheckReply } from './check-reply.ts';
import { OpenTicket } from '../receiving/open-ticket.ts';
import { OpenThread } from './open-thread.ts';
import { recipientOf } from './recipient-of.ts';
import { blockedReason } from './reply-targets.ts';
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
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(caller: Caller, wanted: Wanted): Promise<Ticket> {
    const open = await this.channels.open(wanted.channelAccountId);
    if (open === null) throw new HubError('invalid', 'There is no such channel account, or it is disabled');
    const recipient = recipientOf(open, wanted);
    await this.check.parts(caller, wanted.parts, open.connector.capabilities);
    const customer = await this.customers.of(recipient, open.account._id);
    await this.requireMayWrite(open, customer._id, recipient, wanted);
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

  /** Where the provider wants an approved template first, nothing is opened without one. */
  private async requireMayWrite(
    open: OpenChannel,
    customerId: string,
    recipient: Party,
    { parts }: Wanted,
  ): Promise<void> {
    const now = this.clock.now();
    const thread = (await this.openThread.known(open, customerId, recipient)) ?? {
      lastInboundAt: null,
      createdAt: now,
    };
    const blocked = blockedReason(thread, open.connector.capabilities, now, parts);
    if (blocked !== null) throw new HubError('invalid', blocked, { fields: [{ path: 'parts', message: blocked }] });
  }
}
