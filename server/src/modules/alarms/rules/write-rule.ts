import { Inject, Injectable } from '@nestjs/common';
import type { AlertRule, AlertRuleSettings } from '@switchboard/contract';
import type { NewId } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Sockets } from '../../../platform/live/sockets.ts';
import type { SecretBox } from '../../../platform/secrets/secret-box.ts';
import { NEW_ID, SECRETS } from '../../../platform/tokens.ts';
import { Audit } from '../../audit/index.ts';
import { Queues } from '../../queues/index.ts';
import { alertRule, type StoredRule } from './alert-rule.schema.ts';
import { AlertRules, MOST_RULES } from './alert-rules.ts';

@Injectable()
export class WriteRule {
  constructor(
    @Inject(AlertRules) private readonly rules: AlertRules,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(SECRETS) private readonly secrets: SecretBox,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async create(caller: Caller, wanted: AlertRuleSettings): Promise<AlertRule> {
    await this.check(caller, wanted, null);
    if ((await this.rules.count()) >= MOST_RULES) throw new HubError('conflict', `There can be ${MOST_RULES} alerts`);
    const calm = { alarming: false, turnedAt: null };
    const rule: StoredRule = { webhookSecret: null, ...this.sealed(wanted), ...calm, _id: this.newId() } as StoredRule;
    await this.rules.add(rule);
    await this.told(caller, 'alert.created', rule._id, wanted);
    return alertRule(rule);
  }

  async change(caller: Caller, id: string, wanted: Partial<AlertRuleSettings>): Promise<AlertRule> {
    const before = await this.rules.byId(id);
    if (before === null) throw new HubError('not-found', 'There is no such alert');
    await this.check(caller, wanted, before);
    // What another limit has to say begins anew; the alarm of the old one is over.
    const anew = { alarming: false, turnedAt: null };
    const rule = await this.rules.change(id, { ...this.sealed(wanted), ...anew });
    await this.told(caller, 'alert.updated', id, wanted);
    return alertRule(rule);
  }

  async remove(caller: Caller, id: string): Promise<void> {
    const { name } = await this.rules.remove(id);
    await this.told(caller, 'alert.deleted', id, { name });
  }

  private sealed({ webhookSecret, ...rest }: Partial<AlertRuleSettings>): Partial<StoredRule> {
    return { ...rest, ...(webhookSecret !== undefined && { webhookSecret: this.secrets.seal(webhookSecret) }) };
  }

  /** The hub itself calls the address, which may be one of the centre's own network: that is an administrator's to say. */
  private async check(caller: Caller, wanted: Partial<AlertRuleSettings>, before: StoredRule | null): Promise<void> {
    const { webhookUrl, webhookSecret, queueId } = wanted;
    const other = webhookUrl != null && webhookUrl !== before?.webhookUrl;
    if ((other || webhookSecret !== undefined) && caller.role !== 'administrator')
      throw new HubError('forbidden', 'Only an administrator can name a webhook');
    const hasUrl = (webhookUrl === undefined ? before?.webhookUrl : webhookUrl) != null;
    if (hasUrl && webhookSecret === undefined && before?.webhookSecret == null)
      throw new HubError('invalid', 'A webhook needs a secret', {
        fields: [{ path: 'webhookSecret', message: 'A webhook needs a secret, by which its receiver knows us' }],
      });
    if (queueId != null && (await this.queues.byId(queueId)) === null)
      throw new HubError('invalid', 'There is no such queue', {
        fields: [{ path: 'queueId', message: 'There is no such queue' }],
      });
  }

  private async told(
    caller: Caller,
    action: string,
    subject: string,
    { webhookSecret: _, ...detail }: Partial<AlertRuleSettings>,
  ): Promise<void> {
    await this.audit.record({ caller, action, subject, detail });
    this.sockets.emit('/console', 'agents', 'passing', { type: 'stale', what: 'alarms' });
  }
}
