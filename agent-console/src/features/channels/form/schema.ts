/** A connector's settings schema (JSON Schema as zod writes it), made into what a form needs. Pure. */

export type Json = Readonly<Record<string, unknown>>;

interface Base {
  readonly key: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly initial: unknown;
  readonly placeholder: string | undefined;
}
export type Spec =
  | (Base & {
      readonly kind: 'text';
      readonly secret: boolean;
      readonly format: string | undefined;
      readonly long: boolean;
      readonly maxLength: number | undefined;
    })
  | (Base & {
      readonly kind: 'number';
      readonly whole: boolean;
      readonly min: number | undefined;
      readonly max: number | undefined;
    })
  | (Base & { readonly kind: 'switch' })
  | (Base & { readonly kind: 'choice'; readonly options: readonly string[] })
  | (Base & { readonly kind: 'list' })
  | (Base & { readonly kind: 'map' })
  | (Base & { readonly kind: 'group'; readonly fields: readonly Spec[] })
  | (Base & { readonly kind: 'variants'; readonly tag: string; readonly variants: readonly Variant[] })
  /** Something that this form can't draw: it is edited as JSON, rather than not at all. */
  | (Base & { readonly kind: 'json' });
export interface Variant {
  readonly value: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly fields: readonly Spec[];
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const number = (value: unknown) =>
  typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;

/** The form of a whole connector: a group or, where its settings are a union, variants. */
export function specOf(schema: Json, example: unknown): Spec {
  return toSpec('', schema, true, example);
}

/** What the field at a dotted path is called; the first of several alternatives that have it. */
export function titleAt(spec: Spec, path: string): string | undefined {
  if (path === '') return spec.title;
  const [key, ...rest] = path.split('.');
  const inside =
    spec.kind === 'group' ? spec.fields : spec.kind === 'variants' ? spec.variants.flatMap(({ fields }) => fields) : [];
  return inside.filter((each) => each.key === key).flatMap((each) => titleAt(each, rest.join('.')) ?? [])[0];
}

function toSpec(key: string, schema: Json, required: boolean, example: unknown): Spec {
  const inner = unwrap(schema);
  const base: Base = {
    key,
    title: text(schema.title) ?? text(inner.title) ?? wordsOf(key),
    description: text(schema.description) ?? text(inner.description),
    required: required && schema.default === undefined && inner.default === undefined,
    initial: schema.default ?? inner.default,
    placeholder: typeof example === 'string' || typeof example === 'number' ? String(example) : undefined,
  };
  const variants = variantsOf(inner, example);
  if (variants) return { ...base, kind: 'variants', ...variants };
  if (isStrings(inner.enum)) return { ...base, kind: 'choice', options: inner.enum };
  if (inner.type === 'boolean') return { ...base, kind: 'switch' };
  if (inner.type === 'string') return textSpec(base, schema, inner);
  if (inner.type === 'number' || inner.type === 'integer') return numberSpec(base, inner);
  if (inner.type === 'array' && isJson(inner.items) && inner.items.type === 'string')
    return { ...base, kind: 'list', placeholder: Array.isArray(example) ? text(example[0]) : undefined };
  if (inner.type === 'object') return objectSpec(base, inner, example);
  return { ...base, kind: 'json' };
}

function textSpec(base: Base, schema: Json, inner: Json): Spec {
  const maxLength = number(inner.maxLength);
  const secret = schema.secret === true || inner.secret === true;
  const paragraph =
    maxLength !== undefined && maxLength >= 500 && inner.pattern === undefined && inner.format === undefined;
  const long = schema.multiline === true || inner.multiline === true || (!secret && paragraph);
  return { ...base, kind: 'text', secret, format: text(schema.format) ?? text(inner.format), long, maxLength };
}

function numberSpec(base: Base, inner: Json): Spec {
  return {
    ...base,
    kind: 'number',
    whole: inner.type === 'integer',
    min: number(inner.minimum),
    max: number(inner.maximum),
  };
}

function objectSpec(base: Base, inner: Json, example: unknown): Spec {
  if (isJson(inner.properties)) return { ...base, kind: 'group', fields: fieldsOf(inner, example) };
  const isMap = isJson(inner.additionalProperties) && inner.additionalProperties.type === 'string';
  return { ...base, kind: isMap ? 'map' : 'json' };
}

function fieldsOf(schema: Json, example: unknown, without?: string): Spec[] {
  const required = isStrings(schema.required) ? schema.required : [];
  return Object.entries(isJson(schema.properties) ? schema.properties : {})
    .filter((entry): entry is [string, Json] => isJson(entry[1]) && entry[0] !== without)
    .map(([key, child]) => toSpec(key, child, required.includes(key), isJson(example) ? example[key] : undefined));
}

/** A union of objects told apart by one property with a constant. */
function variantsOf(schema: Json, example: unknown): { tag: string; variants: Variant[] } | null {
  const options = alternatives(schema);
  const first = options[0];
  if (!first || options.length < 2 || !isJson(first.properties)) return null;
  const tag = Object.keys(first.properties).find((name) =>
    options.every((option) => constantOf(option, name) !== undefined),
  );
  if (tag === undefined) return null;
  const variants = options.map((option) => {
    const value = constantOf(option, tag) ?? '';
    const tagSchema = (option.properties as Json)[tag] as Json;
    return {
      value,
      title: text(option.title) ?? text(tagSchema.title) ?? wordsOf(value),
      description: text(option.description) ?? text(tagSchema.description),
      fields: fieldsOf(option, isJson(example) && example[tag] === value ? example : undefined, tag),
    };
  });
  return { tag, variants };
}
function constantOf(option: Json, name: string): string | undefined {
  const property = isJson(option.properties) ? option.properties[name] : undefined;
  return isJson(property) ? text(property.const) : undefined;
}
function alternatives(schema: Json): Json[] {
  const options = Array.isArray(schema.oneOf) ? schema.oneOf : Array.isArray(schema.anyOf) ? schema.anyOf : [];
  return options.filter(isJson);
}

/** `anyOf: [X, null]` and one-sided `allOf` are X. */
function unwrap(schema: Json): Json {
  const real = alternatives(schema).filter((option) => option.type !== 'null');
  const only =
    real.length === 1
      ? real[0]
      : Array.isArray(schema.allOf) && schema.allOf.length === 1
        ? schema.allOf[0]
        : undefined;
  return isJson(only) ? unwrap(only) : schema;
}

const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
/** 'when-closed', 'whenClosed' → 'When closed' */
export function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[-_.]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
