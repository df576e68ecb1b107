import { Inject, Injectable } from '@nestjs/common';
import type { LabChanges, LabResult } from '@switchboard/contract';
import type { DateTime } from 'luxon';
import { agentRows, rowOf, type Columns } from './figures/result.ts';
import { count, countIn, countPlay, type Counted } from './figures/count-play.ts';
import { runReplay } from './replay/run-replay.ts';
import type { Played, Rules } from './replay/scene.ts';
import { ReadWeek, type Week } from './week/read-week.ts';

/** As often, where something is drawn. */
const PLAYS = 5;
const HOUR_MS = 3_600_000;
const READ_SHARE = 0.1;

/** Plays a week by what is in force and by a draft, and puts beside it what was. */
@Injectable()
export class PlayWeek {
  constructor(@Inject(ReadWeek) private readonly weeks: ReadWeek) {}

  /** `progress`: from 0 to 1. Rejects with the signal's reason. */
  async run(
    changes: LabChanges,
    from: DateTime,
    progress: (done: number) => void,
    signal: AbortSignal,
  ): Promise<LabResult> {
    const began = performance.now();
    const week = await this.weeks.of(from, changes);
    signal.throwIfAborted();
    progress(READ_SHARE);
    const rules = [week.rules(null), week.rules(changes)] as const;
    requireSomebody(rules);
    const queueIds = rules[0].queues.map(({ id }) => id);
    const about = { queueIds, calendar: week.calendar };
    const plays: { by: number; counted: Promise<Counted>; drew: boolean }[] = [];
    // One after the other, so that each is let go once it is counted.
    let last: Promise<unknown> = Promise.resolve();
    const played = (by: number, each: Played) => {
      const counted = last.then(() => countPlay(each, week.scene, about));
      last = counted;
      plays.push({ by, counted, drew: each.drew });
    };
    const told = (done: number) => progress(READ_SHARE + (1 - READ_SHARE) * done);
    await runReplay({ scene: week.scene, rules, seeds: PLAYS }, { played, progress: told }, signal);
    const of = (by: number) => Promise.all(plays.filter((play) => play.by === by).map(({ counted }) => counted));
    const columns: Columns = { real: [await this.real(week, rules[0], about)], now: await of(0), draft: await of(1) };
    return {
      ...aboutWeek(week, from, rules[0]),
      notes: [...week.notes, ...(plays.some(({ drew }) => drew) ? (['courses-drawn'] as const) : [])],
      plays: columns.now.length,
      ...rowsOf(week, from, rules, columns),
      tookMs: Math.round(performance.now() - began),
    };
  }

  private real(
    { real, scene }: Week,
    { agents }: Rules,
    about: Pick<Parameters<typeof count>[0], 'queueIds' | 'calendar'>,
  ) {
    const waiting = new Map<string, number>();
    for (const { queueId, placedWith, waited, gone } of scene.arrivals)
      if (placedWith === null && waited === null && gone === null) countIn(waiting, queueId);
    const duties = agents.map(({ id, duty }) => ({ agentId: id, dutyMs: within(duty, scene), usedMs: null }));
    return count({ ...about, facts: real, waiting, helped: null, agents: duties });
  }
}

const within = (duty: Rules['agents'][number]['duty'], { from, to }: Week['scene']): number =>
  duty.reduce((sum, [begin, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(begin, from)), 0);

function requireSomebody(rules: readonly Rules[]): void {
  if (rules.some(({ agents }) => agents.some(({ duty }) => duty.length > 0))) return;
  throw new Error(
    'Nobody is on record as ready in that week, so nobody could be given anything. Choose a week in which people worked with Switchboard, or add staff',
  );
}

function aboutWeek({ scene, zone }: Week, from: DateTime, { agents }: Rules) {
  const inWeek = scene.arrivals.filter(({ at }) => at >= scene.from);
  const duties = agents.map(({ duty }) => within(duty, scene));
  return {
    ...{ from: from.toUTC().toISO() ?? '', to: from.plus({ days: 7 }).toUTC().toISO() ?? '', timeZone: zone },
    arrivals: inWeek.filter(({ placedWith }) => placedWith === null).length,
    placed: inWeek.filter(({ placedWith }) => placedWith !== null).length,
    agentsOnRecord: duties.filter((ms) => ms > 0).length,
    hoursOnRecord: Math.round(duties.reduce((sum, ms) => sum + ms, 0) / HOUR_MS),
  };
}

function rowsOf({ scene }: Week, from: DateTime, rules: readonly [Rules, Rules], columns: Columns) {
  const days = Array.from({ length: 7 }, (_, day) => from.plus({ days: day }).toISODate() ?? '');
  const busy = new Set(scene.arrivals.map(({ queueId }) => queueId));
  const { queues } = rules[0];
  const seen = queues.filter(({ id }) => busy.has(id) || (columns.real[0]?.queues.get(id)?.all.given.n ?? 0) > 0);
  return {
    total: rowOf(columns, '', '', days),
    queues: seen.map(({ id, name }) => rowOf(columns, id, name, days)),
    agents: agentRows(columns, ...rules),
  };
}
