import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { quickFind } from '../../platform/database/quick.ts';
import { Queues } from '../queues/index.ts';
import type { Ticket, TicketEvent } from '../tickets/index.ts';
import { AssignTicket } from './assign-ticket.ts';
import { JudgeTicket } from './judge-ticket.ts';
import { LoadGuard } from './load-guard.ts';
import { RouteWaiting } from './route-waiting.ts';
import { Standings } from './standings.ts';

/** What each change of work, or of who may have it, makes the routing look at. */
@Injectable()
export class FollowWork {
  private isCold = true;

  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Standings) private readonly standings: Standings,
    @Inject(JudgeTicket) private readonly judge: JudgeTicket,
    @Inject(LoadGuard) private readonly guard: LoadGuard,
    @Inject(RouteWaiting) private readonly route: RouteWaiting,
    @Inject(AssignTicket) private readonly assign: AssignTicket,
  ) {}

  async opened({ ticketId, queueId }: TicketEvent): Promise<void> {
    await this.warm();
    // In its turn: older ones go first.
    if (await this.hasRoom(queueId)) await this.route.run([queueId]);
    const ticket = await quickFind(this.tickets, { _id: ticketId });
    // Says why it waits.
    if (ticket !== null && isWaiting(ticket)) await this.assign.run(ticket);
  }

  /** It changed hands, queue or state. */
  async moved({ ticketId, leftAssigneeId }: TicketEvent): Promise<void> {
    await this.warm();
    const ticket = await quickFind(this.tickets, { _id: ticketId });
    if (ticket === null) return;
    const { assigneeId, active } = ticket;
    const free = new Set(leftAssigneeId === undefined ? [] : [leftAssigneeId]);
    if (assigneeId !== null && !active && this.standings.has(assigneeId, ticketId)) free.add(assigneeId);
    const isNew = assigneeId !== null && active && !this.standings.has(assigneeId, ticketId);
    await Promise.all([...free].map((agentId) => this.guard.idle(agentId)));
    await this.standings.readWork([...free, ...(isNew ? [assigneeId] : [])]);
    await this.route.run([
      ...new Set([...this.standings.queuesOf([...free]), ...(isWaiting(ticket) ? [ticket.queueId] : [])]),
    ]);
  }

  async agent(agentId: string): Promise<void> {
    await this.warm();
    const hasCome = await this.standings.read([agentId]);
    if (hasCome.length > 0) await this.guard.idle(agentId);
    await this.route.run(this.standings.queuesOf([agentId]));
  }

  /** Told after it was written: what was remembered of queues before is not decided by. */
  async queue(queueId: string): Promise<void> {
    await this.queues.readAnew();
    await this.standings.readAll();
    await this.route.run([queueId]);
  }

  /** What nothing tells of. It takes its time, and runs beside what is decided meanwhile. */
  async lookAround(): Promise<void> {
    await this.standings.readAll();
    this.isCold = false;
  }

  /** Answers when the next conversation stops counting. */
  async sweep(): Promise<Date | null> {
    await this.warm();
    const withRoom: string[] = [];
    for (const { id } of await this.queues.all()) if (await this.hasRoom(id)) withRoom.push(id);
    await this.route.run(withRoom);
    return this.judge.nextIdle(this.standings.all());
  }

  private hasRoom(queueId: string): Promise<boolean> {
    return this.judge.someRoom(this.standings.ofQueue(queueId));
  }

  private async warm(): Promise<void> {
    if (this.isCold) await this.standings.readAll();
    this.isCold = false;
  }
}

const isWaiting = ({ assigneeId, active }: Ticket): boolean => assigneeId === null && active;
