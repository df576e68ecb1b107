import { ConnectorError } from '@switchboard/contract';
import type { CallState, NormalisedEvent, Party } from '@switchboard/contract';
import { fieldOf } from '../../kit/form.ts';
import type { FormFields } from '../../kit/form.ts';
import { toE164 } from '../../kit/phone.ts';
import type { Place } from './hooks.ts';

/** One webhook as the parts of the parser read it. */
export interface Told {
  readonly fields: FormFields;
  readonly place: Place;
  readonly hook: string;
  readonly receivedAt: Date;
}

export type CallEvent = Extract<NormalisedEvent, { kind: 'call.changed' }>;
export type Change = CallEvent['call'];

/** https://www.twilio.com/docs/voice/api/call-resource#call-status-values; `initiated` is an event's name that comes as one. */
const states: Record<string, CallState> = {
  queued: 'ringing',
  initiated: 'ringing',
  ringing: 'ringing',
  answered: 'in-progress',
  'in-progress': 'in-progress',
  completed: 'completed',
  busy: 'busy',
  'no-answer': 'missed',
  failed: 'failed',
  canceled: 'canceled',
};

export const stateOf = (status: string): CallState => {
  const state = Object.hasOwn(states, status) ? states[status] : undefined;
  if (!state) throw new ConnectorError('rejected', `The call status "${status.slice(0, 40)}" is not one that we know`);
  return state;
};
export const isOver = (fields: FormFields): boolean =>
  ['completed', 'busy', 'no-answer', 'failed', 'canceled'].includes(fieldOf(fields, 'CallStatus') ?? '');

export const sidOf = (fields: FormFields, name: string, prefix: string): string => {
  const sid = fieldOf(fields, name);
  if (sid === undefined) throw new ConnectorError('rejected', `${name} is missing`);
  if (!new RegExp(`^${prefix}[0-9a-f]{32}$`, 'i').test(sid))
    throw new ConnectorError('rejected', `${name} is not ${prefix} and 32 digits`);
  return sid;
};

export const wholeOf = (fields: FormFields, name: string): number | undefined => {
  const value = fieldOf(fields, name);
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
};

export const wordsOf = (fields: FormFields, name: string, longest: number): string | undefined =>
  fieldOf(fields, name)?.slice(0, longest);

/** Twilio dates its progress reports (RFC 2822); what has no date happened when it came. */
export const timeOf = ({ fields, receivedAt }: Told): string => {
  const told = new Date(fieldOf(fields, 'Timestamp') ?? '');
  const year = told.getUTCFullYear();
  return (year >= 2000 && year < 10_000 ? told : receivedAt).toISOString();
};

/** The numbers that Twilio puts in place of a withheld one spell the word. https://help.twilio.com/articles/223179988 */
const withheld = /^(\+?(266696687|7378742833|2562533|8656696|86282452253|464|468))$|anonymous|restricted|unavailable/i;

/** Who withholds the number is a stranger each time: two of them are not one customer. */
export const partyOf = (address: string, callSid: string, name?: string): Party => {
  if (withheld.test(address))
    return { externalId: `anonymous:${callSid}`, displayName: 'Withheld number', handles: [] };
  const phone = /^\+/.test(address) ? toE164(address) : null;
  return {
    externalId: address.slice(0, 512),
    ...(name && { displayName: name }),
    handles: phone ? [{ type: 'phone', value: phone }] : [],
  };
};

export interface Sides {
  readonly direction: 'inbound' | 'outbound';
  readonly customer: Party;
  readonly line: string | undefined;
}

/** Who of the two is the customer. Our own calls are `outbound-api` (REST) or `outbound-dial` (a `<Dial>`). */
export const sidesOf = ({ fields, place }: Told, callSid: string): Sides => {
  const direction = place.direction ?? (fieldOf(fields, 'Direction')?.startsWith('outbound') ? 'outbound' : 'inbound');
  const from = fieldOf(fields, 'From') ?? fieldOf(fields, 'Caller');
  const to = fieldOf(fields, 'To') ?? fieldOf(fields, 'Called');
  const [theirs, ours] = direction === 'inbound' ? [from, to] : [to, from];
  const name = direction === 'inbound' ? wordsOf(fields, 'CallerName', 500) : undefined;
  return {
    direction,
    customer: partyOf(place.customer ?? theirs ?? `call:${callSid}`, callSid, name),
    line: ours?.slice(0, 200),
  };
};

/** An event of the call that the request itself is of. */
export const eventOf = (told: Told, key: string, change: Partial<Change>): CallEvent => {
  const callSid = sidOf(told.fields, 'CallSid', 'CA');
  const { direction, customer } = sidesOf(told, callSid);
  return {
    kind: 'call.changed',
    dedupeKey: `${callSid}:${key}`,
    thread: { externalId: customer.externalId, shape: 'call' },
    occurredAt: timeOf(told),
    sender: customer,
    call: { externalId: callSid, direction, ...(told.place.command && { commandId: told.place.command }), ...change },
  };
};

/** Of a room or a leg: the call is the one that the address names, and if it names none, the room stands for it. */
export const eventAround = (told: Told, key: string, alone: string, change: Partial<Change>): CallEvent => {
  const { call, customer, room, direction = 'inbound' } = told.place;
  const externalId = call ?? room ?? alone;
  const sender = customer ? partyOf(customer, externalId) : { externalId: externalId.slice(0, 512), handles: [] };
  return {
    kind: 'call.changed',
    dedupeKey: key,
    thread: { externalId: sender.externalId, shape: 'call' },
    occurredAt: timeOf(told),
    sender,
    call: { externalId, direction, ...(room && { room }), ...change },
  };
};
