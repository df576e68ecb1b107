import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Audit } from '../../audit/index.ts';
import type { Agent } from '../agent.schema.ts';
import { ConsoleSockets } from '../console-sockets.ts';
import { hashPassword, passwordMatches } from '../sessions/password.ts';
import { Sessions } from '../sessions/sessions.ts';
import { SignIn } from '../sessions/sign-in.ts';

@Injectable()
export class ChangePassword {
  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(ConsoleSockets) private readonly consoles: ConsoleSockets,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** Whoever else is signed in as this agent is signed out; the browser that changed it stays. */
  async run(caller: Caller, { current, next }: { current: string; next: string }): Promise<void> {
    await this.signIn.slowDown(`password:agent:${caller.id}`, 10);
    const agent = await this.agents.findById(caller.id).lean<Agent>();
    const old = agent?.passwordHash ?? null;
    if (old === null || !(await passwordMatches(current, old)))
      throw new HubError('invalid', 'The current password is wrong', {
        fields: [{ path: 'current', message: 'This is not your current password' }],
      });
    const passwordHash = await hashPassword(next);
    const changed = await this.agents.updateOne({ _id: caller.id, passwordHash: old }, { $set: { passwordHash } });
    if (changed.modifiedCount === 0)
      throw new HubError('conflict', 'The password was changed elsewhere in this moment');
    const ended = await this.sessions.endAll(caller.id, caller.sessionId);
    for (const sessionId of ended) this.consoles.signOutSession(sessionId);
    await this.audit.record({ caller, action: 'agent.password-changed', subject: caller.id });
  }
}
