export interface Pair {
  /** Of the row in the form, so that it keeps its place while its name is typed. */
  readonly id: string;
  key: string;
  value: string;
}
type Attributes = Readonly<Record<string, string>>;

export const pairsOf = (attributes: Attributes): Pair[] =>
  Object.entries(attributes).map(([key, value]) => ({ id: key, key, value }));

/** What to send so that `before` becomes what the rows say: changed and new values, null for what is gone. Pure. */
export function changesOf(
  before: Attributes,
  pairs: readonly Pick<Pair, 'key' | 'value'>[],
): Record<string, string | null> {
  const wanted = new Map(pairs.map(({ key, value }) => [key.trim(), value] as const).filter(([key]) => key !== ''));
  const gone = Object.keys(before).filter((key) => !wanted.has(key));
  const changed = [...wanted].filter(([key, value]) => before[key] !== value);
  return Object.fromEntries([...gone.map((key) => [key, null] as const), ...changed]);
}
