import { calendarOf } from '../../../server/src/modules/calendars/index.ts';
import type { ChannelKind, Overflow, Priority } from '@switchboard/contract';
import { RoutingWorld, routingOf, type Desk, type WorldQueue } from './routing-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MIDNIGHT = Date.parse('2026-03-02T00:00:00Z');
const overflow = (afterSeconds: number | null, does: Overflow['does'], queueIds: string[]): Overflow => ({
  ...{ afterSeconds, does, queueIds },
});
/** Queues of every kind: offered, with hours, with skills that relax, helped out and moved on. */
const QUEUES: readonly (WorldQueue & { readonly channels: readonly ChannelKind[] })[] = [
  {
    id: 'front',
    channels: ['webchat', 'webchat', 'sms'],
    routing: routingOf({
      method: 'longest-idle',
      offers: { webchat: { seconds: 20, missed: 'away' } },
      overflow: [overflow(120, 'offer', ['mail'])],
    }),
  },
  {
    id: 'mail',
    channels: ['email'],
    routing: routingOf({ hours: { calendarId: 'office', whenClosed: 'wait' } }),
  },
  {
    id: 'spanish',
    channels: ['webchat', 'email'],
    routing: routingOf({
      method: 'best-skill',
      required: [{ name: 'Spanish', level: 3 }],
      relax: [{ afterSeconds: 300, lowerBy: 2 }],
      overflow: [overflow(900, 'move', ['front'])],
    }),
  },
  {
    id: 'calls',
    channels: ['voice'],
    routing: routingOf({
      method: 'round-robin',
      offers: { voice: { seconds: 15, missed: 'stay' } },
      hours: { calendarId: 'office', whenClosed: 'overflow' },
      overflow: [overflow(null, 'offer', ['front'])],
    }),
  },
];
const PRIORITIES: readonly Priority[] = ['low', 'normal', 'normal', 'normal', 'high', 'urgent'];

/** A day of a centre: people with shifts and breaks, customers who come and are done with, seen after each thing that happens. */
export class PlayedDay {
  readonly world: RoutingWorld;
  private readonly agenda: { at: number; run: () => void | Promise<void> }[] = [];
  private readonly seenOffers = new Set<string>();
  private seenGifts = 0;

  constructor({ seed, agents, customers }: { seed: number; agents: number; customers: number }) {
    const office = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }));
    this.world = new RoutingWorld({
      ...{ queues: QUEUES, deciders: 1, seed, at: new Date(MIDNIGHT + 6 * HOUR) },
      desks: Array.from({ length: agents }, (_, at) => desk(at)),
      calendars: new Map([['office', calendarOf({ timeZone: 'UTC', hours: office })]]),
    });
    for (const { id } of this.world.desks.values()) this.shift(id);
    for (let left = customers; left > 0; left -= 1) this.later(this.between(HOUR, 15 * HOUR), () => this.customer());
    for (let left = 10; left > 0; left -= 1) this.later(this.between(2 * HOUR, 12 * HOUR), () => this.supervisor());
    for (let at = 0; at < 16 * HOUR; at += 5 * MINUTE) this.later(at, () => this.world.sweeps());
  }

  /** `look` after each thing that happened; `since`: before it was decided. */
  async play(look: (since: Date) => Promise<void>): Promise<void> {
    for (let next = this.next(); next !== undefined; next = this.next()) {
      const since = this.world.now;
      if (next.at > since.getTime()) await this.world.passes(next.at - since.getTime());
      await next.run();
      await this.world.settles();
      this.people();
      await look(since);
    }
  }

  /** Those who have something new before them do something about it. */
  private people(): void {
    for (const { offerId, agentId } of this.world.open) {
      if (this.seenOffers.has(offerId)) continue;
      this.seenOffers.add(offerId);
      const says = this.world.pick(8) === 0 ? 'decline' : 'accept';
      this.later(this.between(1_000, 25_000), () => this.world.answers(agentId, says));
    }
    for (const { ticket, agentId } of this.world.gifts.slice(this.seenGifts))
      this.later(this.between(2 * MINUTE, 25 * MINUTE), () => this.done(ticket._id, agentId));
    this.seenGifts = this.world.gifts.length;
  }

  private done(ticketId: string, agentId: string): void {
    const { world } = this;
    if (!world.workOf(agentId).some(({ _id }) => _id === ticketId)) return;
    if (world.pick(10) === 0) world.transfers(ticketId, this.one(QUEUES).id);
    else world.resolves(ticketId);
  }

  private shift(id: string): void {
    const begins = this.between(0, 6 * HOUR);
    const ends = begins + this.between(3 * HOUR, 8 * HOUR);
    this.later(begins, () => this.world.changes(id, { isThere: true, state: 'ready' }));
    for (const left of [1, 2]) {
      const at = begins + (left * (ends - begins)) / 3;
      this.later(at, () => this.world.changes(id, { state: 'away' }));
      this.later(at + this.between(5 * MINUTE, 30 * MINUTE), () => this.world.changes(id, { state: 'ready' }));
    }
    this.later(ends, () => {
      this.world.changes(id, { isThere: false });
      for (const { _id, queueId } of this.world.workOf(id)) this.world.transfers(_id, queueId);
    });
  }

  private customer(): void {
    const queue = this.one(QUEUES);
    this.world.arrives(queue.id, this.one(queue.channels), this.one(PRIORITIES));
  }

  /** Gives something that waits to anybody, whatever they have. */
  private supervisor(): void {
    const { waiting, desks } = this.world;
    const agent = this.one([...desks.keys()]);
    if (waiting.length > 0) {
      const ticket = this.one(waiting);
      this.world.gives(ticket._id, agent);
      this.later(this.between(MINUTE, 10 * MINUTE), () => this.done(ticket._id, agent));
    }
  }

  private later(ms: number, run: () => void | Promise<void>): void {
    const at = this.world.now.getTime() + ms;
    const index = this.agenda.findIndex((each) => each.at > at);
    this.agenda.splice(index === -1 ? this.agenda.length : index, 0, { at, run });
  }
  private next() {
    return this.agenda.shift();
  }
  private between(from: number, to: number): number {
    return from + this.world.pick(to - from);
  }
  private one<T>(all: readonly T[]): T {
    const found = all[this.world.pick(all.length)];
    if (found === undefined) throw new Error('There is nothing to choose from');
    return found;
  }
}

const desk = (at: number): Desk => ({
  id: `agent-${at}`,
  queueIds: QUEUES.filter((_, index) => (at + index) % 3 !== 0 || at % 7 === 0).map(({ id }) => id),
  skills: at % 3 === 0 ? [] : [{ name: 'Spanish', level: 1 + (at % 5) }],
  capacity: 1 + (at % 4),
  state: 'ready',
  isThere: false,
  pausedChannels: at % 5 === 0 ? ['sms'] : [],
});
