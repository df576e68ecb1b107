import { z } from 'zod';

export const MOST_PER_PAGE = 200;

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly enum?: unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly properties?: Record<string, Schema>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: Schema[];
  readonly oneOf?: Schema[];
  readonly allOf?: Schema[];
}

/** Formats whose texts are of one length, nearly. */
const SHORT_FORMATS = ['uuid', 'date-time', 'date', 'time'];
/** A pattern from end to end in which nothing repeats without a count, such as ^[a-z]{1,40}$. */
const COUNTS = /^\^(?!.*\{\d+,\})[^*+]*\$$/;

/** The paths of a schema's texts and lists that may be as long as they like. */
export function unbounded(schema: z.ZodType): string[] {
  return [
    ...new Set(paths(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema, '')),
  ];
}

function paths(schema: Schema, path: string): string[] {
  const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [], allOf = [] } = schema;
  const below = (key: string) => (path === '' ? key : `${path}.${key}`);
  return [
    ...(isBounded(schema) ? [] : [path]),
    ...Object.entries(properties).flatMap(([key, value]) => paths(value, below(key))),
    ...(typeof additionalProperties === 'object' ? paths(additionalProperties, below('*')) : []),
    ...(items === undefined ? [] : paths(items, below('[]'))),
    ...[...anyOf, ...oneOf, ...allOf].flatMap((one) => paths(one, path)),
  ];
}

function isBounded({ type, format, maxLength, maxItems, enum: words, const: word, pattern }: Schema): boolean {
  if (type === 'array') return maxItems !== undefined;
  if (type !== 'string' || maxLength !== undefined || words !== undefined || word !== undefined) return true;
  return SHORT_FORMATS.includes(format ?? '') || COUNTS.test(pattern ?? '');
}
