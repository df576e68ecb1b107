const KEPT_MS = 3_600_000;
/** What somebody would not tell is asked for again soon. */
const AGAIN_MS = 60_000;
const MOST_KEPT = 5_000;

/** Asks for each id once an hour, however many want to know. Undefined: it could not be told. */
export const askedOnce = <T>(ask: (id: string) => Promise<T>, now: () => Date) => {
  const kept = new Map<string, { until: number; answer: Promise<T | undefined> }>();
  return (id: string): Promise<T | undefined> => {
    const at = now().getTime();
    const known = kept.get(id);
    if (known !== undefined && known.until > at) return known.answer;
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
    const answer = ask(id).catch(() => {
      entry.until = at + AGAIN_MS;
      return undefined;
    });
    const entry = { until: at + KEPT_MS, answer };
    kept.set(id, entry);
    return answer;
  };
};
