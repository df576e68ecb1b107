import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Api, Call, ReplyOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { pageBy } from '../../../platform/database/page.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import type { SecretBox } from '../../../platform/secrets/secret-box.ts';
import { CLOCK, CONFIG, SECRETS } from '../../../platform/tokens.ts';
import { Audit } from '../../audit/index.ts';
import { Channels, type ChannelAccount } from '../../channels/index.ts';
import { linkId, type DeskLink } from './desk-link.schema.ts';
import { readClaim, signClaim, type Claim } from './link-tokens.ts';

type Invitation = ReplyOf<Api['desks.invitation']>;
const VALID_MS = 3_600_000;

/** An agent says in the console which person at a desk they are, where the provider's address of them does not say it. */
@Injectable()
export class DeskLinks {
  private readonly key: Buffer;

  constructor(
    @Inject('desklinks') private readonly links: Model<DeskLink>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(SECRETS) secrets: SecretBox,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.key = secrets.keyFor('desk-links');
  }

  /** What a stranger at a desk is told, alone. */
  words(account: ChannelAccount, personId: string, name: string): string {
    const until = this.clock.now().getTime() + VALID_MS;
    const token = signClaim(this.key, { accountId: account._id, personId, name, until });
    return (
      'Nothing was done: you are not known here as an agent. If you have an account in Switchboard, open ' +
      `${this.config.PUBLIC_URL}/desk-link/${token} there within an hour and say that it is you; then do it again. ` +
      'Otherwise ask an administrator to invite you.'
    );
  }

  async read(caller: Caller, token: string): Promise<Invitation> {
    return this.view(caller, readClaim(this.key, token, this.clock.now()));
  }

  async link(caller: Caller, token: string): Promise<Invitation> {
    const claim = readClaim(this.key, token, this.clock.now());
    const { accountId, name } = claim;
    const link = { accountId, name, agentId: caller.id, createdAt: this.clock.now() };
    const id = linkId(claim.accountId, claim.personId);
    await this.links.updateOne({ _id: id }, { $set: link }, { upsert: true });
    await this.audit.record({ caller, action: 'desk.linked', subject: caller.id, detail: { link: id, name } });
    return this.view(caller, claim);
  }

  /** Of the caller's own alone; one that is gone is ended. */
  async unlink(caller: Caller, id: string): Promise<Record<string, never>> {
    const ended = await this.links.findOneAndDelete({ _id: id, agentId: caller.id }).lean<DeskLink>();
    if (ended !== null) {
      const detail = { link: id, name: ended.name };
      await this.audit.record({ caller, action: 'desk.unlinked', subject: caller.id, detail });
    }
    return {};
  }

  async list(caller: Caller, ask: Call<Api['desks.links']>['query']): Promise<ReplyOf<Api['desks.links']>> {
    const { items, next } = await pageBy(this.links, '_id', ask, 'ascending', { agentId: caller.id });
    const shown = items.map(async ({ _id: id, accountId, name: person, createdAt }) => {
      return { id, person, account: await this.accountOf(accountId), since: createdAt.toISOString() };
    });
    return { items: await Promise.all(shown), next };
  }

  private async view(caller: Caller, { accountId, personId, name: person }: Claim): Promise<Invitation> {
    const id = linkId(accountId, personId);
    const [link, account] = await Promise.all([this.links.findById(id).lean<DeskLink>(), this.accountOf(accountId)]);
    return { id, person, account, linked: link?.agentId === caller.id };
  }

  private async accountOf(id: string): Promise<string> {
    return (await this.channels.nameOf(id)) ?? 'A channel that is gone';
  }
}
