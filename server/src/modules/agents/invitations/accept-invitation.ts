import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Audit } from '../../audit/index.ts';
import type { Agent } from '../agent.schema.ts';
import { Agents } from '../agents.ts';
import { ConsoleSockets } from '../console-sockets.ts';
import { hashPassword } from '../sessions/password.ts';
import { invitationHash } from './invite-agent.ts';

@Injectable()
export class AcceptInvitation {
  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(Agents) private readonly directory: Agents,
    @Inject(ConsoleSockets) private readonly consoles: ConsoleSockets,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async invited(token: string): Promise<Agent> {
    const agent = await this.agents.findOne({ 'invitation.tokenHash': invitationHash(token) }).lean<Agent>();
    if (agent === null || !agent.active || agent.invitation === null || agent.invitation.expiresAt <= this.clock.now())
      throw new HubError('not-found', 'This invitation is used up or too old: ask an administrator for a new one');
    return agent;
  }

  async run(token: string, { name, password }: { name: string; password: string }): Promise<Agent> {
    const { _id, invitation } = await this.invited(token);
    const passwordHash = await hashPassword(password);
    const agent = await this.agents
      .findOneAndUpdate(
        { _id, 'invitation.tokenHash': invitation?.tokenHash ?? '', active: true },
        { $set: { name, passwordHash, invitation: null } },
        { returnDocument: 'after' },
      )
      .lean<Agent>();
    // Two clicks at once: the second finds it used.
    if (agent === null) throw new HubError('not-found', 'This invitation was used in this moment: sign in');
    await this.audit.record({ caller: { id: _id, name }, action: 'invitation.accepted', subject: _id });
    await this.directory.facesChanged();
    this.consoles.stale('agents');
    return agent;
  }
}
