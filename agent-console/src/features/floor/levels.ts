import type { Figure, FloorQueue } from '@switchboard/contract';

export type Level = 'calm' | 'warning' | 'critical';

/** Per cent: a service level below is tense, or in trouble. */
const TENSE = 80;
const IN_TROUBLE = 60;

export function serviceLevel(figure: Figure | undefined): Level {
  const value = figure?.value ?? null;
  if (value === null || value >= TENSE) return 'calm';
  return value >= IN_TROUBLE ? 'warning' : 'critical';
}

/** What is wrong with a queue now, the worst first. Pure. */
export function troublesOf({ unassigned, overdue, agents, now }: FloorQueue): { what: Trouble; level: Level }[] {
  const level = serviceLevel(now?.serviceLevel);
  const found: { what: Trouble; level: Level }[] = [
    { what: 'nobody', level: unassigned > 0 && agents.ready === 0 ? 'critical' : 'calm' },
    { what: 'overdue', level: overdue > 0 ? 'critical' : 'calm' },
    { what: 'service', level },
  ];
  const order: Level[] = ['critical', 'warning', 'calm'];
  return found.filter((each) => each.level !== 'calm').sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}
export type Trouble = 'nobody' | 'overdue' | 'service';

export const worst = (queue: FloorQueue): Level => troublesOf(queue)[0]?.level ?? 'calm';
