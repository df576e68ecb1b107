import type { Connector } from '@switchboard/contract';
import { z } from 'zod';

interface Schema {
  readonly title?: unknown;
  readonly secret?: unknown;
  readonly const?: unknown;
  readonly required?: string[];
  readonly properties?: Record<string, Schema>;
  readonly anyOf?: Schema[];
  readonly oneOf?: Schema[];
  readonly allOf?: Schema[];
}
export interface Field {
  readonly path: string;
  readonly title: unknown;
  readonly secret: unknown;
  readonly required: boolean;
}

const below = (schema: Schema, above: string): Field[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    // A constant names its alternative: nobody fills it in.
    ...('const' in field
      ? []
      : [
          {
            path: above + name,
            title: field.title,
            secret: field.secret,
            required: schema.required?.includes(name) === true,
          },
        ]),
    ...below(field, `${above}${name}.`),
  ]),
  ...[schema.anyOf, schema.oneOf, schema.allOf].flatMap((branches = []) =>
    branches.flatMap((one) => below(one, above)),
  ),
];

/** The fields of the form that an administrator fills in, nested ones and those of alternatives included. */
export const fieldsOf = ({ settings }: Connector): Field[] =>
  below(z.toJSONSchema(settings, { io: 'input' }) as Schema, '');
