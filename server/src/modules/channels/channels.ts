import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Channel, Connector } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Bus } from '../../platform/bus/index.ts';
import type { Log } from '../../platform/log/log.ts';
import type { SecretBox } from '../../platform/secrets/secret-box.ts';
import { BUS, LOG, SECRETS } from '../../platform/tokens.ts';
import { joinSettings } from './account-settings.ts';
import type { ChannelAccount } from './channel-account.schema.ts';
import { ChannelContext, type NextStepOf, type TakeRaw } from './channel-context.ts';
import { connectorOf } from './connector-list.ts';
import { UnfitAccount } from './unfit-account.ts';

export interface OpenChannel {
  readonly account: ChannelAccount;
  readonly connector: Connector;
  readonly channel: Channel;
}

const MOST_ACCOUNTS = 500;

/** The opened channels of this process, one per account and revision of its settings. */
@Injectable()
export class Channels implements OnModuleInit {
  private readonly opened = new Map<string, OpenChannel>();
  private readonly watchers: ((accountId: string) => void)[] = [];

  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(ChannelContext) private readonly contexts: ChannelContext,
    @Inject(SECRETS) private readonly secrets: SecretBox,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.bus.listen('channel-accounts', (accountId) => {
      void this.forget(String(accountId));
      for (const watcher of this.watchers) watcher(String(accountId));
    });
  }

  /** The module of calls says, once, what happens next in one. */
  nextStepWith(next: NextStepOf): void {
    this.contexts.nextStep = next;
  }

  /** Ingress says, once, what becomes of what listeners bring. */
  takeRawWith(take: TakeRaw): void {
    this.contexts.takeRaw = take;
  }

  onChange(watcher: (accountId: string) => void): void {
    this.watchers.push(watcher);
  }

  /** null where there is no such account, or an administrator has disabled it. Throws where it is unfit. */
  async open(accountId: string): Promise<OpenChannel | null> {
    const known = this.opened.get(accountId);
    if (known !== undefined) return known;
    const account = await this.accounts.findById(accountId).lean<ChannelAccount>();
    if (account === null || account.state === 'disabled') return null;
    const open = this.openWith(account);
    this.opened.set(accountId, open);
    return open;
  }

  /** Where many are gone through: null also where it is unfit, which the log says. */
  async openIfFit(accountId: string): Promise<OpenChannel | null> {
    try {
      return await this.open(accountId);
    } catch (error) {
      if (!(error instanceof UnfitAccount)) throw error;
      this.log.warn('A channel account could not be opened', { channelAccountId: accountId, error: error.cause });
      return null;
    }
  }

  /** Also of one that is disabled, or whose settings no longer fit its connector. */
  async nameOf(accountId: string): Promise<string | null> {
    const account = await this.accounts.findById(accountId, { name: 1 }).lean<Pick<ChannelAccount, 'name'>>();
    return account?.name ?? null;
  }

  /** The oldest active account over which the centre can write first to such an address. */
  async thatStarts(recipient: 'phone' | 'email'): Promise<OpenChannel | null> {
    const active = await this.active();
    return active.find(({ connector }) => connector.capabilities.conversation.start?.recipient === recipient) ?? null;
  }

  /** The oldest first. */
  async active(): Promise<OpenChannel[]> {
    const found = await this.accounts
      .find({ state: 'active' }, { _id: 1 })
      .sort({ _id: 1 })
      .limit(MOST_ACCOUNTS)
      .lean<ChannelAccount[]>();
    const opened = await Promise.all(found.map(({ _id }) => this.openIfFit(_id)));
    return opened.filter((open) => open !== null);
  }

  /** Over which the hub writes to who works here; throws where there is none. */
  async forColleagues(): Promise<OpenChannel> {
    const open = await this.thatStarts('email');
    if (open === null) throw new Error('There is no active e-mail account to send it with');
    return open;
  }

  /** Opens without keeping: to test settings. The caller closes it. */
  /** Throws UnfitAccounts. */
  openWith(account: ChannelAccount): OpenChannel {
    try {
      const connector = connectorOf(account.connectorId);
      const settings = connector.settings.parse(joinSettings(account, this.secrets));
      const channel = connector.open(settings, this.contexts.of(account));
      const { capabilities = connector.capabilities } = channel;
      return { account, connector: { ...connector, capabilities }, channel };
    } catch (error) {
      throw new UnfitAccount(account, error);
    }
  }

  /** Tells all processes that an account is not what it was. */
  async changed(accountId: string): Promise<void> {
    await this.forget(accountId);
    await this.bus.broadcast('channel-accounts', accountId);
  }

  /** At the end, when nothing is being delivered any more. */
  async closeAll(): Promise<void> {
    await Promise.all([...this.opened.keys()].map((accountId) => this.forget(accountId)));
  }

  private async forget(accountId: string): Promise<void> {
    const open = this.opened.get(accountId);
    this.opened.delete(accountId);
    try {
      await open?.channel.close?.();
    } catch (error) {
      this.log.warn('A channel did not close cleanly', { accountId, error });
    }
  }
}
