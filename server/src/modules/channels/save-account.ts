import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { isDuplicate } from '../../platform/database/collection.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import type { SecretBox } from '../../platform/secrets/secret-box.ts';
import { CLOCK, NEW_ID, SECRETS } from '../../platform/tokens.ts';
import { Audit } from '../audit/index.ts';
import { Queues } from '../queues/index.ts';
import { splitSettings } from './account-settings.ts';
import type { ChannelAccount } from './channel-account.schema.ts';
import { Channels } from './channels.ts';
import { connectorOf } from './connector-list.ts';

/** Adds and changes channel accounts. */
@Injectable()
export class SaveAccount {
  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(SECRETS) private readonly secrets: SecretBox,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(Sockets) private readonly sockets: Sockets,
  ) {}

  async create(caller: Caller, wanted: Call<Api['channelAccounts.create']>['body']): Promise<ChannelAccount> {
    const connector = connectorOf(wanted.connectorId);
    const account: ChannelAccount = {
      _id: wanted.id ?? this.newId(),
      connectorId: connector.id,
      channel: connector.channel,
      name: wanted.name,
      queueId: await this.queueOf(wanted.queueId),
      state: 'active',
      tellsRead: wanted.tellsRead ?? true,
      ...splitSettings(connector, wanted.settings, null, this.secrets),
      revision: 1,
      cursor: null,
      health: { ok: true, message: null, checkedAt: null, lastInboundAt: null, lastOutboundAt: null },
      createdAt: this.clock.now(),
    };
    try {
      await this.accounts.create(account);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new HubError('conflict', 'This account was added already. Look at the list of channels.');
    }
    return this.saved(caller, account, 'channel-account.created', Object.keys(wanted.settings));
  }

  async update(
    caller: Caller,
    id: string,
    wanted: Call<Api['channelAccounts.update']>['body'],
  ): Promise<ChannelAccount> {
    const before = await this.accounts.findById(id).lean<ChannelAccount>();
    if (before === null) throw new HubError('not-found', 'There is no such channel account');
    const split =
      wanted.settings === undefined
        ? {}
        : splitSettings(connectorOf(before.connectorId), wanted.settings, before, this.secrets);
    const change = {
      ...split,
      ...(wanted.name !== undefined && { name: wanted.name }),
      ...(wanted.queueId !== undefined && { queueId: await this.queueOf(wanted.queueId) }),
      ...(wanted.state !== undefined && { state: wanted.state }),
      ...(wanted.tellsRead !== undefined && { tellsRead: wanted.tellsRead }),
    };
    const account = await this.accounts
      .findOneAndUpdate(
        { _id: id, revision: before.revision },
        { $set: change, $inc: { revision: 1 } },
        { returnDocument: 'after' },
      )
      .lean<ChannelAccount>();
    if (account === null)
      throw new HubError('conflict', 'Someone else changed this account just now. Look at it again.');
    return this.saved(caller, account, 'channel-account.updated', Object.keys(wanted));
  }

  private async saved(
    caller: Caller,
    account: ChannelAccount,
    action: string,
    fields: string[],
  ): Promise<ChannelAccount> {
    await this.audit.record({ caller, action, subject: account._id, detail: { name: account.name, fields } });
    await this.channels.changed(account._id);
    this.sockets.emit('/console', 'agents', 'passing', { type: 'stale', what: 'channel-accounts' });
    return account;
  }

  private async queueOf(queueId: string | undefined): Promise<string> {
    const queue = queueId === undefined ? await this.queues.default() : await this.queues.byId(queueId);
    if (queue === null)
      throw new HubError('invalid', 'There is no such queue', {
        fields: [{ path: 'queueId', message: 'There is no such queue' }],
      });
    return queue.id;
  }
}
