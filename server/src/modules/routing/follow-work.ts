import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { quickFind } from '../../platform/database/quick.ts';
import { BeginWrapUp } from '../agent-states/index.ts';
import { Queues, type Queue } from '../queues/index.ts';
import type { Ticket, TicketEvent } from '../tickets/index.ts';
import { AssignTicket } from './assign-ticket.ts';
import { JudgeTicket } from './judge-ticket.ts';
import { LoadGuard } from './load-guard.ts';
import { FollowOffers } from './offers/follow-offers.ts';
import { Opening } from './opening.ts';
import { ReturnWork } from './returns/return-work.ts';
import { RouteWaiting } from './route-waiting.ts';
import { ExpectWait } from './wait/expect-wait.ts';
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
    @Inject(Opening) private readonly opening: Opening,
    @Inject(FollowOffers) private readonly offers: FollowOffers,
    @Inject(ExpectWait) private readonly expect: ExpectWait,
    @Inject(RouteWaiting) private readonly route: RouteWaiting,
    @Inject(AssignTicket) private readonly assign: AssignTicket,
    @Inject(BeginWrapUp) private readonly wrapUp: BeginWrapUp,
    @Inject(ReturnWork) private readonly returns: ReturnWork,
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
  async moved(event: TicketEvent, { isGiven = false } = {}): Promise<void> {
    const { ticketId, leftAssigneeId } = event;
    await this.warm();
    const ticket = await quickFind(this.tickets, { _id: ticketId });
    if (ticket === null) return;
    // Before anything is given to who has just finished this.
    const finished = await this.wrapUp.after(event, ticket);
    if (finished !== null) await this.standings.read([finished]);
    const { assigneeId, active } = ticket;
    if (isGiven && assigneeId !== null && leftAssigneeId === undefined) await this.expect.drained(ticket);
    await this.offers.moved(ticket);
    const free = new Set(leftAssigneeId === undefined ? [] : [leftAssigneeId]);
    if (assigneeId !== null && !active && this.standings.has(assigneeId, ticketId)) free.add(assigneeId);
    const isNew = assigneeId !== null && active && !this.standings.has(assigneeId, ticketId);
    await Promise.all([...free].map((agentId) => this.guard.idle(agentId)));
    await this.standings.readWork([...free, ...(isNew ? [assigneeId] : [])]);
    await this.routeFor([...free], isWaiting(ticket) ? [ticket.queueId] : []);
  }

  async agent(agentId: string): Promise<void> {
    await this.warm();
    const hasCome = await this.standings.read([agentId]);
    if (hasCome.length > 0) await this.guard.idle(agentId);
    await this.offers.agent(agentId, this.standings.stateOf(agentId));
    if (this.standings.stateOf(agentId) === 'offline') await this.returns.of(agentId);
    await this.routeFor([agentId]);
  }

  async offerEnded({ agentId, queueId }: { agentId: string; queueId: string }): Promise<void> {
    await this.warm();
    await this.standings.readWork([agentId]);
    await this.routeFor([agentId], [queueId]);
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
    await this.offers.overdue();
    const due: string[] = [];
    for (const queue of await this.queues.all())
      if (movesOn(queue) || (await this.hasRoom(queue.id))) due.push(queue.id);
    await this.route.run(due);
    return this.judge.nextIdle(this.standings.all());
  }

  /** What could go to these agents now, and these queues. */
  private async routeFor(agentIds: readonly string[], queueIds: readonly string[] = []): Promise<void> {
    const own = this.standings.queuesOf(agentIds);
    await this.route.run([...new Set([...own, ...(await this.opening.helpedBy(own)), ...queueIds])]);
  }

  /** Somebody of the queue, or of one that may help it out. */
  private async hasRoom(queueId: string): Promise<boolean> {
    const overflow = (await this.queues.byId(queueId))?.routing.overflow ?? [];
    return this.judge.someRoom(this.standings.of([queueId, ...overflow.flatMap(({ queueIds }) => queueIds)]));
  }

  private async warm(): Promise<void> {
    if (this.isCold) await this.standings.readAll();
    this.isCold = false;
  }
}

const movesOn = ({ routing }: Queue): boolean => routing.overflow.some(({ does }) => does === 'move');
const isWaiting = ({ assigneeId, active }: Ticket): boolean => assigneeId === null && active;
