interface Result {
  readonly ok: boolean;
  readonly message: string;
}
export interface OutcomeLine {
  readonly ok: boolean;
  readonly message: string;
  readonly count: number;
}

/** One line for each outcome, those that went well first, then the most frequent. Pure. */
export function outcomesOf(results: readonly Result[]): OutcomeLine[] {
  const lines = new Map<string, OutcomeLine>();
  for (const { ok, message } of results) {
    // What went well needs no telling apart.
    const key = ok ? '' : message;
    lines.set(key, { ok, message, count: (lines.get(key)?.count ?? 0) + 1 });
  }
  return [...lines.values()].toSorted((a, b) => Number(b.ok) - Number(a.ok) || b.count - a.count);
}
