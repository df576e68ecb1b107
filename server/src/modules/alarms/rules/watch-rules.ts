import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { AlertWebhook } from '@switchboard/contract';
import type { Jobs } from '../../../platform/jobs/index.ts';
import { JOBS } from '../../../platform/tokens.ts';
import { ReadFloor } from '../../floor/index.ts';
import { Queues } from '../../queues/index.ts';
import { Alarms, type Trouble } from '../alarms.ts';
import { MailAlarms } from '../mail-alarms.ts';
import type { StoredRule } from './alert-rule.schema.ts';
import { AlertRules } from './alert-rules.ts';
import { judged } from './judge-rule.ts';
import { ruleValue } from './rule-value.ts';
import { ruleWords } from './rule-words.ts';
import { SendWebhook } from './send-webhook.ts';

const EVERY_MS = 5_000;

/** Holds the floor against what people want to be told of, whether anybody looks at it or not: one process at a time. */
@Injectable()
export class WatchRules implements OnModuleInit {
  constructor(
    @Inject(AlertRules) private readonly rules: AlertRules,
    @Inject(ReadFloor) private readonly floor: ReadFloor,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Alarms) private readonly alarms: Alarms,
    @Inject(MailAlarms) private readonly mail: MailAlarms,
    @Inject(SendWebhook) private readonly webhook: SendWebhook,
    @Inject(JOBS) private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.every('watch-rules', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    const rules = await this.rules.active();
    if (rules.length > 0) await this.judge(rules);
    const names = await this.queues.names();
    const alarming = (await this.rules.active()).filter((rule) => rule.alarming);
    const over = await this.alarms.become(
      ['rule'],
      alarming.map((rule) => troubleOf(rule, names)),
    );
    if (alarming.length + over.length > 0) await this.mail.run(over);
  }

  private async judge(rules: readonly StoredRule[]): Promise<void> {
    const seen = await this.floor.run();
    const names = await this.queues.names();
    for (const rule of rules) {
      const next = judged(rule, ruleValue(rule, seen, seen.asOf), rule, seen.asOf);
      const turned = next.alarming !== rule.alarming;
      if (!turned && next.turnedAt?.getTime() === rule.turnedAt?.getTime()) continue;
      // Before it is stored: who is killed in between comes here again, and it is the same job.
      if (turned) await this.tell(rule, next.alarming, seen.asOf, names);
      await this.rules.stand(rule, next);
    }
  }

  private async tell(rule: StoredRule, began: boolean, at: Date, names: ReadonlyMap<string, string>): Promise<void> {
    if (rule.webhookUrl === null) return;
    const { _id: id, name, metric, queueId, over, threshold, forSeconds } = rule;
    const body: AlertWebhook = {
      id: `${id}:${(rule.turnedAt ?? at).getTime()}:${began ? 'began' : 'ended'}`,
      event: began ? 'alarm.began' : 'alarm.ended',
      at: at.toISOString(),
      words: troubleOf(rule, names).words,
      rule: { id, name, metric, queueId, over, threshold, forSeconds },
    };
    await this.webhook.schedule(body);
  }
}

function troubleOf(rule: StoredRule, names: ReadonlyMap<string, string>): Trouble {
  const { _id, queueId, mail } = rule;
  const queue = queueId === null ? null : (names.get(queueId) ?? 'Removed queue');
  return {
    _id: `rule:${_id}`,
    about: { kind: 'rule', ruleId: _id, queueId },
    words: ruleWords(rule, queue),
    // It has stood for as long as its rule demands.
    mailAfterMs: mail ? 0 : null,
  };
}
