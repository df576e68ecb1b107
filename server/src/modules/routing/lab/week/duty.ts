import type { LabStaff } from '@switchboard/contract';
import { DateTime } from 'luxon';
import type { LabAgent, Span } from '../replay/scene.ts';

/** Joined where they touch or overlap, in order. */
export function joined(spans: readonly Span[]): Span[] {
  const apart: [number, number][] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = apart.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (from < to) apart.push([from, to]);
  }
  return apart;
}

/** What of the one lies in none of the others. */
export function without(spans: readonly Span[], others: readonly Span[]): Span[] {
  return others.reduce<Span[]>(
    (left, [from, to]) =>
      left.flatMap(([start, end]) =>
        [[start, Math.min(end, from)] as const, [Math.max(start, to), end] as const].filter(([a, b]) => a < b),
      ),
    [...spans],
  );
}

type Hours = Pick<LabStaff, 'weekdays' | 'from' | 'to'>;

/** The hours of some weekdays between two instants, by the clock on the wall. */
export function spansOf({ weekdays, from, to }: Hours, between: Span, zone: string): Span[] {
  const spans: Span[] = [];
  const last = DateTime.fromMillis(between[1], { zone });
  for (let day = DateTime.fromMillis(between[0], { zone }).startOf('day'); day < last; day = day.plus({ days: 1 }))
    if (weekdays.includes(day.weekday)) spans.push([at(day, from), at(day, to)]);
  return spans;
}

const at = (day: DateTime, time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return (hour === 24 ? day.plus({ days: 1 }) : day.set({ hour, minute })).toMillis();
};

/** The people of a week, with those who are to be there besides and without those who are not. */
export function withStaff(
  agents: readonly LabAgent[],
  staff: readonly LabStaff[],
  between: Span,
  zone: string,
): LabAgent[] {
  const away = (id: string) =>
    staff.flatMap((each) => (each.does === 'remove' && each.agentId === id ? spansOf(each, between, zone) : []));
  const extra = staff.flatMap((each, place) =>
    each.does === 'add'
      ? Array.from({ length: each.agents }, (_, nth): LabAgent => ({
          ...{ id: `extra-${place}-${nth}`, name: `+${nth + 1} (${each.from}–${each.to})`, capacity: null },
          ...{ skills: each.skills, queueIds: each.queueIds, duty: joined(spansOf(each, between, zone)) },
        }))
      : [],
  );
  return [...agents.map((agent) => ({ ...agent, duty: without(agent.duty, away(agent.id)) })), ...extra];
}
