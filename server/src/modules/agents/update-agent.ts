import { Inject, Injectable } from '@nestjs/common';
import type { AgentView, Api, Call } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import type { Presence } from '../../platform/presence/presence.ts';
import { PRESENCE } from '../../platform/tokens.ts';
import { Audit } from '../audit/index.ts';
import type { Agent } from './agent.schema.ts';
import { Agents } from './agents.ts';
import { ConsoleSockets } from './console-sockets.ts';
import { KnownQueues } from './queues/known-queues.ts';
import { Sessions } from './sessions/sessions.ts';

type Wanted = Call<Api['agents.update']>['body'];

@Injectable()
export class UpdateAgent {
  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(Agents) private readonly directory: Agents,
    @Inject(KnownQueues) private readonly queues: KnownQueues,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ConsoleSockets) private readonly consoles: ConsoleSockets,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async run(caller: Caller, id: string, wanted: Wanted): Promise<AgentView> {
    if (wanted.queueIds !== undefined) await this.queues.check(wanted.queueIds);
    // Two administrators who demote each other at once must not both succeed.
    const { before, after } = await this.presence.exclusive('administrators', 5_000, () => this.change(id, wanted));
    await this.audit.record({ caller, action: 'agent.updated', subject: id, detail: differences(before, after) });
    await this.enforce(before, after);
    return this.directory.view(after);
  }

  private async change(id: string, wanted: Wanted): Promise<{ before: Agent; after: Agent }> {
    const before = await this.directory.byId(id);
    if (before === null) throw new HubError('not-found', 'There is no such agent');
    if (isAdministrator(before) && !isAdministrator({ ...before, ...defined(wanted) })) await this.requireAnother(id);
    const after = await this.agents
      .findOneAndUpdate({ _id: id }, { $set: defined(wanted) }, { returnDocument: 'after' })
      .lean<Agent>();
    if (after === null) throw new HubError('not-found', 'There is no such agent');
    await this.sessions.readAnew();
    await this.directory.facesChanged();
    return { before, after };
  }

  private async requireAnother(id: string): Promise<void> {
    const administrators = await this.agents.find({ role: 'administrator' }).lean<Agent[]>();
    if (administrators.some((agent) => agent._id !== id && isAdministrator(agent))) return;
    throw new HubError(
      'conflict',
      'This is the last active administrator: make somebody else an administrator first, or nobody could change settings',
    );
  }

  private async enforce(before: Agent, after: Agent): Promise<void> {
    this.consoles.stale('agents');
    await this.directory.tell(after._id);
    if (before.active && !after.active) {
      await this.sessions.endAll(after._id);
      this.consoles.signOutAgent(after._id);
      await this.directory.announceState(after._id);
    } else if (before.role !== after.role || before.queueIds.join() !== after.queueIds.join()) {
      this.consoles.reconnectAgent(after._id);
    }
  }
}

const isAdministrator = (agent: Agent) => agent.role === 'administrator' && agent.active && agent.passwordHash !== null;

const defined = (wanted: Wanted) =>
  Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as Partial<Agent>;

function differences(before: Agent, after: Agent): Record<string, unknown> {
  const fields = ['name', 'role', 'active', 'queueIds', 'capacity', 'skills'] as const;
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return Object.fromEntries(changed.map((field) => [field, { from: before[field], to: after[field] }]));
}
