import type { LabFigure, LabFigureId, LabFigures } from '@switchboard/contract';
import { addFact, emptyCell, figuresOf, type Cell, type Fact } from '../../../metrics/index.ts';

/** What the metrics don't have: of a play, or of what was. */
export interface Tally {
  readonly waiting: number;
  readonly helped: number | null;
}

/** One value for each figure, of one play. */
export type Values = Readonly<Record<LabFigureId, { readonly value: number | null; readonly n: number }>>;

/** By the formulas of the metric engine: the lab can't count otherwise than the reports. */
export function valuesOf(cell: Cell, { waiting, helped }: Tally): Values {
  const { serviceLevel, asa, abandonment } = figuresOf(cell, 'calendar');
  const moved = cell.n.transferred ?? 0;
  const given = cell.n.assigned ?? 0;
  return {
    serviceLevel: { value: serviceLevel?.value ?? null, n: serviceLevel?.n ?? 0 },
    asa: { value: asa?.value ?? null, n: asa?.n ?? 0 },
    waitP90: { value: asa?.p90 ?? null, n: asa?.n ?? 0 },
    abandonment: { value: abandonment?.value ?? null, n: abandonment?.n ?? 0 },
    given: { value: given, n: given },
    moved: { value: moved, n: moved },
    helped: { value: helped, n: helped ?? 0 },
    waiting: { value: waiting, n: waiting },
  };
}

/** Of several plays: the one in the middle, the least and the most. */
export function spread(values: readonly { readonly value: number | null; readonly n: number }[]): LabFigure {
  const known = values.filter(({ value }) => value !== null).toSorted((a, b) => (a.value ?? 0) - (b.value ?? 0));
  const middle = known[Math.floor((known.length - 1) / 2)];
  if (middle === undefined) return { value: null, low: null, high: null, n: 0 };
  return { ...middle, low: known[0]?.value ?? null, high: known.at(-1)?.value ?? null };
}

export function spreadAll(values: readonly Values[]): LabFigures {
  const ids = Object.keys(values[0] ?? valuesOf(emptyCell(), { waiting: 0, helped: 0 })) as LabFigureId[];
  return Object.fromEntries(ids.map((id) => [id, spread(values.map((each) => each[id]))])) as LabFigures;
}

/** Sums of facts under whatever keys. */
export class Cells {
  private readonly cells = new Map<string, Cell>();

  add(fact: Fact, keys: readonly string[]): void {
    for (const key of keys) {
      let cell = this.cells.get(key);
      if (cell === undefined) this.cells.set(key, (cell = emptyCell()));
      addFact(cell, fact);
    }
  }

  at(key: string): Cell {
    return this.cells.get(key) ?? emptyCell();
  }
}

/** A fact of the metrics, of what was only played. */
export function factOf(
  told: Pick<Fact, 'kind' | 'queueId' | 'agentId' | 'channel'> & { at: number } & Partial<Omit<Fact, 'at'>>,
) {
  const { ms } = told;
  const own = { ...told, at: new Date(told.at), ...(ms !== undefined && { businessMs: ms }) };
  return { _id: '', tags: [], ticketId: '', customerId: '', ...own } as Fact;
}
