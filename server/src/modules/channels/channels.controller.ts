import { Controller, Inject } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Api, Call } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { NewId } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { CONFIG, NEW_ID } from '../../platform/tokens.ts';
import { AccountViews } from './account-views.ts';
import type { ChannelAccount } from './channel-account.schema.ts';
import { connectorView, webhookUrlOf } from './channel-account.view.ts';
import { ChannelContext } from './channel-context.ts';
import { allConnectors } from './connector-list.ts';
import { ConnectAccount } from './connect-account.ts';
import { InstallAccount } from './install-account.ts';
import { ListTemplates } from './list-templates.ts';
import { ResumeAccount } from './resume-account.ts';
import { SaveAccount } from './save-account.ts';
import { TestAccount } from './test-account.ts';

@Controller()
export class ChannelsController {
  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(ChannelContext) private readonly contexts: ChannelContext,
    @Inject(AccountViews) private readonly views: AccountViews,
    @Inject(SaveAccount) private readonly save: SaveAccount,
    @Inject(TestAccount) private readonly testing: TestAccount,
    @Inject(ResumeAccount) private readonly resume: ResumeAccount,
    @Inject(ConnectAccount) private readonly connecting: ConnectAccount,
    @Inject(InstallAccount) private readonly installing: InstallAccount,
    @Inject(ListTemplates) private readonly listing: ListTemplates,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  @Operation('connectors.list')
  async connectors() {
    const example = { _id: '00000000-0000-0000-0000-000000000000' } as ChannelAccount;
    const views = allConnectors().map(async (connector) => {
      const channel = connector.open(
        connector.exampleSettings,
        this.contexts.of({ ...example, connectorId: connector.id }),
      );
      await channel.close?.();
      return connectorView(connector, { connect: channel.connect !== undefined });
    });
    return { items: await Promise.all(views) };
  }

  @Operation('channelAccounts.list')
  async list(@Asked('channelAccounts.list') { query }: Call<Api['channelAccounts.list']>) {
    const filter = query.cursor === undefined ? {} : { _id: { $gt: query.cursor } };
    const found = await this.accounts
      .find(filter)
      .sort({ _id: 1 })
      .limit(query.limit + 1)
      .lean<ChannelAccount[]>();
    const items = await this.views.of(found.slice(0, query.limit));
    return { items, next: found.length > query.limit ? (items.at(-1)?.id ?? null) : null };
  }

  @Operation('channelAccounts.read')
  async read(@Asked('channelAccounts.read') { params }: Call<Api['channelAccounts.read']>) {
    return this.views.one(await this.account(params['id']));
  }

  @Operation('channelAccounts.address')
  address() {
    const id = this.newId();
    return { id, webhookUrl: webhookUrlOf(id, this.config.PUBLIC_URL) };
  }

  @Operation('channelAccounts.create')
  async create(
    @CalledBy() caller: Caller,
    @Asked('channelAccounts.create') { body }: Call<Api['channelAccounts.create']>,
  ) {
    return this.views.one(await this.save.create(caller, body));
  }

  @Operation('channelAccounts.update')
  async update(
    @CalledBy() caller: Caller,
    @Asked('channelAccounts.update') { params, body }: Call<Api['channelAccounts.update']>,
  ) {
    return this.views.one(await this.save.update(caller, params['id'] ?? '', body));
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

  @Operation('channelAccounts.install')
  install(
    @CalledBy() caller: Caller,
    @Asked('channelAccounts.install') { params }: Call<Api['channelAccounts.install']>,
  ) {
    return this.installing.begin(caller, params['id'] ?? '');
  }

  @Operation('channelAccounts.installed')
  installed(
    @CalledBy() caller: Caller,
    @Asked('channelAccounts.installed') { body }: Call<Api['channelAccounts.installed']>,
  ) {
    return this.installing.end(caller, body);
  }

  @Operation('channelAccounts.templates')
  templates(@Asked('channelAccounts.templates') { params, query }: Call<Api['channelAccounts.templates']>) {
    return this.listing.page(params['id'] ?? '', query);
  }

  @Operation('channelAccounts.resume')
  again(@CalledBy() caller: Caller, @Asked('channelAccounts.resume') { params }: Call<Api['channelAccounts.resume']>) {
    return this.resume.run(caller, params['id'] ?? '');
  }

  private async account(id: string | undefined): Promise<ChannelAccount> {
    const account = await this.accounts.findById(id).lean<ChannelAccount>();
    if (account === null) throw new HubError('not-found', 'There is no such channel account');
    return account;
  }
}
