import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../../platform/http/operation.ts';
import { Queues } from '../../queues/index.ts';
import { QueueMembers } from './queue-members.ts';
import { queueView, WriteQueue } from './write-queue.ts';

@Controller()
export class QueuesController {
  constructor(
    @Inject(Queues) private readonly queues: Queues,
    @Inject(QueueMembers) private readonly members: QueueMembers,
    @Inject(WriteQueue) private readonly write: WriteQueue,
  ) {}

  @Operation('queues.list')
  async list(@Asked('queues.list') { query }: Call<Api['queues.list']>) {
    const { cursor = '', limit } = query;
    const rest = (await this.queues.all()).filter(({ id }) => id > cursor);
    const items = rest.slice(0, limit);
    const members = await this.members.of(items.map(({ id }) => id));
    return {
      items: items.map((queue) => queueView(queue, members.get(queue.id) ?? [])),
      next: rest.length > limit ? (items.at(-1)?.id ?? null) : null,
    };
  }

  @Operation('queues.create')
  create(@CalledBy() caller: Caller, @Asked('queues.create') { body }: Call<Api['queues.create']>) {
    return this.write.create(caller, body);
  }

  @Operation('queues.update')
  change(@CalledBy() caller: Caller, @Asked('queues.update') { params, body }: Call<Api['queues.update']>) {
    return this.write.change(caller, params['id'] ?? '', body);
  }
}
