import { InboundEvent } from '@switchboard/contract';
import type { z } from 'zod';
import { matchesTopic } from '../../platform/bus/index.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { Outbound, TicketEvent, ticketTopics } from '../tickets/index.ts';

/** What the messages of a topic look like; whoever mends one is told here what is wrong, not by a second dead letter. */
const shapes: [topic: string, shape: z.ZodType][] = [
  ['inbound.#', InboundEvent],
  ['outbound.#', Outbound],
  ...['ticket.opened', ...ticketTopics].map((topic): [string, z.ZodType] => [topic, TicketEvent]),
];

/** @throws HubError `invalid` that names the field */
export function mendedPayload(topic: string, text: string): unknown {
  const payload = jsonOf(text);
  const shape = shapes.find(([pattern]) => matchesTopic(pattern, topic))?.[1];
  const issue = shape?.safeParse(payload).error?.issues[0];
  if (issue !== undefined) throw wrong(`${issue.path.join('.') || 'The message'}: ${issue.message}`);
  return payload;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw wrong(`This is not JSON: ${(error as Error).message}`);
  }
}

const wrong = (message: string): HubError => new HubError('invalid', message, { fields: [{ path: 'raw', message }] });
