import { Inject, Injectable } from '@nestjs/common';
import { OPENING_HOURS, type LabChanges, type LabNote, type OfferSettings } from '@switchboard/contract';
import { DateTime } from 'luxon';
import type { Model } from 'mongoose';
import { StateSpells } from '../../../agent-states/index.ts';
import { Calendars, periods } from '../../../calendars/index.ts';
import { liveChannels } from '../../../channels/index.ts';
import { ReadFacts, type Fact } from '../../../metrics/index.ts';
import { Organisations } from '../../../organisation/index.ts';
import { Queues } from '../../../queues/index.ts';
import type { Ticket } from '../../../tickets/index.ts';
import type { Calendar } from '../figures/count-play.ts';
import { InForce, settingsOf } from '../in-force.ts';
import { Offers } from '../../offers/offers.ts';
import type { LabAgent, OfferHabits, Rules, Scene, Span } from '../replay/scene.ts';
import { arrivalsOf, type About } from './arrivals.ts';
import { joined, withStaff } from './duty.ts';

/** The day before is played, too, so that the week does not begin with empty hands. */
const WARM_UP_MS = 86_400_000;
/** How far back it is looked who had a customer last. */
const LAST_AGENT_MS = 28 * WARM_UP_MS;
const MOST_ARRIVALS = 50_000;
const PAGE = 1_000;
const MOST_STRETCHES = 500;
/** Fewer offers say nothing of how they are answered. */
const FEWEST_OFFERS = 20;
const usualOffers: OfferHabits = { acceptedShare: 1, acceptMs: 5_000 };

/** In the order in which they are told of one instant. */
const kinds = [
  'opened',
  'reopened',
  'assigned',
  'first-response',
  'next-response',
  'abandoned',
  'resolved',
] as const satisfies readonly Fact['kind'][];

/** A week as it was, to be played again. */
export interface Week {
  readonly scene: Scene;
  /** What the metrics count of it. */
  readonly real: readonly Fact[];
  readonly calendar: Calendar;
  readonly zone: string;
  readonly notes: readonly LabNote[];
  /** By what is in force; with the changes of a draft. */
  readonly rules: (changes: LabChanges | null) => Rules;
}

/** Brings together what is known of a week: from the metrics' facts, the tickets and the history of states. */
@Injectable()
export class ReadWeek {
  constructor(
    @Inject(ReadFacts) private readonly facts: ReadFacts,
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(StateSpells) private readonly spells: StateSpells,
    @Inject(InForce) private readonly inForce: InForce,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Offers) private readonly offers: Offers,
  ) {}

  async of(from: DateTime, changes: LabChanges): Promise<Week> {
    const to = from.plus({ days: 7 });
    const span: Span = [from.toMillis() - WARM_UP_MS, to.toMillis()];
    const [queues, { capacity, timeZone: zone }] = await Promise.all([this.queues.all(), this.organisations.read()]);
    const { agents, unknown } = await this.agentsOf(span);
    const byTicket = await this.byTicket(span);
    const about = await this.aboutTickets([...byTicket.keys()]);
    const handled = await this.all(['handled'], span);
    const handledOf = sums(handled);
    const known = new Set(queues.map(({ id }) => id));
    const live = new Set(liveChannels());
    const arrivals = arrivalsOf(byTicket.values(), {
      aboutOf: (id) => about.get(id) ?? { priority: 'normal', dueAt: null },
      isLive: (channel) => live.has(channel),
      movesTo: (id) =>
        (queues.find((queue) => queue.id === id)?.routing.overflow ?? []).flatMap(({ does, queueIds }) =>
          does === 'move' ? queueIds : [],
        ),
      handledMs: (id) => handledOf.get(id) ?? 0,
    }).filter(({ queueId }) => known.has(queueId));
    const open = await this.openSpans(
      [...queues.map(({ routing }) => routing), ...changes.queues.map(({ routing }) => routing)],
      span,
    );
    const rules = (of: LabChanges | null): Rules => ({
      queues: queues.map(({ id, name, routing: inForce }) => {
        const routing = of?.queues.find(({ queueId }) => queueId === id)?.routing ?? inForce;
        return { id, name, routing, open: open(routing.hours.calendarId) };
      }),
      capacity: of?.capacity ?? capacity,
      agents:
        of === null
          ? agents
          : withStaff(
              agents.map((agent) => changed(agent, of)),
              of.staff,
              span,
              zone,
            ),
    });
    const offers = await this.habits(span);
    const lastAgents = usesLastAgent(rules(null), rules(changes)) ? await this.lastAgents(span[0]) : {};
    const scene: Scene = {
      ...{ start: span[0], from: from.toMillis(), to: span[1], arrivals, lastAgents },
      offers: offers ?? usualOffers,
    };
    const real = [...[...byTicket.values()].flat(), ...(await this.realBesides(span)), ...handled];
    const notes = notesOf(scene, agents, zone);
    if (unknown) notes.push('people-unknown');
    if (offers === null && usesOffers(rules(null), rules(changes))) notes.push('offers-assumed');
    return { scene, real: real.filter(({ at }) => +at >= scene.from), calendar: hoursOf(from, to), zone, notes, rules };
  }

  private async all(of: readonly Fact['kind'][], [start, end]: Span): Promise<Fact[]> {
    const found: Fact[] = [];
    for (const kind of of)
      for await (const fact of this.facts.of(kind, { start: new Date(start), end: new Date(end) })) found.push(fact);
    return found;
  }

  /** What counts, and does not belong to the course of a ticket that is played. */
  private async realBesides(span: Span): Promise<Fact[]> {
    const besides = await this.all(['transferred', 'wrapped-up'], span);
    // What somebody had when it went elsewhere was sent there by hand.
    return besides.filter(({ kind, agentId }) => kind === 'wrapped-up' || agentId === null);
  }

  /** By ticket, in the order of their times. */
  private async byTicket(span: Span): Promise<Map<string, Fact[]>> {
    const byTicket = new Map<string, Fact[]>();
    let opened = 0;
    for (const fact of await this.all(kinds, span)) {
      if (fact.kind === 'opened' && ++opened > MOST_ARRIVALS)
        throw new Error(`More than ${MOST_ARRIVALS} tickets were opened in that week: too many to be played here`);
      const facts = byTicket.get(fact.ticketId);
      if (facts === undefined) byTicket.set(fact.ticketId, [fact]);
      else facts.push(fact);
    }
    const place = (fact: Fact) => (kinds as readonly Fact['kind'][]).indexOf(fact.kind);
    for (const facts of byTicket.values()) facts.sort((a, b) => +a.at - +b.at || place(a) - place(b));
    return byTicket;
  }

  private async aboutTickets(ids: readonly string[]): Promise<Map<string, About>> {
    const about = new Map<string, About>();
    for (let at = 0; at < ids.length; at += PAGE) {
      const page = await this.tickets
        .find({ _id: { $in: ids.slice(at, at + PAGE) } }, { priority: 1, firstResponse: 1 })
        .lean<Pick<Ticket, '_id' | 'priority' | 'firstResponse'>[]>();
      for (const { _id, priority, firstResponse } of page)
        about.set(_id, { priority, dueAt: firstResponse?.dueAt ?? null });
    }
    return about;
  }

  /** With when they could be given work. A wrap-up that was had then is had again by the replay, after its own tickets. */
  private async agentsOf([start, end]: Span): Promise<{ agents: LabAgent[]; unknown: boolean }> {
    const duty = new Map<string, Span[]>();
    for await (const { agentId, state, from, to } of this.spells.between(new Date(start), new Date(end))) {
      const spans = duty.get(agentId) ?? [];
      duty.set(agentId, spans);
      if (state === 'ready' || state === 'wrap-up')
        spans.push([Math.max(+from, start), Math.min(to === null ? end : +to, end)]);
    }
    const found = await this.inForce.agentsOf([...duty.keys()]);
    const agents = found.map((agent): LabAgent => {
      const { skills, queueIds, capacity } = settingsOf(agent);
      return { id: agent._id, name: agent.name, skills, queueIds, capacity, duty: joined(duty.get(agent._id) ?? []) };
    });
    return { agents, unknown: found.length < duty.size };
  }

  /** One whose calendar is gone is open, as in opening.ts. */
  private async openSpans(routings: readonly { hours: { calendarId: string | null } }[], [start, end]: Span) {
    const spans = new Map<string, Span[] | null>();
    for (const id of new Set(routings.map(({ hours }) => hours.calendarId))) {
      if (id === null) continue;
      const own = id === OPENING_HOURS;
      const calendar = own ? await this.organisations.calendar() : await this.calendars.byId(id);
      if (calendar === null) spans.set(id, own ? [] : null);
      else {
        const found = periods(calendar, new Date(start), MOST_STRETCHES).filter((period) => +period.start < end);
        spans.set(id, joined(found.map((period) => [+period.start, +period.end])));
      }
    }
    return (id: string | null) => (id === null ? null : (spans.get(id) ?? null));
  }

  /** As people answered what was offered to them; null: too few were. */
  private async habits([start, end]: Span): Promise<OfferHabits | null> {
    const took: number[] = [];
    let asked = 0;
    for await (const { how, at, endedAt } of this.offers.between(new Date(start), new Date(end))) {
      if (how === 'withdrawn') continue;
      asked += 1;
      if (how === 'accepted') took.push(+endedAt - +at);
    }
    if (asked < FEWEST_OFFERS) return null;
    const acceptMs = took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)] ?? usualOffers.acceptMs;
    return { acceptedShare: took.length / asked, acceptMs };
  }

  private async lastAgents(before: number): Promise<Record<string, string>> {
    const last: Record<string, string> = {};
    // The latest first.
    for (const { customerId, agentId } of await this.all(['assigned'], [before - LAST_AGENT_MS, before]))
      if (agentId !== null) last[customerId] ??= agentId;
    return last;
  }
}

function changed(agent: LabAgent, { agents }: LabChanges): LabAgent {
  const change = agents.find(({ agentId }) => agentId === agent.id);
  if (change === undefined) return agent;
  const { skills, queueIds, capacity } = change;
  return { ...agent, skills, queueIds, capacity };
}

function sums(handled: readonly Fact[]): Map<string, number> {
  const of = new Map<string, number>();
  for (const { ticketId, ms = 0 } of handled) of.set(ticketId, (of.get(ticketId) ?? 0) + ms);
  return of;
}

const usesLastAgent = (...rules: Rules[]): boolean =>
  rules.some(({ queues }) => queues.some(({ routing }) => routing.method === 'last-agent'));
const usesOffers = (...rules: Rules[]): boolean =>
  rules.some(({ queues }) =>
    queues.some(({ routing }) => Object.values<OfferSettings | undefined>(routing.offers).some(Boolean)),
  );

/** The hours from one midnight to another, also where the clock is moved in between. */
function hoursOf(from: DateTime, to: DateTime): Calendar {
  const hours: { day: number; hour: number }[] = [];
  for (let at = from; at < to; at = at.plus({ hours: 1 }))
    hours.push({ day: Math.floor(at.startOf('day').diff(from, 'days').days), hour: at.hour });
  return { from: from.toMillis(), hours };
}

function notesOf({ arrivals, from, to }: Scene, agents: readonly LabAgent[], zone: string): LabNote[] {
  const dayOf = (at: number) => DateTime.fromMillis(at, { zone }).toISODate() ?? '';
  const inWeek = arrivals.filter(({ at }) => at >= from && at < to);
  const staffed = new Set<string>();
  for (const { duty } of agents)
    for (const [begin, end] of duty) for (let at = begin; at < end; at += 3_600_000) staffed.add(dayOf(at));
  const worked = inWeek.filter(({ course }) => course !== null);
  const waited = inWeek.filter(({ live, placedWith }) => live && placedWith === null);
  return [
    ...(inWeek.some(({ at }) => !staffed.has(dayOf(at))) ? (['days-without-staff'] as const) : []),
    ...(worked.filter(({ course }) => course?.handledMs === 0).length * 2 > worked.length
      ? (['handling-not-measured'] as const)
      : []),
    ...(waited.length > 0 && waited.every(({ gone }) => gone?.as !== 'abandoned') ? (['nobody-left'] as const) : []),
  ];
}
