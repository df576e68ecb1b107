export type FormFields = Readonly<Record<string, string | string[]>>;

/** An `application/x-www-form-urlencoded` body. A name that comes twice keeps all its values. Any bytes are a form. */
export const parseForm = (body: Buffer): FormFields => {
  const pairs = new URLSearchParams(body.toString('utf8'));
  const names = [...new Set(pairs.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = pairs.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
};

/** The single value of a field: the last one given, undefined when missing or empty. */
export const fieldOf = (fields: FormFields, name: string): string | undefined => {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return (Array.isArray(value) ? value.at(-1) : value) || undefined;
};
