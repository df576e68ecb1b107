import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Api, Call } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, CONFIG, LOG, NEW_ID } from '../../../platform/tokens.ts';
import { Audit } from '../../audit/index.ts';
import { isTimeZone } from '../../calendars/index.ts';
import { Organisations } from '../../organisation/index.ts';
import { newAgent, type Agent } from '../agent.schema.ts';
import { KnownQueues } from '../queues/known-queues.ts';
import { hashPassword } from './password.ts';

/** Makes the first administrator: once, whoever asks and however many ask at the same time. */
@Injectable()
export class SetUp implements OnModuleInit {
  private done = false;

  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(KnownQueues) private readonly queues: KnownQueues,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = this.config;
    if (email === undefined || password === undefined || !(await this.needed())) return;
    const made = await this.firstAdministrator({ name: 'Administrator', email, password });
    if (made !== null) this.log.info('The first administrator was made from the settings', { agentId: made._id });
  }

  async needed(): Promise<boolean> {
    // Once it is done it stays done, and every visit of the console asks.
    this.done ||= (await this.agents.exists({ first: true })) !== null;
    return !this.done;
  }

  async run(wanted: Call<Api['setup.create']>['body']): Promise<Agent> {
    const { organisation, timeZone, ...administrator } = wanted;
    if (timeZone !== undefined && !isTimeZone(timeZone))
      throw new HubError('invalid', `${timeZone} is not a time zone, such as Europe/Berlin`);
    const agent = (await this.needed()) ? await this.firstAdministrator(administrator) : null;
    if (agent === null)
      throw new HubError('conflict', 'Switchboard is set up already: sign in, or ask for an invitation');
    await this.organisations.write({ name: organisation, ...(timeZone !== undefined && { timeZone }) });
    return agent;
  }

  /** null: somebody else was faster. */
  private async firstAdministrator(given: { name: string; email: string; password: string }): Promise<Agent | null> {
    const { name, email, password } = given;
    const agent = newAgent({
      _id: this.newId(),
      name,
      email,
      role: 'administrator',
      // Alone in the centre: the first customers would find nobody.
      state: 'ready',
      queueIds: await this.queues.orDefault([]),
      passwordHash: await hashPassword(password),
      first: true,
      createdAt: this.clock.now(),
    });
    try {
      await this.agents.create(agent);
    } catch (error) {
      if (isDuplicate(error)) return null;
      throw error;
    }
    await this.audit.record({ caller: null, action: 'setup.done', subject: agent._id });
    return agent;
  }
}
