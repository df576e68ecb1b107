import { Inject, Injectable } from '@nestjs/common';
import type { CallTarget } from '@switchboard/contract';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Agents } from '../../agents/index.ts';
import { Audit } from '../../audit/index.ts';
import { Queues } from '../../queues/index.ts';
import type { Call, Person } from '../call.schema.ts';
import { Calls } from '../calls.ts';
import { CallRulesBook } from '../rules/call-rules-book.ts';

export interface Target {
  readonly agent: Person | null;
  readonly queueId?: string;
  readonly name: string;
}
export interface Asked {
  readonly kind: 'agent' | 'queue' | 'number';
  readonly name: string;
  readonly agentIds: readonly string[];
  readonly number: string | null;
}

/** Whom a call may go to. */
@Injectable()
export class Targets {
  constructor(
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Calls) private readonly calls: Calls,
    @Inject(CallRulesBook) private readonly rules: CallRulesBook,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async of(to: Exclude<CallTarget, { number: string }>): Promise<Target> {
    if ('queueId' in to) {
      const queue = await this.queue(to.queueId);
      return { agent: null, queueId: queue.id, name: queue.name };
    }
    const agent = await this.agent(to.agentId);
    return { agent, name: agent.name };
  }

  /** Who can talk now. Of a queue: those who are ready; the first to answer has it. */
  async toAsk(caller: Caller, call: Call, to: CallTarget): Promise<Asked> {
    if ('number' in to) return this.number(caller, call, to.number);
    if ('queueId' in to) return this.readyOf(await this.queue(to.queueId), caller, call);
    const { id, name } = await this.agent(to.agentId);
    if (id === caller.id) throw new HubError('invalid', 'That is you: choose somebody else');
    if (await this.calls.isBusy(id, call._id))
      throw new HubError('conflict', `${name} is in a call: choose somebody else, or a queue`);
    return { kind: 'agent', name, agentIds: [id], number: null };
  }

  /** Outside numbers cost money and are nobody's of ours: only where that is allowed, and the audit log keeps each. */
  async number(caller: Caller, call: Call, number: string): Promise<Asked> {
    if (!(await this.rules.of(call.channelAccountId)).outsideNumbers)
      throw new HubError(
        'forbidden',
        'Calls of this number may not go to outside numbers: an administrator can allow it under Settings › Channels',
      );
    await this.audit.record({ caller, action: 'call.number-asked', subject: call._id, detail: { number } });
    return { kind: 'number', name: number, agentIds: [], number };
  }

  private async readyOf({ id, name }: { id: string; name: string }, caller: Caller, call: Call): Promise<Asked> {
    const ready = (await this.agents.readyFor(id)).filter((agent) => agent.id !== caller.id);
    const ids = ready.map((agent) => agent.id);
    const busy = await this.calls.busyOf(ids, call._id);
    const agentIds = ids.filter((each) => !busy.has(each));
    if (agentIds.length === 0)
      throw new HubError(
        'conflict',
        `Nobody of ${name} is free to talk: transfer the call there, or ask somebody else`,
      );
    return { kind: 'queue', name, agentIds, number: null };
  }

  private async queue(id: string): Promise<{ id: string; name: string }> {
    const queue = await this.queues.byId(id);
    if (queue === null) throw new HubError('invalid', 'There is no such queue');
    return queue;
  }

  private async agent(id: string): Promise<Person> {
    const agent = await this.agents.byId(id);
    if (agent === null || !agent.active) throw new HubError('invalid', 'There is no such colleague');
    if (!(await this.agents.connected()).has(agent._id))
      throw new HubError('conflict', `${agent.name} has no console open: choose somebody else, or a queue`);
    return { id: agent._id, name: agent.name };
  }
}
