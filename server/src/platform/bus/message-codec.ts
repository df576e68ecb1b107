import { z } from 'zod';
import { traceparent as currentTrace } from '../log/trace.ts';
import { PoisonError, type BusMessage } from './bus.ts';

/** Bigger things (mail, media) are kept in the media store, and the message refers to them. */
const MAX_BODY_CHARACTERS = 4_000_000;

const envelope = z.object({
  topic: z.string(),
  key: z.string(),
  id: z.string(),
  payload: z.unknown(),
  traceparent: z.string().optional(),
});

/** The trace that is current goes with the message unless it names another. */
export function encodeMessage({ topic, key, id, payload, traceparent = currentTrace() }: BusMessage): string {
  const body = JSON.stringify({ topic, key, id, payload, traceparent });
  if (body.length > MAX_BODY_CHARACTERS) throw new Error(`bus message ${id} (${topic}) is too large`);
  return body;
}

/** @throws PoisonError if it is not a message of ours */
export function decodeMessage(body: string): BusMessage {
  try {
    const { traceparent, ...rest } = envelope.parse(JSON.parse(body));
    return { ...rest, ...(traceparent === undefined ? {} : { traceparent }) };
  } catch (error) {
    throw new PoisonError('the message is not readable', { cause: error });
  }
}

export function messageIdOf(body: string, otherwise: string): string {
  try {
    return decodeMessage(body).id;
  } catch {
    return otherwise;
  }
}
