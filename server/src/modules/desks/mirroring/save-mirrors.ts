import { Inject, Injectable } from '@nestjs/common';
import { ConnectorError, type Api, type Mirror, type ReplyOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Audit } from '../../audit/index.ts';
import { Channels, type ChannelAccount, type OpenChannel } from '../../channels/index.ts';
import { Queues } from '../../queues/index.ts';
import { MirrorConsumer } from './mirror.consumer.ts';

type View = ReplyOf<Api['desks.read']>;

/** Which queues are shown at which places of an account. */
@Injectable()
export class SaveMirrors {
  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(MirrorConsumer) private readonly consumer: MirrorConsumer,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async read(id: string): Promise<View> {
    const open = await this.require(id);
    const { mirrors = [] } = open.account;
    const places = [...new Set(mirrors.map(({ place }) => place))];
    const names = new Map(await Promise.all(places.map(async (place) => [place, await nameOf(open, place)] as const)));
    return { mirrors: mirrors.map((mirror) => ({ ...mirror, name: names.get(mirror.place) ?? null })) };
  }

  async save(caller: Caller, id: string, wanted: readonly Mirror[]): Promise<View> {
    const open = await this.require(id);
    const mirrors = [...new Map(wanted.map((one) => [`${one.queueId} ${one.place}`, one])).values()];
    for (const [index, mirror] of mirrors.entries()) await this.check(open, mirror, `mirrors.${index}`);
    const saved = await this.accounts
      .findOneAndUpdate({ _id: id, revision: open.account.revision }, { $set: { mirrors }, $inc: { revision: 1 } })
      .lean<ChannelAccount>();
    if (saved === null) throw new HubError('conflict', 'Someone else changed this account just now. Look at it again.');
    await this.audit.record({ caller, action: 'desk.mirrored', subject: id, detail: { mirrors } });
    await this.channels.changed(id);
    await this.consumer.begin();
    return this.read(id);
  }

  private async require(id: string): Promise<OpenChannel> {
    const open = await this.channels.open(id);
    if (open === null) throw new HubError('not-found', 'There is no such channel account, or it is disabled');
    if (open.channel.desk === undefined) throw new HubError('invalid', 'Agents can’t work over this channel');
    return open;
  }

  private async check({ channel, connector }: OpenChannel, { queueId, place }: Mirror, path: string): Promise<void> {
    const refuse = (field: keyof Mirror, message: string): never => {
      throw new HubError('invalid', message, { fields: [{ path: `${path}.${field}`, message }] });
    };
    if ((await this.queues.byId(queueId)) === null) refuse('queueId', 'There is no such queue');
    if (!connector.desk?.pattern.test(place))
      refuse('place', `“${place}” is no ${connector.desk?.title}: give its id, such as ${connector.desk?.example}`);
    try {
      await channel.desk?.look(place);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      refuse('place', error.message);
    }
  }
}

/** null: the provider does not say just now. */
async function nameOf({ channel }: OpenChannel, place: string): Promise<string | null> {
  try {
    return (await channel.desk?.look(place)) ?? null;
  } catch (error) {
    if (error instanceof ConnectorError) return null;
    throw error;
  }
}
