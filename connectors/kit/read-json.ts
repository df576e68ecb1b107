import { ConnectorError } from '@switchboard/contract';
import type { z } from 'zod';

/** Without the mark that some put before their JSON. `otherwise`: what is wrong with it, if it is none. */
export const parseJson = (body: Buffer | string, otherwise = 'The body is not JSON'): unknown => {
  try {
    return JSON.parse(body.toString('utf8').replace(/^\ufeff/, ''));
  } catch {
    throw new ConnectorError('rejected', otherwise);
  }
};

/** A webhook's JSON body as its schema has it, or what is wrong with it in one line. `what`: "a Telegram update". */
export const readJson = <T extends z.ZodType>(rawBody: Buffer, schema: T, what: string): z.output<T> => {
  const parsed = schema.safeParse(parseJson(rawBody));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConnectorError('rejected', `Not ${what}: ${issue?.path.join('.') || 'body'}: ${issue?.message}`);
};
