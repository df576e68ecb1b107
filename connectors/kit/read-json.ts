import { ConnectorError } from '@switchboard/contract';
import type { z } from 'zod';

/** A webhook's JSON body as its schema has it, or what is wrong with it in one line. `what`: "a Telegram update". */
export const readJson = <T extends z.ZodType>(rawBody: Buffer, schema: T, what: string): z.output<T> => {
  let json: unknown;
  try {
    json = JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw new ConnectorError('rejected', 'The body is not JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConnectorError('rejected', `Not ${what}: ${issue?.path.join('.') || 'body'}: ${issue?.message}`);
};
