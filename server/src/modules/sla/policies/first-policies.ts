import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EscalationActions, PolicySettings } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Queues } from '../../queues/index.ts';
import type { FirstPoliciesMade } from './policy.schema.ts';
import { Policies } from './policies.ts';

const MADE = 'first-policies';
const LAST = 1_000_000;

/** A new hub answers within the hour. Where queues had targets of their own, from before there were policies, each gets one. */
@Injectable()
export class FirstPolicies implements OnModuleInit {
  constructor(
    @Inject('firstpolicies') private readonly made: Model<FirstPoliciesMade>,
    @Inject(Policies) private readonly policies: Policies,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    if ((await this.made.exists({ _id: MADE })) !== null) return;
    for (const { id, name, firstResponse, nextResponse } of await this.queues.withOwnTargets())
      await this.unlessThere(policy(name, [id], { firstResponse, nextResponse, resolution: null }));
    await this.unlessThere(policy('Standard', [], { firstResponse: 60, nextResponse: 60, resolution: null }));
    await this.remember();
  }

  private async remember(): Promise<void> {
    try {
      await this.made.create({ _id: MADE, at: this.clock.now() });
    } catch (error) {
      // Another process starts in the same moment.
      if (!isDuplicate(error)) throw error;
    }
  }

  /** Another process, or one that was cut off here, may have made it. */
  private async unlessThere(settings: PolicySettings): Promise<void> {
    try {
      await this.policies.add(settings, settings.when.queueIds.length > 0 ? 0 : LAST);
    } catch (error) {
      if (!(error instanceof HubError && error.code === 'conflict')) throw error;
    }
  }
}

const telling = (...notify: EscalationActions['notify']): EscalationActions => ({
  notify,
  priority: null,
  queueId: null,
  addTags: [],
});
const policy = (name: string, queueIds: string[], targets: PolicySettings['targets']): PolicySettings => ({
  name,
  active: true,
  when: { queueIds, priorities: [], tags: [], attributes: [] },
  targets,
  calendarId: null,
  pauseWhilePending: 'resolution',
  warnBefore: { unit: 'percent', value: 25 },
  onWarning: telling('assignee'),
  onBreach: telling('assignee', 'supervisors'),
});
