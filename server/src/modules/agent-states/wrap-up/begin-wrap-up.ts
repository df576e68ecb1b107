import { Inject, Injectable } from '@nestjs/common';
import type { ChannelKind } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import type { Agent } from '../../agents/index.ts';
import { Organisations } from '../../organisation/index.ts';
import { ReadTicket, type StoredEntry, type Ticket, type TicketEvent } from '../../tickets/index.ts';
import { ChangeState } from '../change-state.ts';
import { EndWrapUp } from './end-wrap-up.ts';

/** Of one agent, in the time that a wrap-up takes. */
const MOST_BEHIND = 20;

interface Begun {
  /** As they are now. */
  readonly agent: Agent;
  /** It began just now. */
  readonly changed: boolean;
}

/** Who has resolved a ticket has its channel's time to write down what is left, before more is given to them. */
@Injectable()
export class BeginWrapUp {
  constructor(
    @Inject('tickets') private readonly work: Model<Ticket>,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(ReadTicket) private readonly tickets: ReadTicket,
    @Inject(ChangeState) private readonly change: ChangeState,
    @Inject(EndWrapUp) private readonly timer: EndWrapUp,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Asked by the routing before it gives something to somebody: a ticket that they have resolved may be stored, and its event not
   * be here yet. Answers whether they are in that wrap-up, whoever began it.
   */
  async behind(agentId: string): Promise<boolean> {
    const timed = await this.timed();
    if (timed.length === 0) return false;
    const longest = Math.max(...timed.map(([, seconds]) => seconds));
    const since = new Date(this.clock.now().getTime() - longest * 1000);
    const channel = { $in: timed.map(([name]) => name) };
    const ended = await this.work
      .find({ assigneeId: agentId, active: false, updatedAt: { $gt: since }, channel })
      .hint({ assigneeId: 1, active: 1, updatedAt: -1, _id: -1 })
      .sort({ updatedAt: -1, _id: -1 })
      .limit(MOST_BEHIND)
      .lean<Ticket[]>();
    const entries = await Promise.all(ended.map(({ _id }) => this.tickets.resolution(_id)));
    let isBehind = false;
    for (const [at, ticket] of ended.entries()) {
      const entry = entries[at] ?? null;
      const found = entry === null ? null : await this.begin(entry, ticket);
      if (found?.agent._id === agentId) isBehind = found.agent.state === 'wrap-up';
    }
    return isBehind;
  }

  /** Asked by the routing of each change that moves work, before it looks who is free. Told twice, it begins once. Answers whose began. */
  async after(event: TicketEvent, ticket: Ticket): Promise<string | null> {
    const { channel, status } = ticket;
    if (status !== 'resolved' || (await this.secondsOf(channel)) === null) return null;
    const entry = await this.tickets.stored(event.entryId);
    const found = entry === null ? null : await this.begin(entry, ticket);
    return found?.changed ? found.agent._id : null;
  }

  private async begin(entry: StoredEntry, { channel, status, callOverAt }: Ticket): Promise<Begun | null> {
    // After a call it began with the call's end.
    if (status !== 'resolved' || callOverAt !== undefined) return null;
    if (entry.author.id == null || !(await this.isResolution(entry))) return null;
    return this.afterWork(entry.author.id, channel, entry.at);
  }

  /** What took somebody's time has ended. Told twice, it begins once. null: it was too long ago, or takes no wrap-up. */
  async afterWork(agentId: string, channel: ChannelKind, at: Date): Promise<Begun | null> {
    const seconds = await this.secondsOf(channel);
    if (seconds === null) return null;
    const until = new Date(at.getTime() + seconds * 1000);
    if (until <= this.clock.now()) return null;
    const work = { kind: 'work-ended', at, until } as const;
    const { agent, changed } = await this.change.run({ agentId, event: work, cause: 'wrap-up' });
    // Also where it had begun: who was killed in between has set no timer.
    if (agent.state === 'wrap-up' && agent.until != null) await this.timer.schedule(agent._id, agent.until);
    return { agent, changed };
  }

  private async secondsOf(channel: ChannelKind): Promise<number | null> {
    return (await this.organisations.read()).capacity.channels[channel].wrapUpSeconds;
  }

  /** The channels after which there is one, and how long it is in seconds. */
  private async timed(): Promise<[ChannelKind, number][]> {
    const { channels } = (await this.organisations.read()).capacity;
    return Object.entries(channels).flatMap(([name, { wrapUpSeconds }]) =>
      wrapUpSeconds === null ? [] : [[name as ChannelKind, wrapUpSeconds]],
    );
  }

  private async isResolution(entry: StoredEntry): Promise<boolean> {
    if (entry.author.kind !== 'agent') return false;
    if (entry.type === 'event') return entry.event === 'status.changed' && entry.to === 'resolved';
    if (entry.type !== 'message' || entry.patch.status !== 'resolved') return false;
    if (entry.releases === undefined) return true;
    // A reply that went out at its time was nobody's work just then.
    const held = await this.tickets.stored(entry.releases);
    return held?.type === 'held' && held.kind === 'undo';
  }
}
