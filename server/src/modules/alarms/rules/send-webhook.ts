import { createHmac } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { openSafeFetch } from '@switchboard/connectors';
import type { AlertWebhook } from '@switchboard/contract';
import { z } from 'zod';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Job, Jobs } from '../../../platform/jobs/index.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { SecretBox } from '../../../platform/secrets/secret-box.ts';
import { CLOCK, JOBS, LOG, SECRETS } from '../../../platform/tokens.ts';
import { AlertRules } from './alert-rules.ts';

const WEBHOOK = 'alert-webhook';
const limits = { timeoutMs: 10_000, maxBytes: 64_000 };
/** Whoever could not be reached for so long learns nothing from what was then. */
const OLDEST_MS = 24 * 3_600_000;
/** Whatever the clocks of the processes say. */
const AT_ONCE = new Date(0);
const Data = z.object({ body: z.string(), ruleId: z.string(), at: z.iso.datetime() });

/** Signed, with a time-out, again until it is taken (see AlertWebhook for what the receiver can count on). */
@Injectable()
export class SendWebhook implements OnModuleInit, BeforeApplicationShutdown {
  private readonly open = new Set<ReturnType<typeof openSafeFetch>>();

  constructor(
    @Inject(AlertRules) private readonly rules: AlertRules,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(SECRETS) private readonly secrets: SecretBox,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(WEBHOOK, (job) => this.run(job));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.open].map((fetch) => fetch.close()));
  }

  async schedule(body: AlertWebhook): Promise<void> {
    const data = { body: JSON.stringify(body), ruleId: body.rule.id, at: body.at };
    await this.jobs.schedule({ name: WEBHOOK, key: body.id, dueAt: AT_ONCE, data });
  }

  private async run({ key, data }: Job): Promise<void> {
    const { body, ruleId, at } = Data.parse(data);
    const rule = await this.rules.byId(ruleId);
    if (rule?.webhookUrl == null || rule.webhookSecret === null) return;
    if (this.clock.now().getTime() - Date.parse(at) > OLDEST_MS)
      return this.log.warn('An alert’s webhook was given up', { ruleId, id: key });
    const status = await this.post(rule.webhookUrl, body, this.secrets.open(rule.webhookSecret));
    if (status >= 300) throw new Error(`The webhook of alert ${ruleId} answered ${status}`);
  }

  /** An administrator named the address, so it may be one of the centre's own network. */
  private async post(url: string, body: string, secret: string): Promise<number> {
    const fetch = openSafeFetch({ ...limits, allow: [url] });
    this.open.add(fetch);
    try {
      const headers = {
        'content-type': 'application/json',
        'x-switchboard-signature': signature(body, secret, this.clock.now()),
      };
      const { status, body: answer } = await fetch(url, { method: 'POST', headers, body });
      answer.destroy();
      return status;
    } finally {
      this.open.delete(fetch);
      await fetch.close();
    }
  }
}

export function signature(body: string, secret: string, now: Date): string {
  const t = Math.floor(now.getTime() / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}
