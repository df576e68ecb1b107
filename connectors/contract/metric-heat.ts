/** How strong a cell is: 0 where nothing was, then a quarter of the busiest each, so that few steps are told apart by anybody. */
export const heatStep = (count: number, most: number): 0 | 1 | 2 | 3 | 4 =>
  count <= 0 || most <= 0 ? 0 : (Math.min(4, Math.ceil((4 * count) / most)) as 1 | 2 | 3 | 4);

export interface Busiest {
  /** ISO: Monday is 1. */
  readonly weekday: number;
  readonly hour: number;
  readonly count: number;
}

/** null: nothing was. Seven days from Monday, 24 hours each. */
export function busiestOf(opened: readonly (readonly number[])[]): Busiest | null {
  let best: Busiest | null = null;
  opened.forEach((hours, day) =>
    hours.forEach((count, hour) => {
      if (count > (best?.count ?? 0)) best = { weekday: day + 1, hour, count };
    }),
  );
  return best;
}

/** From Monday, as reports name them in tables and mails. */
export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
