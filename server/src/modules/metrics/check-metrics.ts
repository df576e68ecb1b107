import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { FactKind, SpellFactKind, TicketFactKind, type MetricCheck } from '@switchboard/contract';
import { DateTime } from 'luxon';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { pageBy, type Page } from '../../platform/database/page.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import { CLOCK, JOBS, NEW_ID } from '../../platform/tokens.ts';
import { Organisations } from '../organisation/index.ts';
import type { Ticket } from '../tickets/index.ts';
import type { StoredCheck } from './check.schema.ts';
import type { Fact } from './facts/fact.schema.ts';
import { MeasureSpells } from './facts/measure-spells.ts';
import { MeasureTickets, putFacts } from './facts/measure-tickets.ts';
import { KeepQuarters } from './rollups/keep-quarters.ts';
import { RollUp } from './rollups/roll-up.ts';
import { quarterOf, type Stretch } from './rollups/stretches.ts';

const EVERY_MS = 3_600_000;
const NIGHT_HOUR = 3;
const PAGE = 100;
const MOST_EXAMPLES = 10;
/** So long after it a spell's end may still be found out. */
const SPELL_LATE_MS = 120_000;

type Quarter = Pick<Fact, 'queueId'> & { start: Date };
interface Found {
  tickets: number;
  facts: number;
  rollups: number;
  drift: number;
  examples: string[];
}

/** Proves the figures: makes the facts of a period again from the histories and its sums from the facts, and mends what differs. */
@Injectable()
export class CheckMetrics implements OnModuleInit {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject('facts') private readonly facts: Model<Fact>,
    @Inject('metricchecks') private readonly checks: Model<StoredCheck>,
    @Inject(MeasureTickets) private readonly measure: MeasureTickets,
    @Inject(MeasureSpells) private readonly spells: MeasureSpells,
    @Inject(KeepQuarters) private readonly quarters: KeepQuarters,
    @Inject(RollUp) private readonly rollUp: RollUp,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  onModuleInit(): void {
    this.jobs.every('check-metrics', EVERY_MS, () => this.nightly());
  }

  list(ask: { cursor?: string | undefined; limit: number }): Promise<Page<MetricCheck>> {
    return pageBy(this.checks, '_id', ask, 'descending').then(({ items, next }) => ({
      items: items.map(viewOf),
      next,
    }));
  }

  /** Once in the night, the day before. */
  private async nightly(): Promise<void> {
    const { timeZone } = await this.organisations.read();
    const now = DateTime.fromJSDate(this.clock.now(), { zone: timeZone });
    if (now.hour < NIGHT_HOUR) return;
    const today = now.startOf('day');
    const stretch = { start: today.minus({ days: 1 }).toJSDate(), end: today.toJSDate() };
    if ((await this.checks.exists({ from: stretch.start, to: stretch.end })) === null) await this.run(stretch);
  }

  async run(stretch: Stretch): Promise<MetricCheck> {
    const startedAt = this.clock.now();
    const began = performance.now();
    const found: Found = { tickets: 0, facts: 0, rollups: 0, drift: 0, examples: [] };
    const touched = new Map<string, Quarter>();
    for await (const ticket of this.ticketsOf(stretch)) await this.checkTicket(ticket, stretch, found, touched);
    await this.checkSpells(stretch, found, touched);
    const quarters = await this.checkSums(stretch, found, touched);
    await this.rollUp.run();
    await this.checkWholes(quarters, found);
    const check: StoredCheck = {
      ...{ _id: this.newId(), from: stretch.start, to: stretch.end, startedAt },
      ...{ tookMs: Math.round(performance.now() - began), ...found },
    };
    await this.checks.create(check);
    return viewOf(check);
  }

  /** Whatever happened in the period changed its ticket then or later. */
  private async *ticketsOf({ start, end }: Stretch): AsyncGenerator<Ticket> {
    for (let after = { updatedAt: start, _id: '' }; ;) {
      const { updatedAt, _id } = after;
      const page = await this.tickets
        .find({
          updatedAt: { $gte: updatedAt },
          createdAt: { $lt: end },
          $or: [{ updatedAt: { $gt: updatedAt } }, { _id: { $gt: _id } }],
        })
        .sort({ updatedAt: 1, _id: 1 })
        .limit(PAGE)
        .lean<Ticket[]>();
      yield* page;
      const last = page.at(-1);
      if (page.length < PAGE || last === undefined) return;
      after = last;
    }
  }

  private async checkTicket(
    ticket: Ticket,
    { start, end }: Stretch,
    found: Found,
    touched: Map<string, Quarter>,
  ): Promise<void> {
    const within = ({ at }: Fact) => at >= start && at < end;
    const due = (await this.measure.anew(ticket)).facts.filter(within);
    const kind = { $in: TicketFactKind.options };
    const stored = await this.facts.find({ ticketId: ticket._id, kind, at: { $gte: start, $lt: end } }).lean<Fact[]>();
    found.tickets += 1;
    await this.mend(due, stored, `#${ticket.number}`, found, touched);
  }

  /** What goes on still grows: only quarters that are over are compared. */
  private async checkSpells({ start, end }: Stretch, found: Found, touched: Map<string, Quarter>): Promise<void> {
    const over = quarterOf(new Date(this.clock.now().getTime() - SPELL_LATE_MS));
    const until = end < over ? end : over;
    if (quarterOf(start) >= until) return;
    const due = await this.spells.of({ start: quarterOf(start), end: until });
    const kind = { $in: SpellFactKind.options };
    const stored = await this.facts.find({ kind, at: { $gte: quarterOf(start), $lt: until } }).lean<Fact[]>();
    await this.mend(due, stored, 'time', found, touched);
  }

  private async mend(
    due: readonly Fact[],
    stored: readonly Fact[],
    what: string,
    found: Found,
    touched: Map<string, Quarter>,
  ): Promise<void> {
    found.facts += due.length;
    const known = new Map(stored.map((fact) => [fact._id, fact]));
    const wrong = due.filter((fact) => !isDeepStrictEqual(known.get(fact._id), fact));
    const ids = new Set(due.map(({ _id }) => _id));
    const extra = stored.filter(({ _id }) => !ids.has(_id));
    if (wrong.length + extra.length === 0) return;
    await putFacts(this.facts, wrong);
    await this.facts.deleteMany({ _id: { $in: extra.map(({ _id }) => _id) } });
    note(found, wrong.length + extra.length, `${what}: ${[...wrong, ...extra].map(({ kind }) => kind).join(', ')}`);
    for (const { queueId, at } of [...wrong, ...extra, ...wrong.flatMap((fact) => known.get(fact._id) ?? [])])
      touch(touched, queueId, at);
  }

  /** All sums of the period, and those that the mended facts are in. */
  private async checkSums({ start, end }: Stretch, found: Found, touched: Map<string, Quarter>) {
    const quarters = new Map(touched);
    const all = this.facts.find(
      { at: { $gte: start, $lt: end }, kind: { $in: FactKind.options } },
      { queueId: 1, at: 1 },
    );
    for await (const { queueId, at } of all.lean<Fact[]>().cursor()) touch(quarters, queueId, at);
    for (const [key, one] of quarters) {
      found.rollups += 1;
      const differed = await this.quarters.anew(one.queueId, one.start);
      // One whose facts were mended has to differ.
      if (differed && !touched.has(key)) note(found, 1, `sum of ${one.start.toISOString()}`);
    }
    return [...quarters.values()];
  }

  /** The days and months that they are in. */
  private async checkWholes(quarters: readonly Quarter[], found: Found): Promise<void> {
    const wrong = await this.rollUp.prove(quarters);
    for (const { grain, start } of wrong) note(found, 1, `sum of the ${grain} of ${start.toISOString()}`);
  }
}

function touch(quarters: Map<string, Quarter>, queueId: string, at: Date): void {
  const start = quarterOf(at);
  quarters.set(`${queueId}:${start.toISOString()}`, { queueId, start });
}

function note(found: Found, count: number, example: string): void {
  found.drift += count;
  if (found.examples.length < MOST_EXAMPLES) found.examples.push(example);
}

const viewOf = ({ _id, from, to, startedAt, ...rest }: StoredCheck): MetricCheck => ({
  ...{ id: _id, from: from.toISOString(), to: to.toISOString(), startedAt: startedAt.toISOString() },
  ...rest,
});
