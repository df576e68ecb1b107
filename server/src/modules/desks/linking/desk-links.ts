import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Api, ReplyOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
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
    const link = { agentId: caller.id, createdAt: this.clock.now() };
    await this.links.updateOne({ _id: linkId(claim.accountId, claim.personId) }, { $set: link }, { upsert: true });
    await this.record(caller, 'desk.linked', claim);
    return this.view(caller, claim);
  }

  async unlink(caller: Caller, token: string): Promise<Invitation> {
    const claim = readClaim(this.key, token, this.clock.now());
    await this.links.deleteOne({ _id: linkId(claim.accountId, claim.personId), agentId: caller.id });
    await this.record(caller, 'desk.unlinked', claim);
    return this.view(caller, claim);
  }

  private async view(caller: Caller, { accountId, personId, name: person }: Claim): Promise<Invitation> {
    const [link, account] = await Promise.all([
      this.links.findById(linkId(accountId, personId)).lean<DeskLink>(),
      this.channels.nameOf(accountId),
    ]);
    return { person, account: account ?? 'A channel that is gone', linked: link?.agentId === caller.id };
  }

  private record(caller: Caller, action: string, { accountId, personId, name }: Claim): Promise<void> {
    return this.audit.record({ caller, action, subject: caller.id, detail: { accountId, personId, name } });
  }
}
