import type { LabAgentRow, LabColumn, LabFigures, LabPart, LabRow } from '@switchboard/contract';
import type { Rules } from '../replay/scene.ts';
import type { AgentValues, Counted } from './count-play.ts';
import { spread, spreadAll } from './lab-figures.ts';

/** All plays of each column: of what was there is one. */
export type Columns = Readonly<Record<LabColumn, readonly Counted[]>>;
const columns = ['real', 'now', 'draft'] as const satisfies readonly LabColumn[];

const beside = <T>(make: (column: LabColumn) => T) =>
  Object.fromEntries(columns.map((column) => [column, make(column)])) as Record<LabColumn, T>;

/** One queue, or '' for all; `days`: their dates. */
export function rowOf(played: Columns, key: string, name: string, days: readonly string[]): LabRow {
  const of = (column: LabColumn) => played[column].flatMap((each) => each.queues.get(key) ?? []);
  const part = (which: 'days' | 'hours', at: number, label: string): LabPart => ({
    key: label,
    ...beside((column) => {
      const values = of(column).flatMap((each) => each[which][at] ?? []);
      return {
        serviceLevel: spread(values.map(({ serviceLevel }) => serviceLevel)),
        asa: spread(values.map(({ asa }) => asa)),
      };
    }),
  });
  return {
    ...{ key, name },
    ...beside((column): LabFigures => spreadAll(of(column).map(({ all }) => all))),
    days: days.map((date, at) => part('days', at, date)),
    hours: Array.from({ length: 24 }, (_, hour) => part('hours', hour, `${String(hour).padStart(2, '0')}:00`)),
  };
}

/** Those who had something to do, or could have, in one of the columns. */
export function agentRows(played: Columns, ...rules: Rules[]): LabAgentRow[] {
  const names = new Map(rules.flatMap(({ agents }) => agents.map(({ id, name }) => [id, name] as const)));
  const nothing: AgentValues = { given: none, occupancy: none, used: none };
  const rows = [...names].map(([key, name]) => ({
    ...{ key, name },
    ...beside((column) => {
      const values = played[column].map((each) => each.agents.get(key) ?? nothing);
      return {
        given: spread(values.map(({ given }) => given)),
        occupancy: spread(values.map(({ occupancy }) => occupancy)),
        used: spread(values.map(({ used }) => used)),
      };
    }),
  }));
  return rows.filter((row) => columns.some((column) => row[column].given.n > 0 || row[column].occupancy.n > 0));
}

const none = { value: null, n: 0 };
