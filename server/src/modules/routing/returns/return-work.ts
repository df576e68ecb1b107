import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Capacity, ChannelKind, Passing } from '@switchboard/contract';
import type { Model, QueryFilter } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Jobs } from '../../../platform/jobs/index.ts';
import { Sockets } from '../../../platform/live/sockets.ts';
import { CLOCK, JOBS } from '../../../platform/tokens.ts';
import { Agents, type Agent } from '../../agents/index.ts';
import { Audit } from '../../audit/index.ts';
import { liveChannels } from '../../channels/index.ts';
import { Organisations } from '../../organisation/index.ts';
import { Queues } from '../../queues/index.ts';
import { AppendEntry, FindAssignment, type Ticket } from '../../tickets/index.ts';
import { dueChannels, returnOf, type Return } from './due.ts';
import { FindGone, type Goer } from './find-gone.ts';

const SWEEP_MS = 5_000;
/** So many at a time; the next sweep takes the rest. */
const MOST = 500;
/** So many of them an agent is told of. */
const MOST_TOLD = 50;
type Told = NonNullable<Agent['returned']>[number];

/** What an agent had who is gone goes back to its queue, keeping its place by age. */
@Injectable()
export class ReturnWork implements OnModuleInit {
  private readonly live: ReadonlySet<ChannelKind> = new Set(liveChannels());

  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(FindGone) private readonly gone: FindGone,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(FindAssignment) private readonly assignments: FindAssignment,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(Agents) private readonly directory: Agents,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Also finds the customer who writes to somebody who has been gone for long. */
  onModuleInit(): void {
    this.jobs.every('return-work', SWEEP_MS, async () => this.from(await this.gone.all()));
  }

  /** Of somebody of whom something was told: who chose to go leaves what they had at once. */
  async of(agentId: string): Promise<void> {
    const goer = await this.gone.one(agentId);
    if (goer !== null) await this.from([goer]);
  }

  /** How many would go back if the agent chose to go now. */
  async leaving(agentId: string): Promise<number> {
    const { channels } = (await this.organisations.read()).capacity;
    const kept = [...this.live].filter((channel) => channels[channel].returnSeconds !== null);
    return (await this.heldBy([agentId], kept)).length;
  }

  /** The agent has been told. */
  async heard(agentId: string): Promise<void> {
    await this.agents.updateOne({ _id: agentId }, { $set: { returned: [] } });
    await this.directory.announceState(agentId);
  }

  private async from(goers: readonly Goer[]): Promise<void> {
    const { channels } = (await this.organisations.read()).capacity;
    const now = this.clock.now();
    const due = new Map(goers.map((goer) => [goer.id, dueChannels(goer, channels, this.live, now)]));
    const leavers = goers.filter(({ id }) => due.get(id)?.length);
    const choosers = leavers.filter(({ byChoice }) => byChoice).map(({ id }) => id);
    const held = await this.heldBy(
      leavers.map(({ id }) => id),
      [...new Set([...due.values()].flat())],
      // What the customer is to answer goes back only where its agent chose to go, and the customer is there.
      { $or: [{ waitingSince: { $ne: null } }, { assigneeId: { $in: choosers }, channel: { $in: [...this.live] } }] },
    );
    for (const goer of leavers) {
      const theirs = held.filter(
        ({ assigneeId, channel }) => assigneeId === goer.id && due.get(goer.id)?.includes(channel),
      );
      if (theirs.length > 0) await this.take(goer, theirs, channels);
    }
  }

  private async heldBy(
    agentIds: readonly string[],
    channels: readonly ChannelKind[],
    which: QueryFilter<Ticket> = {},
  ): Promise<Ticket[]> {
    if (agentIds.length === 0 || channels.length === 0) return [];
    return this.tickets
      .find({ assigneeId: { $in: [...agentIds] }, active: true, channel: { $in: [...channels] }, ...which })
      .hint({ assigneeId: 1, active: 1, channel: 1 })
      .limit(MOST)
      .lean<Ticket[]>();
  }

  private async take(goer: Goer, held: readonly Ticket[], channels: Capacity['channels']): Promise<void> {
    const names = await this.queues.names();
    const back: Told[] = [];
    let why: Return | null = null;
    for (const ticket of held) {
      const given = await this.assignments.last(ticket._id);
      const givenAt = given === null ? ticket.createdAt : new Date(given.view.at);
      const due = returnOf({ ...ticket, givenAt }, goer, channels, this.live, this.clock.now());
      if (due === null || !(await this.giveBack(ticket, goer, due, names.get(ticket.queueId) ?? null))) continue;
      why = due;
      const { _id: ticketId, number, customerName: customer } = ticket;
      back.push({ ticketId, number, customer, queue: names.get(ticket.queueId) ?? '', at: this.clock.now() });
    }
    if (why !== null) await this.tell(goer, back, why);
  }

  /** False: somebody was faster, or there is an answer. */
  private async giveBack(seen: Ticket, goer: Goer, { afterSeconds }: Return, queue: string | null): Promise<boolean> {
    const { ok } = await this.append.to(seen._id, (ticket) => {
      if (ticket.assigneeId !== goer.id || !ticket.active) return null;
      if (afterSeconds !== null && ticket.waitingSince === null) return null;
      return {
        topic: 'ticket.assigned',
        entry: {
          type: 'event',
          author: { kind: 'system', id: null, name: 'Switchboard' },
          event: 'assignee.gone',
          from: goer.name,
          to: queue,
          did: [afterSeconds === null ? 'left' : String(afterSeconds)],
        },
        patch: { assigneeId: null },
      };
    });
    return ok;
  }

  private async tell({ id, name }: Goer, back: readonly Told[], { afterSeconds }: Return): Promise<void> {
    const numbers = back.map(({ number }) => number);
    await this.audit.record({
      caller: null,
      action: 'agent.work-returned',
      subject: id,
      detail: { agent: name, tickets: numbers, afterSeconds },
    });
    // Who chose it was told before.
    if (afterSeconds === null) return;
    await this.agents.updateOne({ _id: id }, { $push: { returned: { $each: [...back], $slice: -MOST_TOLD } } });
    await this.directory.announceState(id);
    // Back just now, and not told of it by what they have read.
    const event: Passing = { type: 'work-returned' };
    this.sockets.emit('/console', `agent:${id}`, 'passing', event);
  }
}
