import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Agent } from '../agent.schema.ts';
import { Sessions } from '../sessions/sessions.ts';

/** Membership is kept with the agent: every request needs its caller's queues, few need a queue's agents. */
@Injectable()
export class QueueMembers {
  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  async of(queueIds: readonly string[]): Promise<Map<string, string[]>> {
    const filter = { queueIds: { $in: [...queueIds] } };
    const agents = await this.agents.find(filter, { queueIds: 1 }).lean<Pick<Agent, '_id' | 'queueIds'>[]>();
    return new Map(
      queueIds.map((queueId) => [
        queueId,
        agents.filter((agent) => agent.queueIds.includes(queueId)).map(({ _id }) => _id),
      ]),
    );
  }

  async check(agentIds: readonly string[]): Promise<void> {
    const wanted = [...new Set(agentIds)];
    if (wanted.length === (await this.agents.countDocuments({ _id: { $in: wanted } }))) return;
    const message = 'At least one of these agents does not exist';
    throw new HubError('invalid', message, { fields: [{ path: 'agentIds', message }] });
  }

  /** Makes these the queue's agents; answers whose queues changed. */
  async set(queueId: string, agentIds: readonly string[]): Promise<string[]> {
    const before = (await this.of([queueId])).get(queueId) ?? [];
    const joining = agentIds.filter((id) => !before.includes(id));
    const leaving = before.filter((id) => !agentIds.includes(id));
    await this.agents.updateMany({ _id: { $in: joining } }, { $addToSet: { queueIds: queueId } });
    await this.agents.updateMany({ _id: { $in: leaving } }, { $pull: { queueIds: queueId } });
    await this.sessions.readAnew();
    return [...joining, ...leaving];
  }
}
