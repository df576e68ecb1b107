import { Inject, Injectable } from '@nestjs/common';
import { CallRules, DEFAULT_CALL_RULES } from '@switchboard/contract';
import { Schema, type Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Audit } from '../../audit/index.ts';
import { Channels } from '../../channels/index.ts';

type StoredRules = CallRules & { _id: string };
export const rulesSchema = new Schema<StoredRules>(
  { _id: String, outsideNumbers: Boolean, showsListeners: Boolean },
  { versionKey: false },
);

/** What is allowed in the calls of each number. */
@Injectable()
export class CallRulesBook {
  constructor(
    @Inject('callrules') private readonly stored: Model<StoredRules>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async of(accountId: string): Promise<CallRules> {
    const known = await this.stored.findById(accountId).lean<Partial<StoredRules>>();
    return CallRules.parse({ ...DEFAULT_CALL_RULES, ...known });
  }

  async read(accountId: string): Promise<CallRules> {
    await this.requireCalls(accountId);
    return this.of(accountId);
  }

  async write(caller: Caller, accountId: string, rules: CallRules): Promise<CallRules> {
    await this.requireCalls(accountId);
    const before = await this.of(accountId);
    await this.stored.updateOne({ _id: accountId }, { $set: rules }, { upsert: true });
    await this.audit.record({
      ...{ caller, action: 'call-rules.updated', subject: accountId },
      detail: { from: before, to: rules },
    });
    return rules;
  }

  private async requireCalls(accountId: string): Promise<void> {
    const open = await this.channels.open(accountId);
    if (open?.connector.capabilities.call == null)
      throw new HubError('not-found', 'There is no such account, or it takes no calls');
  }
}
