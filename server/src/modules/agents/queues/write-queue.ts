import { Inject, Injectable } from '@nestjs/common';
import { OPENING_HOURS, type Api, type Call, type QueueRouting, type QueueView } from '@switchboard/contract';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Audit } from '../../audit/index.ts';
import { Calendars } from '../../calendars/index.ts';
import { Queues, type Queue } from '../../queues/index.ts';
import { ConsoleSockets } from '../console-sockets.ts';
import { KnownQueues } from './known-queues.ts';
import { QueueMembers } from './queue-members.ts';

/** Makes and changes queues together with who is in them. */
@Injectable()
export class WriteQueue {
  constructor(
    @Inject(Queues) private readonly queues: Queues,
    @Inject(KnownQueues) private readonly known: KnownQueues,
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(QueueMembers) private readonly members: QueueMembers,
    @Inject(ConsoleSockets) private readonly consoles: ConsoleSockets,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async create(caller: Caller, wanted: Call<Api['queues.create']>['body']): Promise<QueueView> {
    const { agentIds, ...settings } = wanted;
    await this.members.check(agentIds);
    await this.checkRouting(settings.routing);
    const queue = await this.queues.add(settings);
    return this.finish(caller, 'queue.created', queue, wanted);
  }

  async change(caller: Caller, id: string, wanted: Call<Api['queues.update']>['body']): Promise<QueueView> {
    const { agentIds, ...settings } = wanted;
    if (agentIds !== undefined) await this.members.check(agentIds);
    await this.checkRouting(settings.routing);
    const queue = await this.queues.change(id, settings);
    return this.finish(caller, 'queue.updated', queue, wanted);
  }

  /** HubError `invalid` of what names something that is not there. */
  async checkRouting(routing: QueueRouting | undefined): Promise<void> {
    if (routing === undefined) return;
    await this.known.check(
      routing.overflow.flatMap(({ queueIds }) => queueIds),
      'routing.overflow',
    );
    const { calendarId } = routing.hours;
    if (calendarId === null || calendarId === OPENING_HOURS || (await this.calendars.byId(calendarId)) !== null) return;
    const message = 'There is no such calendar';
    throw new HubError('invalid', message, { fields: [{ path: 'routing.hours.calendarId', message }] });
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
