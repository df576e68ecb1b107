export type FormFields = Readonly<Record<string, string | string[]>>;

/** An `application/x-www-form-urlencoded` body. A name that comes twice keeps all its values. Any bytes are a form. */
export const parseForm = (body: Buffer): FormFields => {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    const list = values.get(name);
    if (list) list.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries(
    [...values].map(([name, [first = '', ...more]]) => [name, more.length ? [first, ...more] : first]),
  );
};

/** The value of a field, the last one of several; undefined when missing or empty. */
export const fieldOf = (fields: FormFields, name: string): string | undefined => {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return (Array.isArray(value) ? value.at(-1) : value) || undefined;
};
