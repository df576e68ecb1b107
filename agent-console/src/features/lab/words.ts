import type { AgentView, LabColumn, LabFigure, LabStaff, QueueView } from '@switchboard/contract';
import { duration, shortWeekdayName, t } from '../../text/index.ts';

/** What a draft's changes are about, by their names. */
export interface Names {
  readonly queues: readonly QueueView[];
  readonly agents: readonly AgentView[];
}
const nameIn = (all: readonly { id: string; name: string }[], id: string) =>
  all.find((each) => each.id === id)?.name ?? t('lab.gone');
export const queueName = ({ queues }: Names, id: string) => nameIn(queues, id);
export const agentName = ({ agents }: Names, id: string) => nameIn(agents, id);

export function staffWords(staff: LabStaff, names: Names): string {
  const { weekdays, from, to } = staff;
  const days = weekdays.toSorted().map(shortWeekdayName).join(', ');
  const hours = t('lab.hours', { days, from, to });
  if (staff.does === 'remove') return t('lab.staff.remove', { name: agentName(names, staff.agentId), hours });
  const queues = staff.queueIds.map((id) => queueName(names, id)).join(', ');
  return `${t('lab.staff.add', { count: staff.agents, hours })}, ${queues}`;
}

export const columns = ['real', 'now', 'draft'] as const satisfies readonly LabColumn[];

const units = {
  ...{ serviceLevel: 'percent', abandonment: 'percent', occupancy: 'percent', used: 'percent' },
  ...{ asa: 'ms', waitP90: 'ms', given: 'count', moved: 'count', helped: 'count', waiting: 'count' },
} as const;
export type FigureName = keyof typeof units;

export function valueWords(name: FigureName, value: number | null): string {
  if (value === null) return '–';
  if (units[name] === 'percent') return `${value.toFixed(1)} %`;
  return units[name] === 'ms' ? exactly(value) : String(value);
}

/** To the second below an hour: differences between replays are small. */
function exactly(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60 || seconds >= 3600) return duration(ms);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}

/** null: the plays agree. */
export function spreadWords(name: FigureName, { low, high }: LabFigure): string | null {
  if (low === null || high === null || low === high) return null;
  return t('lab.spread', { low: valueWords(name, low), high: valueWords(name, high) });
}
