import {
  DEFAULT_CAPACITY,
  DEFAULT_QUEUE_ROUTING,
  type AgentState,
  type Capacity,
  type ChannelKind,
  Priority,
  type QueueRouting,
  type Skill,
} from '@switchboard/contract';
import type { Calendar } from '../../../server/src/modules/calendars/index.ts';
import { loadOf } from '../../../server/src/modules/routing/capacity.ts';
import type { AgentLoad } from '../../../server/src/modules/routing/agent-load.schema.ts';
import type { TicketOffers } from '../../../server/src/modules/routing/offers/offer.schema.ts';
import { refusalsOf } from '../../../server/src/modules/routing/offers/refusals.ts';
import type { Change, Ticket } from '../../../server/src/modules/tickets/index.ts';
import { blankTicket } from '../../../server/src/modules/tickets/receiving/blank-ticket.ts';
import { aDecider, type Decider } from './decider.ts';
import { copyOf, MemoryCollection } from './memory-collection.ts';

export interface WorldQueue {
  readonly id: string;
  readonly routing: QueueRouting;
}
export interface Desk {
  readonly id: string;
  readonly queueIds: readonly string[];
  readonly skills: readonly Skill[];
  readonly capacity: number;
  state: AgentState;
  isThere: boolean;
  pausedChannels: readonly ChannelKind[];
}
interface Settings {
  readonly queues: readonly WorldQueue[];
  readonly desks: readonly Desk[];
  /** How many processes decide at once, in any order of their steps. */
  readonly deciders: number;
  readonly seed: number;
  readonly at: Date;
  readonly calendars?: ReadonlyMap<string, Calendar>;
}
type Told = (decider: Decider) => Promise<void>;
type Handler = (job: { data: unknown; dueAt: Date }) => Promise<void>;
/** Work that the routing gave, or was offered to somebody. */
export interface Gift {
  readonly ticket: Ticket;
  readonly agentId: string;
  readonly at: Date;
  /** Its agent had said yes to it. */
  readonly byOffer: boolean;
}

/** Nobody falls idle, so that what somebody has grows by what is given alone. */
const capacity: Capacity = {
  ...DEFAULT_CAPACITY,
  channels: Object.fromEntries(
    Object.entries(DEFAULT_CAPACITY.channels).map(([channel, load]) => [channel, { ...load, idleMinutes: null }]),
  ) as Capacity['channels'],
};
const { channels } = capacity;

/** The routing's own classes over a store in memory and a clock that the test moves. Deterministic by its seed. */
export class RoutingWorld {
  readonly desks: ReadonlyMap<string, Desk>;
  readonly tickets: MemoryCollection<Ticket>;
  readonly offers: MemoryCollection<TicketOffers>;
  readonly gifts: Gift[] = [];
  /** Who was given more by a person than there was room for. */
  readonly overloaded = new Set<string>();
  /** How often each ticket was given to somebody. */
  readonly given = new Map<string, number>();
  readonly deciders: readonly Decider[];
  private readonly random: () => number;
  private readonly told: Told[] = [];
  private readonly due = new Map<string, { dueAt: Date; data: unknown }>();
  private readonly handlers: Handler[] = [];
  private ms: number;
  private ids = 0;

  constructor({ queues, desks, deciders, seed, at, calendars = new Map() }: Settings) {
    this.ms = at.getTime();
    this.random = mulberry32(seed);
    this.desks = new Map(desks.map((desk) => [desk.id, desk]));
    const turn = deciders > 1 ? () => this.turn() : async () => undefined;
    this.tickets = new MemoryCollection<Ticket>(turn);
    this.offers = new MemoryCollection<TicketOffers>(turn);
    const all = queues.map(({ id, routing }) => ({ id, name: id, routing }));
    const around = {
      tickets: this.tickets,
      offers: this.offers,
      loads: new MemoryCollection<AgentLoad>(turn),
      decisions: new MemoryCollection<{ _id: string }>(turn),
      agents: {
        members: async (ids?: string[]) => (await turn(), this.members(({ id }) => ids?.includes(id) ?? true)),
        names: async () => new Map(desks.map(({ id }) => [id, { id, name: id }])),
      },
      queues: {
        all: async () => all,
        byId: async (id: string) => all.find((queue) => queue.id === id) ?? null,
        names: async () => new Map(all.map(({ id, name }) => [id, name])),
      },
      calendars: { byId: async (id: string) => calendars.get(id) ?? null },
      organisations: { read: async () => ({ capacity }) },
      append: {
        to: async (id: string, plan: (ticket: Ticket) => Change | null) => (await turn(), this.append(id, plan)),
      },
      bus: { publish: async ({ topic, payload }: { topic: string; payload: never }) => this.hear(topic, payload) },
      jobs: {
        handle: (_: string, handler: Handler) => this.handlers.push(handler),
        schedule: async ({ key, dueAt, data }: { key: string; dueAt: Date; data: unknown }) =>
          void this.due.set(key, { dueAt, data }),
      },
      newId: () => this.newId(),
      clock: { now: () => this.now },
    };
    this.deciders = Array.from({ length: deciders }, () => aDecider(around));
  }

  get now(): Date {
    return new Date(this.ms);
  }
  /** Some number below `below`. */
  pick(below: number): number {
    return Math.floor(this.random() * below);
  }
  /** With nobody, and of an open customer. */
  get waiting(): Ticket[] {
    return [...this.tickets.documents.values()].filter(({ active, assigneeId }) => active && assigneeId === null);
  }
  workOf(agentId: string): Ticket[] {
    return [...this.tickets.documents.values()].filter(({ active, assigneeId }) => active && assigneeId === agentId);
  }
  /** What is offered and not answered. */
  get open(): { ticketId: string; offerId: string; agentId: string; at: Date }[] {
    return [...this.offers.documents.values()].flatMap(({ _id, open }) =>
      open === null ? [] : [{ ticketId: _id, offerId: open.id, agentId: open.agent.id, at: open.at }],
    );
  }

  arrives(queueId: string, channel: ChannelKind, priority: Priority = 'normal'): Ticket {
    const customer = { _id: this.newId(), name: 'Cy', words: [] };
    const opening = { openedBy: this.newId(), customer, queueId, channel, subject: 'Help', parts: [] };
    const ids = { _id: this.newId(), number: this.ids, now: this.now };
    const ticket = { ...blankTicket(opening, ids), priority, waitingSince: this.now };
    this.tickets.put(ticket);
    const event = { ticketId: ticket._id, seq: 0, queueId, entryId: '' };
    this.told.push(({ follow }) => follow.opened(event));
    return ticket;
  }
  changes(agentId: string, change: Partial<Pick<Desk, 'state' | 'isThere' | 'pausedChannels'>>): void {
    Object.assign(this.desk(agentId), change);
    this.told.push(({ follow }) => follow.agent(agentId));
  }
  resolves(ticketId: string): void {
    this.append(ticketId, ({ active }) => (active ? by('person', { status: 'resolved', active: false }) : null));
  }
  transfers(ticketId: string, queueId: string): void {
    this.append(ticketId, ({ active }) => (active ? by('person', { queueId, assigneeId: null }) : null));
  }
  /** Whatever the agent has already. */
  gives(ticketId: string, agentId: string): void {
    const { ok } = this.append(ticketId, ({ active }) => (active ? by('person', { assigneeId: agentId }) : null));
    if (ok) this.overloaded.add(agentId);
  }
  async answers(agentId: string, says: 'accept' | 'decline'): Promise<void> {
    const offer = this.open.find((each) => each.agentId === agentId);
    const decider = this.deciders[this.pick(this.deciders.length)];
    if (offer === undefined || decider === undefined) return;
    // Late: it was withdrawn, or its time is over.
    await decider.answer[says]({ id: agentId } as never, offer.offerId).catch(ofConflict);
  }
  /** Time passes; what is due by then happens. */
  async passes(ms: number): Promise<void> {
    this.ms += ms;
    for (const [key, job] of this.due) {
      if (job.dueAt.getTime() > this.ms) continue;
      this.due.delete(key);
      await this.handlers[this.pick(this.handlers.length)]?.(job);
    }
  }
  sweeps(): void {
    this.told.push(async ({ follow }) => {
      await follow.lookAround();
      await follow.sweep();
    });
  }

  /** All that was told is decided, by all deciders at once. */
  async settles(): Promise<void> {
    // What was read in the round before is not fresh any more (assign-ticket.ts).
    this.ms += 100;
    const work = async (decider: Decider) => {
      for (let next = this.told.shift(); next !== undefined; next = this.told.shift()) await next(decider);
    };
    while (this.told.length > 0) await Promise.all(this.deciders.map(work));
    for (const id of this.overloaded) if (this.hasRoom(id)) this.overloaded.delete(id);
  }

  /** What must hold whenever everything is decided: the first that does not, in words; null: all does. */
  trouble(): string | null {
    const open = this.open;
    for (const { id } of this.desks.values())
      if (!this.overloaded.has(id) && !this.hasRoom(id)) return `${id} has more than there is room for`;
    for (const { ticketId } of open) {
      const ticket = this.tickets.documents.get(ticketId);
      if (ticket?.active !== true || ticket.assigneeId !== null) return `${ticketId} is offered and needs nobody`;
    }
    for (const { _id, past } of this.offers.documents.values()) {
      const taken = past.filter(({ how }) => how === 'accepted').length;
      if (taken > (this.given.get(_id) ?? 0)) return `${_id} was accepted more often than it was given`;
      for (const [at, offer] of past.entries())
        if (at > 0 && offer.at < (past[at - 1]?.endedAt ?? offer.at)) return `${_id} was offered to two at once`;
    }
    return null;
  }

  /**
   * Something that was given or offered since then, though an older or more pressing one of its queue and channel waits that the
   * same agent could have had; null: nothing.
   */
  async outOfOrder(since: Date): Promise<string | null> {
    const [decider] = this.deciders;
    if (decider === undefined) return null;
    const open = this.open;
    const offered = new Set(open.map(({ ticketId }) => ticketId));
    const fresh = [
      ...this.gifts
        .filter(({ at, byOffer }) => at > since && !byOffer)
        .map(({ ticket, agentId }) => ({ ticket, agentId })),
      ...open.flatMap(({ ticketId, agentId, at }) => {
        const ticket = this.tickets.documents.get(ticketId);
        return at > since && ticket !== undefined ? { ticket, agentId } : [];
      }),
    ];
    for (const { ticket, agentId } of fresh)
      for (const other of this.waiting) {
        // What changed in this moment may have come after the decision.
        if (offered.has(other._id) || other.updatedAt >= since || !comesBefore(other, ticket)) continue;
        if (refusalsOf(this.offers.documents.get(other._id) ?? null).has(agentId)) continue;
        const { reach, decide } = await decider.judge.of(other);
        const standings = decider.standings.of(reach.queueIds).filter(({ member }) => member.agent.id === agentId);
        const found = decide(standings).candidates.find(({ agent }) => agent.id === agentId);
        // It may not come from as far, or asks for more.
        if (found === undefined) continue;
        if (found.removedBy === null || found.removedBy === 'full' || found.removedBy === 'exclusive')
          return `${agentId} has ${ticket._id}, and ${other._id} of ${other.queueId} comes before it`;
      }
    return null;
  }

  /** A ticket that waits though somebody could have it; null: there is none. */
  async idleBeside(): Promise<string | null> {
    const [decider] = this.deciders;
    if (decider === undefined) return null;
    const offered = new Set(this.open.map(({ ticketId }) => ticketId));
    await decider.standings.readAll();
    for (const ticket of this.waiting) {
      if (offered.has(ticket._id)) continue;
      const { reach, decide } = await decider.judge.of(ticket);
      const { winner } = decide(decider.standings.of(reach.queueIds));
      if (winner !== null) return `${ticket._id} of ${ticket.queueId} waits, and ${winner.id} is free for it`;
    }
    return null;
  }

  private hasRoom(agentId: string): boolean {
    const own = this.workOf(agentId);
    const offered = this.open.flatMap(({ agentId: id, ticketId }) => (id === agentId ? ticketId : []));
    const more = offered.flatMap((id) => this.tickets.documents.get(id) ?? []).filter((each) => !own.includes(each));
    const works = [...own, ...more].map(({ _id, channel, waitingSince }) => ({
      ...{ ticketId: _id, channel, waitingSince, lastWordAt: null },
    }));
    const { used, exclusive } = loadOf(works, channels, this.now);
    return (!exclusive || works.length === 1) && used <= this.desk(agentId).capacity + 1e-6;
  }

  private append(ticketId: string, plan: (ticket: Ticket) => Change | null) {
    const ticket = this.tickets.documents.get(ticketId);
    if (ticket === undefined) throw new Error(`There is no ${ticketId}`);
    const change = plan(copyOf(ticket));
    if (change === null) return { ok: false as const, reason: 'moot' as const, ticket: copyOf(ticket) };
    const { patch, entry } = change;
    const after = { ...ticket, ...patch, seq: ticket.seq + 1, updatedAt: this.now };
    this.tickets.put(after);
    if (patch.assigneeId != null) this.given.set(ticketId, (this.given.get(ticketId) ?? 0) + 1);
    if (patch.assigneeId != null && entry.author.kind === 'system')
      this.gifts.push({
        ...{ ticket, agentId: patch.assigneeId, at: this.now },
        byOffer: this.offers.documents.get(ticketId)?.open != null,
      });
    const left = patch.assigneeId === undefined || patch.assigneeId === ticket.assigneeId ? null : ticket.assigneeId;
    const event = { ticketId, seq: after.seq, queueId: after.queueId, entryId: '' };
    const told = { ...event, ...(left !== null && { leftAssigneeId: left }) };
    this.told.push(({ follow }) => follow.moved(told, { isGiven: patch.assigneeId !== undefined }));
    return { ok: true as const, entry: { ...entry, _id: this.newId() }, ticket: copyOf(after) };
  }

  private hear(topic: string, payload: { agentId: string; queueId: string; then?: 'stay' | 'away' }): void {
    if (topic === 'offer.ended') this.told.push(({ follow }) => follow.offerEnded(payload));
    if (topic === 'offer.missed' && payload.then === 'away') this.changes(payload.agentId, { state: 'away' });
  }

  private members(wanted: (desk: Desk) => boolean) {
    return [...this.desks.values()].filter(wanted).map(({ id, isThere, state, ...desk }) => ({
      ...copyOf(desk),
      agent: { id, name: id },
      state: isThere ? state : 'offline',
    }));
  }

  private desk(id: string): Desk {
    const desk = this.desks.get(id);
    if (desk === undefined) throw new Error(`There is no ${id}`);
    return desk;
  }

  private newId(): string {
    this.ids += 1;
    return `id-${this.ids}`;
  }

  /** Others come in between. */
  private async turn(): Promise<void> {
    for (let left = this.pick(4); left > 0; left -= 1) await null;
  }
}

export const routingOf = (wanted: Partial<QueueRouting>): QueueRouting => ({ ...DEFAULT_QUEUE_ROUTING, ...wanted });

const rank = ({ priority }: Ticket): number => Priority.options.indexOf(priority);
/** In one queue and by one channel; what overflowed has its own ways. */
const comesBefore = (a: Ticket, b: Ticket): boolean =>
  a.queueId === b.queueId &&
  a.channel === b.channel &&
  (a.overflowedFrom ?? []).join() === (b.overflowedFrom ?? []).join() &&
  (rank(a) > rank(b) || (rank(a) === rank(b) && a.createdAt < b.createdAt));

const by = (name: string, patch: Partial<Ticket>): Change => ({
  topic: 'ticket.changed',
  entry: { type: 'event', author: { kind: 'agent', id: null, name }, event: 'status.changed', from: null, to: null },
  patch,
});

function ofConflict(error: unknown): void {
  if ((error as { code?: unknown }).code !== 'conflict') throw error;
}

/** https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
