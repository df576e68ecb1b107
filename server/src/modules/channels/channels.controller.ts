import { Controller, Inject } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Api, Call, ChannelAccountView } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { CONFIG } from '../../platform/tokens.ts';
import { AccountLag } from './account-lag.ts';
import { AccountTraffic } from './account-traffic.ts';
import type { ChannelAccount } from './channel-account.schema.ts';
import { channelAccountView, connectorView } from './channel-account.view.ts';
import { ChannelContext } from './channel-context.ts';
import { allConnectors } from './connector-list.ts';
import { ConnectAccount } from './connect-account.ts';
import { ListTemplates } from './list-templates.ts';
import { ResumeAccount } from './resume-account.ts';
import { SaveAccount } from './save-account.ts';
import { TestAccount } from './test-account.ts';

@Controller()
export class ChannelsController {
  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(ChannelContext) private readonly contexts: ChannelContext,
    @Inject(AccountTraffic) private readonly traffic: AccountTraffic,
    @Inject(AccountLag) private readonly lag: AccountLag,
    @Inject(SaveAccount) private readonly save: SaveAccount,
    @Inject(TestAccount) private readonly testing: TestAccount,
    @Inject(ResumeAccount) private readonly resume: ResumeAccount,
    @Inject(ConnectAccount) private readonly connecting: ConnectAccount,
    @Inject(ListTemplates) private readonly listing: ListTemplates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Operation('connectors.list')
  connectors() {
    const example = { _id: '00000000-0000-0000-0000-000000000000' } as ChannelAccount;
    const items = allConnectors().map((connector) => {
      const channel = connector.open(
        connector.exampleSettings,
        this.contexts.of({ ...example, connectorId: connector.id }),
      );
      return connectorView(connector, {
        widget: channel.visitors !== undefined,
        webhook: channel.webhook !== undefined,
        connect: channel.connect !== undefined,
      });
    });
    return { items };
  }

  @Operation('channelAccounts.list')
  async list(@Asked('channelAccounts.list') { query }: Call<Api['channelAccounts.list']>) {
    const filter = query.cursor === undefined ? {} : { _id: { $gt: query.cursor } };
    const found = await this.accounts
      .find(filter)
      .sort({ _id: 1 })
      .limit(query.limit + 1)
      .lean<ChannelAccount[]>();
    const items = await this.views(found.slice(0, query.limit));
    return { items, next: found.length > query.limit ? (items.at(-1)?.id ?? null) : null };
  }

  @Operation('channelAccounts.read')
  async read(@Asked('channelAccounts.read') { params }: Call<Api['channelAccounts.read']>) {
    return this.view(await this.account(params['id']));
  }

  @Operation('channelAccounts.create')
  async create(
    @CalledBy() caller: Caller,
    @Asked('channelAccounts.create') { body }: Call<Api['channelAccounts.create']>,
  ) {
    return this.view(await this.save.create(caller, body));
  }

  @Operation('channelAccounts.update')
  async update(
    @CalledBy() caller: Caller,
    @Asked('channelAccounts.update') { params, body }: Call<Api['channelAccounts.update']>,
  ) {
    return this.view(await this.save.update(caller, params['id'] ?? '', body));
  }

  @Operation('channelAccounts.test')
  async test(@Asked('channelAccounts.test') { params }: Call<Api['channelAccounts.test']>) {
    const { health } = await this.testing.run(params['id'] ?? '');
    return { ok: health.ok, message: health.ok ? (health.detail ?? 'The settings work.') : health.message };
  }

  @Operation('channelAccounts.connect')
  connect(
    @CalledBy() caller: Caller,
    @Asked('channelAccounts.connect') { params }: Call<Api['channelAccounts.connect']>,
  ) {
    return this.connecting.run(caller, params['id'] ?? '');
  }

  @Operation('channelAccounts.templates')
  templates(@Asked('channelAccounts.templates') { params, query }: Call<Api['channelAccounts.templates']>) {
    return this.listing.page(params['id'] ?? '', query);
  }

  @Operation('channelAccounts.resume')
  again(@CalledBy() caller: Caller, @Asked('channelAccounts.resume') { params }: Call<Api['channelAccounts.resume']>) {
    return this.resume.run(caller, params['id'] ?? '');
  }

  private async views(accounts: readonly ChannelAccount[]): Promise<ChannelAccountView[]> {
    const ids = accounts.map(({ _id }) => _id);
    const [traffic, lags] = await Promise.all([this.traffic.lastHour(ids), this.lag.of(ids)]);
    return accounts.map((account) =>
      channelAccountView(account, this.config.PUBLIC_URL, {
        lastHour: traffic.get(account._id) ?? { received: 0, sent: 0, failed: 0 },
        lag: lags.get(account._id) ?? { inMs: 0, outMs: 0 },
      }),
    );
  }

  private async view(account: ChannelAccount): Promise<ChannelAccountView> {
    return (await this.views([account]))[0] as ChannelAccountView;
  }

  private async account(id: string | undefined): Promise<ChannelAccount> {
    const account = await this.accounts.findById(id).lean<ChannelAccount>();
    if (account === null) throw new HubError('not-found', 'There is no such channel account');
    return account;
  }
}
