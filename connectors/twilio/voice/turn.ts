import { LegRole } from '@switchboard/contract';
import type { CallTurn } from '@switchboard/contract';
import { fieldOf } from '../../kit/form.ts';
import { isOver, sidesOf, sidOf, wholeOf, wordsOf } from './fields.ts';
import type { Told } from './fields.ts';
import type { Hook } from './hooks.ts';
import { agentOf } from './identity.ts';

type At = CallTurn['at'];

const keyOf = ({ fields }: Told): { key?: string } => {
  const key = fieldOf(fields, 'Digits')?.[0];
  return key === undefined ? {} : { key };
};

/** A browser of ours asks for a ticket and a role; whether it may, the hub decides. Null: no browser of ours. */
const agentAt = ({ fields }: Told): At | null => {
  const agentId = agentOf(fieldOf(fields, 'From'));
  const ticketId = wordsOf(fields, 'ticketId', 200);
  if (agentId === null || ticketId === undefined) return null;
  return { what: 'agent', agentId, ticketId, role: LegRole.safeParse(fieldOf(fields, 'role')).data ?? 'agent' };
};

/** A browser that dials the number's address comes in all the same; a progress report there asks for nothing. */
const arrivedAt = (told: Told): At | null => {
  if (fieldOf(told.fields, 'CallbackSource') !== undefined) return null;
  return fieldOf(told.fields, 'From')?.startsWith('client:') ? agentAt(told) : { what: 'arrived' };
};

const answeredAt = (told: Told): At => {
  const speech = wordsOf(told.fields, 'SpeechResult', 10_000);
  return { what: 'answered', step: told.place.step ?? '', ...keyOf(told), ...(speech && { speech }) };
};

const waitingAt = (told: Told): At => {
  const since = Number(told.place.since ?? told.receivedAt.getTime());
  const passed = Math.max(0, Math.round((told.receivedAt.getTime() - since) / 1000));
  return { what: 'waiting', secondsInQueue: wholeOf(told.fields, 'QueueTime') ?? (passed || 0), ...keyOf(told) };
};

/** What ended a wait, where the call still needs a word of ours. Of the others Twilio does not read the answer. */
const afterQueue: Record<string, At> = {
  leave: { what: 'left' },
  bridged: { what: 'parted' },
  'queue-full': { what: 'parted' },
  error: { what: 'parted' },
  'system-error': { what: 'parted' },
};
const leftAt = ({ fields }: Told): At | null => {
  const result = fieldOf(fields, 'QueueResult') ?? '';
  return (Object.hasOwn(afterQueue, result) && afterQueue[result]) || null;
};

/** Our own answer failed. Who had not got in yet begins again. */
const fallenBack = ({ fields }: Told): At =>
  fieldOf(fields, 'CallStatus') === 'ringing' ? { what: 'arrived' } : { what: 'parted' };

/** A room has ended, or who was dialled from the menu; that one was reached if they answered. */
const dialledAt = ({ fields, place }: Told): At => {
  if (place.step === undefined) return { what: 'parted' };
  const status = fieldOf(fields, 'DialCallStatus') ?? '';
  return { what: 'forwarded', step: place.step, reached: status === 'completed' || status === 'answered' };
};

const turns: Partial<Record<Hook, (told: Told) => At | null>> = {
  '': arrivedAt,
  agent: agentAt,
  gather: answeredAt,
  wait: waitingAt,
  queue: leftAt,
  dial: dialledAt,
  recorded: () => ({ what: 'recorded' }),
  fallback: fallenBack,
};

/** What Twilio wants to know. Null: nothing, or the call is over and nobody hears the answer. */
export const turnOf = (told: Told): CallTurn | null => {
  if (isOver(told.fields)) return null;
  const at = turns[told.hook as Hook]?.(told) ?? null;
  if (at === null) return null;
  const callExternalId = sidOf(told.fields, 'CallSid', 'CA');
  const { direction, customer, line = '' } = sidesOf(told, callExternalId);
  return { callExternalId, direction, customer, line, at };
};
