import { Inject, Injectable } from '@nestjs/common';
import type { AlertRule } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { pageBy, type Page } from '../../../platform/database/page.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { alertRule, type StoredRule } from './alert-rule.schema.ts';
import type { Standing } from './judge-rule.ts';

/** More than anybody watches. */
export const MOST_RULES = 200;

@Injectable()
export class AlertRules {
  constructor(@Inject('alertrules') private readonly rules: Model<StoredRule>) {}

  async page(ask: { cursor?: string | undefined; limit: number }): Promise<Page<AlertRule>> {
    const { items, next } = await pageBy(this.rules, '_id', ask);
    return { items: items.map(alertRule), next };
  }

  active(): Promise<StoredRule[]> {
    return this.rules.find({ active: true }).sort({ _id: 1 }).limit(MOST_RULES).lean<StoredRule[]>().exec();
  }

  count(): Promise<number> {
    return this.rules.countDocuments({ active: { $in: [true, false] } });
  }

  byId(id: string): Promise<StoredRule | null> {
    return this.rules.findById(id).lean<StoredRule>().exec();
  }

  async add(rule: StoredRule): Promise<void> {
    await this.rules.create(rule);
  }

  /** HubError `not-found`. */
  async change(id: string, wanted: Partial<StoredRule>): Promise<StoredRule> {
    const rule = await this.rules
      .findOneAndUpdate({ _id: id }, { $set: wanted }, { returnDocument: 'after' })
      .lean<StoredRule>();
    if (rule === null) throw new HubError('not-found', 'There is no such alert');
    return rule;
  }

  /** False: another process was faster, or it was changed meanwhile. */
  async stand(before: StoredRule, { alarming, turnedAt }: Standing): Promise<boolean> {
    const { _id, threshold, over, active } = before;
    const same = { _id, alarming: before.alarming, turnedAt: before.turnedAt, threshold, over, active };
    const { modifiedCount } = await this.rules.updateOne(same, { $set: { alarming, turnedAt } });
    return modifiedCount === 1;
  }

  async remove(id: string): Promise<StoredRule> {
    const rule = await this.rules.findOneAndDelete({ _id: id }).lean<StoredRule>();
    if (rule === null) throw new HubError('not-found', 'There is no such alert');
    return rule;
  }
}
