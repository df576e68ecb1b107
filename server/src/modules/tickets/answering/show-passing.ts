import { Inject, Injectable } from '@nestjs/common';
import type { OutboundCommand, OutboundKind } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { NewId } from '../../../platform/clock/clock.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import type { Log } from '../../../platform/log/log.ts';
import { LOG, NEW_ID } from '../../../platform/tokens.ts';
import { Channels } from '../../channels/index.ts';
import type { StoredMessage } from '../entry.schema.ts';
import { providerThread, type Thread } from '../thread.schema.ts';

/**
 * Shows the customer what passes (an agent types, has read): where the channel can and its account's settings let it, at once or
 * not at all.
 */
@Injectable()
export class ShowPassing {
  constructor(
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async read(message: StoredMessage): Promise<void> {
    const open = await this.channels.open(message.channelAccountId);
    if (open?.account.tellsRead === false) return;
    const thread = await this.threads
      .findOneAndUpdate({ _id: message.threadId }, { $set: { seenAt: message.at } }, { returnDocument: 'after' })
      .lean<Thread>();
    if (thread !== null) await this.send(thread, 'read.set', { messageExternalId: message.externalId ?? message._id });
  }

  async typing(caller: Pick<Caller, 'id' | 'name'>, ticketId: string, typing: boolean): Promise<void> {
    const thread = await this.threads.findOne({ ticketId }).sort({ lastInboundAt: -1 }).lean<Thread>();
    const answersExternalId = thread?.lastInboundExternalId ?? undefined;
    if (thread !== null) await this.send(thread, 'typing.set', { typing, answersExternalId }, caller);
  }

  private async send(
    thread: Thread,
    kind: OutboundKind,
    fields: object,
    by?: Pick<Caller, 'id' | 'name'>,
  ): Promise<void> {
    const open = await this.channels.open(thread.channelAccountId);
    if (open === null || !open.connector.capabilities.sends.includes(kind)) return;
    const { tellsRead = true } = open.account;
    const command = {
      specVersion: 1,
      kind,
      commandId: this.newId(),
      channelAccountId: thread.channelAccountId,
      ticketId: thread.ticketId,
      thread: { externalId: providerThread(thread).externalId },
      recipient: { externalId: thread.recipient.externalId },
      requestedBy: { type: 'agent', id: by?.id ?? '', ...(by && { displayName: by.name }) },
      ...(kind === 'typing.set' && { tellsRead }),
      ...fields,
    } as OutboundCommand;
    try {
      await open.channel.deliver(command);
    } catch (error) {
      this.log.debug('What passes was not shown', { channelAccountId: thread.channelAccountId, kind, error });
    }
  }
}
