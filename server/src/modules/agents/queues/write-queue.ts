import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, QueueView } from '@switchboard/contract';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Audit } from '../../audit/index.ts';
import { Queues, type Queue } from '../../queues/index.ts';
import { ConsoleSockets } from '../console-sockets.ts';
import { QueueMembers } from './queue-members.ts';

/** Makes and changes queues together with who is in them. */
@Injectable()
export class WriteQueue {
  constructor(
    @Inject(Queues) private readonly queues: Queues,
    @Inject(QueueMembers) private readonly members: QueueMembers,
    @Inject(ConsoleSockets) private readonly consoles: ConsoleSockets,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async create(caller: Caller, wanted: Call<Api['queues.create']>['body']): Promise<QueueView> {
    const { agentIds, ...settings } = wanted;
    await this.members.check(agentIds);
    const queue = await this.queues.add(settings);
    return this.finish(caller, 'queue.created', queue, wanted);
  }

  async change(caller: Caller, id: string, wanted: Call<Api['queues.update']>['body']): Promise<QueueView> {
    const { agentIds, ...settings } = wanted;
    if (agentIds !== undefined) await this.members.check(agentIds);
    const queue = await this.queues.change(id, settings);
    return this.finish(caller, 'queue.updated', queue, wanted);
  }

  private async finish(caller: Caller, action: string, queue: Queue, wanted: { agentIds?: string[] | undefined }) {
    const moved = wanted.agentIds === undefined ? [] : await this.members.set(queue.id, wanted.agentIds);
    await this.audit.record({ caller, action, subject: queue.id, detail: { ...wanted } });
    await this.queues.tell(queue.id);
    this.consoles.stale('queues');
    for (const agentId of moved) this.consoles.reconnectAgent(agentId);
    return queueView(queue, (await this.members.of([queue.id])).get(queue.id) ?? []);
  }
}

export const queueView = (queue: Queue, agentIds: string[]): QueueView => ({ ...queue, agentIds });
