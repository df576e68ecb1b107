import type { QueueRouting } from '@switchboard/contract';
import { idleFrom } from '../../capacity.ts';
import { decideAmong, offerOf } from '../../candidates.ts';
import { ASK_AGAIN_MS } from '../../offers/refusals.ts';
import { reachOf } from '../../reach.ts';
import { Agenda } from './agenda.ts';
import { Courses } from './courses.ts';
import { Doors } from './doors.ts';
import { LinesOfWaiting, type Waiter } from './lines-of-waiting.ts';
import { random } from './random.ts';
import type { Arrival, End, Played, Rules, Scene, Step, Told } from './scene.ts';
import { Team } from './team.ts';

type Happening =
  | { readonly kind: 'arrival'; readonly of: number }
  | { readonly kind: 'duty'; readonly agentId: string; readonly begins: boolean }
  /** A wrap-up or an idle conversation may be over. */
  | { readonly kind: 'agent'; readonly agentId: string }
  /** A door opens or closes, or something has waited for as long as a rule says. */
  | { readonly kind: 'queues'; readonly queueIds: readonly string[] }
  | { readonly kind: 'gone'; readonly waiter: Waiter; readonly as: 'abandoned' | 'closed' }
  | { readonly kind: 'offer-ended'; readonly waiter: Waiter; readonly agentId: string; readonly accepted: boolean }
  | { readonly kind: 'step'; readonly given: Given; readonly step: Step };
interface Given {
  readonly of: number;
  readonly agentId: string;
  readonly queueId: string;
  readonly since: number;
}
type Progress = (done: number) => void;
/** Of the time that is played. */
const TOLD_EACH = 0.01;

/** Plays a week by some rules: the arrivals and the people are given, who gets what is decided as the routing decides it. */
export class Simulation {
  private readonly agenda = new Agenda<Happening>();
  private readonly lines = new LinesOfWaiting();
  private readonly team: Team;
  private readonly doors: Doors;
  private readonly courses: Courses;
  private readonly routings: ReadonlyMap<string, QueueRouting>;
  private readonly names: ReadonlyMap<string, string>;
  private readonly lastAgents: Map<string, string>;
  private readonly told: Told[] = [];
  private readonly ends: End[];
  private readonly helped: Record<string, number> = {};
  private readonly arounds = new Map<string, readonly string[]>();
  private drewOffer = false;
  private now: number;

  constructor(
    private readonly scene: Scene,
    private readonly rules: Rules,
    private readonly seed: number,
  ) {
    this.now = scene.start;
    this.team = new Team(rules, rules.capacity, scene);
    this.doors = new Doors(rules.queues);
    this.courses = new Courses(scene, seed);
    this.routings = new Map(rules.queues.map(({ id, routing }) => [id, routing]));
    this.names = new Map(rules.queues.map(({ id, name }) => [id, name]));
    this.lastAgents = new Map(Object.entries(scene.lastAgents));
    this.ends = scene.arrivals.map(() => 'waiting');
    for (const { id, duty } of rules.agents)
      for (const [from, to] of duty) {
        this.agenda.add(from, { kind: 'duty', agentId: id, begins: true });
        this.agenda.add(to, { kind: 'duty', agentId: id, begins: false });
      }
    for (const at of this.doors.changes) this.agenda.add(at, { kind: 'queues', queueIds: [...this.routings.keys()] });
    scene.arrivals.forEach(({ at }, of) => this.agenda.add(at, { kind: 'arrival', of }));
  }

  run(progress: Progress = () => {}): Played {
    const { start, to, arrivals } = this.scene;
    let tellAt = 0;
    for (let due = this.agenda.next(); due !== undefined && due.at < to; due = this.agenda.next()) {
      this.now = Math.max(due.at, start);
      this.route(this.happens(due.what));
      const done = (due.at - start) / (to - start);
      if (done < tellAt) continue;
      progress(done);
      tellAt = done + TOLD_EACH;
    }
    this.now = to;
    const { told, ends, helped } = this;
    return {
      ...{ told, ends, helped },
      agents: this.team.played(),
      drew: arrivals.length > 0 && (this.courses.drew || this.drewOffer),
    };
  }

  /** Answers the queues of which something may be given now. */
  private happens(what: Happening): readonly string[] {
    switch (what.kind) {
      case 'arrival':
        return this.arrive(what.of);
      case 'duty':
        this.team.duty(what.agentId, what.begins, this.now);
        return this.around(what.agentId);
      case 'agent':
        this.team.look(what.agentId, this.now);
        return this.around(what.agentId);
      case 'queues':
        return what.queueIds;
      case 'gone':
        return this.ends[what.waiter.of] === 'waiting' ? this.go(what.waiter, what.as) : [];
      case 'offer-ended':
        return this.offerEnds(what.waiter, what.agentId, what.accepted);
      case 'step':
        return this.step(what.given, what.step);
    }
  }

  private arrive(of: number): readonly string[] {
    const { queueId, channel, priority, createdAt, placedWith, at } = this.arrival(of);
    if (placedWith !== null) {
      this.ends[of] = 'placed';
      this.team.take(placedWith, { key: of, channel, since: at }, false, this.now);
      this.follow({ of, agentId: placedWith, queueId, since: at });
      return [];
    }
    const fresh = { overflowedFrom: [], refusals: new Map<string, Date>(), offeredTo: null };
    const waiter: Waiter = { of, channel, priority, createdAt: new Date(createdAt), since: at, queueId, ...fresh };
    this.lines.add(waiter);
    this.lookAgain(waiter);
    const leaves = this.courses.leaves(of);
    if (leaves !== null) this.agenda.add(at + leaves.after, { kind: 'gone', waiter, as: leaves.as });
    return [queueId];
  }

  /** When a rule of its queue says something else of it. */
  private lookAgain({ since, queueId }: Waiter): void {
    const { relax, overflow } = this.routing(queueId);
    for (const { afterSeconds } of [...relax, ...overflow]) {
      const at = afterSeconds === null ? 0 : since + afterSeconds * 1000;
      if (at > this.now) this.agenda.add(at, { kind: 'queues', queueIds: [queueId] });
    }
  }

  private route(queueIds: readonly string[]): void {
    let waiting = [...new Set(queueIds)].filter((id) => this.lines.in(id) > 0);
    while (waiting.length > 0) {
      const moved = new Set<string>();
      this.lines.run(waiting, (waiter) => this.assign(waiter, moved));
      // There they are looked at when that has happened.
      waiting = [...moved];
    }
  }

  /** Could somebody take it? As assign-ticket.ts does. */
  private assign(waiter: Waiter, moved: Set<string>): boolean {
    if (waiter.offeredTo !== null) return true;
    const { queueId, overflowedFrom, channel, since, refusals } = waiter;
    const routing = this.routing(queueId);
    const waitedMs = this.now - since;
    const { doors, now } = this;
    const isClosed = (id: string) => (id === queueId ? doors.isClosed(id, now) : doors.helpsNot(id, now));
    const reach = reachOf({ queueId, waitedMs, overflowedFrom }, routing, isClosed);
    if (reach.moveTo !== null) {
      this.move(waiter, reach.moveTo.queueId);
      moved.add(waiter.queueId);
      return true;
    }
    const { capacity } = this.rules;
    const able = this.team.withRoom(reach.queueIds, capacity.channels[channel]);
    if (able.length === 0) return false;
    const { names } = this;
    const about = { queueId, channel, waitedMs, routing, helped: reach.helped, refusals, names, now: new Date(now) };
    const last = routing.method === 'last-agent' ? this.lastAgent(waiter) : null;
    const { winner, candidates } = decideAmong(able, { ...about, last, capacity });
    if (winner === null) return candidates.some(({ removedBy }) => removedBy === 'declined');
    const offer = offerOf(routing, channel);
    if (offer === null) this.give(waiter, winner.id);
    else this.offer(waiter, winner.id, offer.seconds * 1000);
    return true;
  }

  private move(waiter: Waiter, queueId: string): void {
    this.tell({ kind: 'transferred', queueId: waiter.queueId, agentId: null, channel: waiter.channel, of: waiter.of });
    this.lines.remove(waiter);
    waiter.overflowedFrom = [...waiter.overflowedFrom, waiter.queueId];
    waiter.queueId = queueId;
    this.lines.add(waiter);
    this.lookAgain(waiter);
  }

  private offer(waiter: Waiter, agentId: string, ms: number): void {
    waiter.offeredTo = agentId;
    this.team.take(agentId, { key: waiter.of, channel: waiter.channel, since: waiter.since }, true, this.now);
    const { acceptedShare, acceptMs } = this.scene.offers;
    const drawn = random(this.seed, waiter.of, 'offer', waiter.refusals.size);
    this.drewOffer ||= acceptedShare < 1;
    const accepted = drawn < acceptedShare && acceptMs < ms;
    this.agenda.add(this.now + (accepted ? acceptMs : ms), { kind: 'offer-ended', waiter, agentId, accepted });
  }

  private offerEnds(waiter: Waiter, agentId: string, accepted: boolean): readonly string[] {
    const { of, queueId, channel } = waiter;
    // The customer left meanwhile: the place was given back then.
    if (this.ends[of] !== 'waiting') return [];
    waiter.offeredTo = null;
    if (accepted && this.team.isThere(agentId)) {
      this.give(waiter, agentId);
      return [];
    }
    this.team.drop(agentId, of, this.now);
    waiter.refusals.set(agentId, new Date(this.now));
    if (offerOf(this.routing(queueId), channel)?.missed === 'away') this.team.sendAway(agentId, this.now);
    this.agenda.add(this.now + ASK_AGAIN_MS, { kind: 'queues', queueIds: [queueId] });
    return [...this.around(agentId), queueId];
  }

  private give(waiter: Waiter, agentId: string): void {
    const { of, queueId, channel, since } = waiter;
    const { customerId } = this.arrival(of);
    this.ends[of] = 'given';
    this.lines.remove(waiter);
    this.team.take(agentId, { key: of, channel, since }, true, this.now);
    this.team.countGiven(agentId);
    this.lastAgents.set(customerId, agentId);
    if (!this.team.queuesOf(agentId).includes(queueId)) this.helped[queueId] = (this.helped[queueId] ?? 0) + 1;
    this.tell({ kind: 'assigned', queueId, agentId, channel, of, ms: this.now - since });
    this.follow({ of, agentId, queueId, since: this.now });
  }

  /** What becomes of it from here on. */
  private follow(given: Given): void {
    const { steps, handledMs } = this.courses.of(given.of);
    const { channel } = this.arrival(given.of);
    const { agentId, queueId, of } = given;
    if (handledMs > 0) this.tell({ kind: 'handled', queueId, agentId, channel, of, ms: handledMs });
    for (const step of steps) this.agenda.add(given.since + step.after, { kind: 'step', given, step });
  }

  private step(given: Given, step: Step): readonly string[] {
    const { of, agentId, queueId } = given;
    const { channel, at, dueAt } = this.arrival(of);
    const about = { queueId, agentId, channel, of };
    switch (step.does) {
      case 'first-reply':
      case 'replied': {
        if (step.does === 'first-reply' && dueAt !== null) {
          const took = step.took ?? this.now - at;
          const inTime = step.took === undefined ? this.now <= dueAt : step.inTime;
          this.tell({ kind: 'first-response', ...about, ms: took, ...(inTime !== undefined && { inTime }) });
        }
        this.team.word(agentId, of, 'agent', this.now);
        const idle = { ticketId: '', channel, waitingSince: null, lastWordAt: new Date(this.now) };
        const idleAt = idleFrom(idle, this.rules.capacity.channels);
        if (idleAt !== null) this.agenda.add(+idleAt, { kind: 'agent', agentId });
        return [];
      }
      case 'wrote':
        this.team.word(agentId, of, 'customer', this.now);
        return [];
      case 'reopened':
        this.team.take(agentId, { key: of, channel, since: this.now }, false, this.now);
        return [];
      case 'abandoned':
        this.tell({ kind: 'abandoned', ...about, ms: this.now - at });
        return this.leaves(given, false);
      case 'resolved':
        return this.leaves(given, true);
      case 'left':
        return this.leaves(given, false);
    }
  }

  private leaves({ of, agentId, queueId }: Given, wrapsUp: boolean): readonly string[] {
    const { channel } = this.arrival(of);
    const seconds = this.rules.capacity.channels[channel].wrapUpSeconds;
    if (wrapsUp && seconds !== null) {
      const until = this.now + seconds * 1000;
      if (this.team.isThere(agentId))
        this.tell({ kind: 'wrapped-up', queueId, agentId, channel, of, ms: seconds * 1000 });
      this.team.wrapUp(agentId, until, this.now);
      this.agenda.add(until, { kind: 'agent', agentId });
    }
    this.team.drop(agentId, of, this.now);
    return this.around(agentId);
  }

  private go(waiter: Waiter, as: 'abandoned' | 'closed'): readonly string[] {
    const { of, queueId, channel, since, offeredTo } = waiter;
    this.ends[of] = as;
    this.lines.remove(waiter);
    if (as === 'abandoned') this.tell({ kind: 'abandoned', queueId, agentId: null, channel, of, ms: this.now - since });
    if (offeredTo === null) return [];
    this.team.drop(offeredTo, of, this.now);
    return this.around(offeredTo);
  }

  /** The queues of which something could go to an agent. */
  private around(agentId: string): readonly string[] {
    let around = this.arounds.get(agentId);
    if (around === undefined) {
      const own = this.team.queuesOf(agentId);
      const helps = (id: string) => own.includes(id);
      const helped = this.rules.queues.filter(({ routing }) =>
        routing.overflow.some(({ does, queueIds }) => does === 'offer' && queueIds.some(helps)),
      );
      around = [...new Set([...own, ...helped.map(({ id }) => id)])];
      this.arounds.set(agentId, around);
    }
    return around;
  }

  private lastAgent({ of }: Waiter): { id: string; name: string } | null {
    const id = this.lastAgents.get(this.arrival(of).customerId);
    return id === undefined ? null : { id, name: '' };
  }

  private tell(told: Omit<Told, 'at'>): void {
    if (this.now >= this.scene.from && this.now < this.scene.to) this.told.push({ ...told, at: this.now });
  }

  private arrival(of: number): Arrival {
    return this.scene.arrivals[of] as Arrival;
  }

  private routing(queueId: string): QueueRouting {
    const routing = this.routings.get(queueId);
    if (routing === undefined) throw new Error(`The scene has no queue ${queueId}`);
    return routing;
  }
}
