interface Row {
  readonly id: string;
}

/** The rows that watchers have, so that only those that are another are sent. */
export class ShownRows<T extends Row> {
  private shown = new Map<string, T>();

  /** `same`: whether a row says what the shown one of its id says. */
  constructor(private readonly same: (a: T, b: T) => boolean) {}

  get all(): T[] {
    return [...this.shown.values()];
  }

  /** Shows these, and tells what that changes. */
  show(rows: readonly T[]): { changed: T[]; gone: string[] } {
    const next = new Map<string, T>();
    const changed: T[] = [];
    for (const row of rows) {
      const before = this.shown.get(row.id);
      const kept = before !== undefined && this.same(before, row);
      if (!kept) changed.push(row);
      next.set(row.id, kept ? before : row);
    }
    const gone = [...this.shown.keys()].filter((id) => !next.has(id));
    this.shown = next;
    return { changed, gone };
  }
}
export const sameText = <T>(a: T, b: T): boolean => JSON.stringify(a) === JSON.stringify(b);
/** Of rows that are made anew only where they say something else. */
export const sameObject = <T>(a: T, b: T): boolean => a === b;
