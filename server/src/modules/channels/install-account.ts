import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { ConnectorError, type Api, type Call, type Grant, type ReplyOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import type { SecretBox } from '../../platform/secrets/secret-box.ts';
import { CLOCK, CONFIG, SECRETS } from '../../platform/tokens.ts';
import { Audit } from '../audit/index.ts';
import type { ChannelAccount } from './channel-account.schema.ts';
import { Channels, type OpenChannel } from './channels.ts';
import { keptGrant } from './kept-grant.ts';
import { TestAccount } from './test-account.ts';

type Answer = Call<Api['channelAccounts.installed']>['body'];
type Outcome = ReplyOf<Api['channelAccounts.installed']>;

const VALID_MS = 600_000;
/** Whoever comes back to it is shown what became of it there. */
export const INSTALLED_PATH = '/settings/channels/installed';

/**
 * Has an administrator install the hub at the provider (OAuth 2, authorisation code). What is sent there and comes back is
 * signed, good once, for ten minutes, in the session in which it began.
 */
@Injectable()
export class InstallAccount {
  private readonly key: Buffer;

  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(TestAccount) private readonly testing: TestAccount,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(SECRETS) private readonly secrets: SecretBox,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.key = secrets.keyFor('channel-installs');
  }

  async begin(caller: Caller, id: string): Promise<{ url: string }> {
    const { channel } = await this.require(id);
    const secret = `${id}.${randomBytes(24).toString('base64url')}`;
    const state = `${secret}.${this.sign(secret)}`;
    const expiresAt = new Date(this.clock.now().getTime() + VALID_MS);
    const installing = { stateHash: hashOf(state), sessionId: caller.sessionId, expiresAt };
    await this.accounts.updateOne({ _id: id }, { $set: { installing } });
    return { url: channel.install.authoriseUrl({ state, redirectUrl: this.redirectUrl }) };
  }

  async end(caller: Caller, answer: Answer): Promise<Outcome> {
    const accountId = await this.redeem(caller, answer.state);
    const no = (message: string): Outcome => ({ ok: false, message, accountId });
    if (answer.code === undefined)
      return no(refusals[answer.error ?? ''] ?? `The provider refused it (${answer.error})`);
    const open = await this.require(accountId);
    try {
      const grant = await open.channel.install.exchange({ code: answer.code, redirectUrl: this.redirectUrl });
      const other = otherHolder(open.account, grant);
      if (other !== null) return no(other);
      await this.keep(caller, accountId, grant);
    } catch (error) {
      if (error instanceof ConnectorError) return no(`${error.message}.`);
      throw error;
    }
    const { health } = await this.testing.run(accountId);
    const message = health.ok ? (health.detail ?? 'It works.') : `It does not work yet: ${health.message}`;
    return { ok: true, message, accountId };
  }

  private get redirectUrl(): string {
    return `${this.config.PUBLIC_URL}${INSTALLED_PATH}`;
  }

  /** Once: whoever comes second finds nothing. Gives the account. */
  private async redeem(caller: Caller, state: string): Promise<string> {
    const [id = '', nonce = '', given = ''] = state.split('.');
    const expected = Buffer.from(this.sign(`${id}.${nonce}`));
    if (expected.length !== Buffer.byteLength(given) || !timingSafeEqual(expected, Buffer.from(given)))
      throw new HubError('invalid', 'This answer is to no question of ours. Start again on the channel’s page.');
    const mine = { _id: id, 'installing.stateHash': hashOf(state), 'installing.sessionId': caller.sessionId };
    const before = await this.accounts.findOneAndUpdate(mine, { $set: { installing: null } }).lean<ChannelAccount>();
    const expiresAt = before?.installing?.expiresAt;
    if (expiresAt === undefined)
      throw new HubError(
        'invalid',
        'It was begun in another session, or is finished already. Start again on the channel’s page.',
      );
    if (new Date(expiresAt) <= this.clock.now())
      throw new HubError('invalid', 'It took longer than ten minutes. Start again on the channel’s page.');
    return id;
  }

  private async keep(caller: Caller, id: string, grant: Grant): Promise<void> {
    // Whoever installs it means it to work, though it was paused.
    await this.accounts.updateOne(
      { _id: id },
      { $set: { grant: keptGrant(grant, this.secrets), state: 'active' }, $inc: { revision: 1 } },
    );
    await this.audit.record({
      caller,
      action: 'channel-account.installed',
      subject: id,
      detail: { holder: grant.holder },
    });
    await this.channels.changed(id);
    this.sockets.emit('/console', 'agents', 'passing', { type: 'stale', what: 'channel-accounts' });
  }

  private async require(id: string) {
    const open = await this.channels.open(id);
    if (open === null) throw new HubError('not-found', 'There is no such channel account, or it is disabled');
    if (open.channel.install === undefined)
      throw new HubError('invalid', 'Save the settings that installing needs first', {
        fields: (open.connector.install?.needs ?? []).map((path) => ({ path: `settings.${path}`, message: 'Needed' })),
      });
    return open as OpenChannel & { channel: Required<Pick<OpenChannel['channel'], 'install'>> };
  }

  private sign(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}

const hashOf = (state: string): string => createHash('sha256').update(state).digest('base64');

const refusals: Record<string, string> = {
  access_denied: 'Permission was denied there. Whoever may install apps has to allow it.',
  '': 'The provider did not say why. Start again.',
};

/** An account is one place at the provider: its conversations would go on in another. */
function otherHolder({ grant }: ChannelAccount, { holder }: Grant): string | null {
  if (!grant || grant.holderId === holder.id) return null;
  return `This account belongs to “${grant.holder}”, and you chose “${holder.name}”. Choose the same again, or add another account for it.`;
}
