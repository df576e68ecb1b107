import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, Me } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import type { Agent } from '../agent.schema.ts';
import { Agents } from '../agents.ts';
import { ConsoleSockets } from '../console-sockets.ts';
import { Sessions } from '../sessions/sessions.ts';

@Injectable()
export class UpdateMe {
  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(Agents) private readonly directory: Agents,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ConsoleSockets) private readonly consoles: ConsoleSockets,
  ) {}

  async profile(caller: Caller, wanted: Call<Api['me.update']>['body']): Promise<Me> {
    const { preferences = {}, ...plain } = wanted;
    const chosen = Object.entries(preferences).map(([name, value]) => [`preferences.${name}`, value]);
    const me = await this.set(caller, { ...plain, ...Object.fromEntries(chosen) });
    if (Object.keys(plain).length > 0) {
      await this.sessions.readAnew();
      await this.directory.facesChanged();
      this.consoles.stale('agents');
    }
    return me;
  }

  private async set(caller: Caller, $set: Record<string, unknown>): Promise<Me> {
    const agent = await this.agents
      .findOneAndUpdate({ _id: caller.id }, { $set }, { returnDocument: 'after' })
      .lean<Agent>();
    if (agent === null) throw new HubError('not-found', 'This agent is gone');
    return this.directory.ownView(agent);
  }
}
