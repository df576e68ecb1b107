import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { Grant, type CallStep, type CallTurn, type ConnectorContext, type RawRequest } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import type { Log } from '../../platform/log/log.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import type { SecretBox } from '../../platform/secrets/secret-box.ts';
import { CLOCK, CONFIG, LOG, MEDIA, SECRETS } from '../../platform/tokens.ts';
import { MediaLinks } from '../media/index.ts';
import { AccountTraffic } from './account-traffic.ts';
import type { ChannelAccount } from './channel-account.schema.ts';
import { webhookUrlOf } from './channel-account.view.ts';

const PUSH_TIMEOUT_MS = 4000;
const MEDIA_LINK_MS = 24 * 3_600_000;
export const visitorRoom = (accountId: string, visitorId: string): string => `${accountId}:${visitorId}`;

/** Keeps, parses and publishes one raw thing of an account. */
export type TakeRaw = (
  accountId: string,
  request: RawRequest,
) => Promise<{ rawRef: string; outcome: 'accepted' | 'quarantined' }>;

/** What happens next in a call of an account. */
export type NextStepOf = (accountId: string, turn: CallTurn) => Promise<CallStep>;

/** What a connector may ask of the hub. */
@Injectable()
export class ChannelContext {
  /** Set by the module that routes calls. */
  nextStep: NextStepOf = () => Promise.reject(new HubError('unavailable', 'Calls have not started'));
  takeRaw: TakeRaw = () => Promise.reject(new HubError('unavailable', 'Ingress has not started'));

  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(AccountTraffic) private readonly traffic: AccountTraffic,
    @Inject(MEDIA) private readonly media: MediaStore,
    @Inject(MediaLinks) private readonly links: MediaLinks,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(SECRETS) private readonly secrets: SecretBox,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  of({ _id, connectorId, mirrors = [], grant }: ChannelAccount): ConnectorContext {
    return {
      accountId: _id,
      webhookUrl: webhookUrlOf(_id, this.config.PUBLIC_URL),
      signingKey: this.secrets.keyFor(`channel:${_id}`),
      desks: [...new Set(mirrors.map(({ place }) => place))],
      grant: grant ? Grant.parse(JSON.parse(this.secrets.open(grant.sealed))) : null,
      receive: (request) => this.takeRaw(_id, request),
      connected: () => this.traffic.connected(_id),
      saveCursor: async (cursor) => {
        await this.accounts.updateOne({ _id }, { $set: { cursor } });
      },
      loadCursor: async () => (await this.accounts.findById(_id, { cursor: 1 }).lean<ChannelAccount>())?.cursor ?? null,
      nextStep: (turn) => this.nextStep(_id, turn),
      push: async (visitorId, frame) => ({
        acked: await this.sockets.emitWithAck('/visitor', visitorRoom(_id, visitorId), 'push', frame, PUSH_TIMEOUT_MS),
      }),
      readMedia: async (mediaId) => {
        const info = await this.media.info(mediaId);
        if (info === null) throw new HubError('not-found', 'The file is no longer there');
        return { ...info, stream: this.media.open(mediaId) };
      },
      publicMediaUrl: (mediaId) => this.links.sign(mediaId, MEDIA_LINK_MS),
      log: this.log.child({ connectorId, channelAccountId: _id }),
      now: () => this.clock.now(),
      fetch: globalThis.fetch,
    };
  }
}
