import { z } from 'zod';
import { ForeignPayload } from '../kit/foreign-payload.ts';
import { readJson } from '../kit/read-json.ts';

const objects = {
  whatsapp_business_account: 'a WhatsApp payload',
  page: 'a Messenger payload',
  instagram: 'an Instagram payload',
} as const;
export type MetaObject = keyof typeof objects;

const Head = z.object({ object: z.string() });

/** All of Meta's webhooks look alike and name what they are about. */
export const readPayload = <T extends z.ZodType>(rawBody: Buffer, mine: MetaObject, schema: T): z.output<T> => {
  const { object } = readJson(rawBody, Head, 'a payload of Meta');
  if (object !== mine) {
    const whose = Object.hasOwn(objects, object) ? objects[object as MetaObject] : `about "${object.slice(0, 40)}"`;
    throw new ForeignPayload(whose, objects[mine].replace(/^an? | payload$/g, ''));
  }
  return readJson(rawBody, schema, objects[mine]);
};

/** What is not as it should be is as if it were not there: a message is not lost for a detail. */
export const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
/** Ids come as text, and sometimes as numbers. */
export const Ref = z.union([z.string().min(1).max(500), z.number().transform(String)]);
export const Text = z.string().transform((text) => text.slice(0, 100_000));
