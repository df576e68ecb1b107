import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { AgentView, Api, Call } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK, CONFIG, NEW_ID } from '../../../platform/tokens.ts';
import { Audit } from '../../audit/index.ts';
import { agentView, firstState, newAgent, type Agent } from '../agent.schema.ts';
import { ConsoleSockets } from '../console-sockets.ts';
import { KnownQueues } from '../queues/known-queues.ts';

const VALID_MS = 7 * 86_400_000;
export const invitationHash = (token: string) => createHash('sha256').update(token).digest('hex');

@Injectable()
export class InviteAgent {
  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(KnownQueues) private readonly queues: KnownQueues,
    @Inject(ConsoleSockets) private readonly consoles: ConsoleSockets,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** Whoever was invited and has not come yet gets a new link; the old one no longer works. */
  async run(
    caller: Caller,
    wanted: Call<Api['invitations.create']>['body'],
  ): Promise<{ agent: AgentView; link: string }> {
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const invitation = { tokenHash: invitationHash(token), expiresAt: new Date(now.getTime() + VALID_MS) };
    const queueIds = await this.queues.orDefault(wanted.queueIds);
    const agent =
      (await this.renew({ ...wanted, queueIds, invitation })) ??
      (await this.add(newAgent({ _id: this.newId(), ...wanted, queueIds, invitation, createdAt: now })));
    const { email, role } = agent;
    await this.audit.record({ caller, action: 'agent.invited', subject: agent._id, detail: { email, role, queueIds } });
    this.consoles.stale('agents');
    return { agent: agentView(agent, false, now), link: `${this.config.PUBLIC_URL}/invitation/${token}` };
  }

  private renew(wanted: Partial<Agent> & Pick<Agent, 'email'>): Promise<Agent | null> {
    const invited = { email: wanted.email, passwordHash: null };
    const change = { $set: { ...wanted, active: true, ...(wanted.role && { state: firstState(wanted.role) }) } };
    return this.agents.findOneAndUpdate(invited, change, { returnDocument: 'after' }).lean<Agent>();
  }

  private async add(agent: Agent): Promise<Agent> {
    try {
      await this.agents.create(agent);
      return agent;
    } catch (error) {
      if (!isDuplicate(error, 'email')) throw error;
      const message = `${agent.email} belongs to an agent already`;
      throw new HubError('conflict', message, { fields: [{ path: 'email', message }] });
    }
  }
}
