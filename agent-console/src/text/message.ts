/** A message: plain, or one form per plural category of `count` (Intl.PluralRules), `other` at least. */
export type Message = string | ({ readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

type Names<S> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
type Forms<M> = M extends string ? M : M[keyof M];
type NamesOf<M> = M extends string ? Names<M> : Names<Forms<M>> | 'count';

/** The parameters that a message asks for, read from its `{names}`. */
export type Params<M> = [NamesOf<M>] extends [never] ? [] : [params: Record<NamesOf<M> & string, string | number>];

export function format(
  message: Message,
  params: Readonly<Record<string, string | number>>,
  plural: Intl.PluralRules,
  number: Intl.NumberFormat,
): string {
  const text = typeof message === 'string' ? message : (message[plural.select(Number(params.count))] ?? message.other);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number.format(value) : value;
  });
}
