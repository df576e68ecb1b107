import type { LegRole, NormalisedEvent } from '@switchboard/contract';
import { fieldOf } from '../../kit/form.ts';
import type { FormFields } from '../../kit/form.ts';
import { eventAround, sidOf, stateOf, wholeOf, wordsOf } from './fields.ts';
import type { Change, Told } from './fields.ts';
import { agentOf } from './identity.ts';

/** https://www.twilio.com/docs/api/errors, in words for agents. */
const reasons: Record<string, string> = {
  '11200': 'Twilio could not reach us',
  '11205': 'Twilio could not connect to us',
  '11750': 'Our answer to Twilio was too long',
  '12100': 'Our answer to Twilio was not understood',
  '13223': 'This is not a valid phone number',
  '13224': 'This phone number is not valid or not in use',
  '13225': 'This phone number may not be called',
  '13227': 'The Twilio account may not call this country; its geographic permissions allow it',
  '21215': 'The Twilio account may not call this country; its geographic permissions allow it',
  '32014': 'The call was refused as unwanted',
};

/** Why a call failed, or why Twilio asks at the fallback address. */
export const failureOf = (fields: FormFields): Pick<Change, 'reason'> => {
  const code = fieldOf(fields, 'ErrorCode');
  if (code === undefined) return {};
  const words = (Object.hasOwn(reasons, code) ? reasons[code] : undefined) ?? wordsOf(fields, 'ErrorMessage', 400);
  return { reason: `${words ?? 'Twilio reported an error'} (${code.slice(0, 20)})` };
};

type LegChange = NonNullable<Change['leg']>['change'];

const roleOf = (address: string): LegRole => (address.startsWith('client:') ? 'agent' : 'number');

/** A leg that we called in, or that a `<Dial>` did: as it rings and ends. That it joined, its room says. */
export const legProgress = (told: Told): NormalisedEvent[] => {
  const { fields, place } = told;
  const callSid = sidOf(fields, 'CallSid', 'CA');
  const status = wordsOf(fields, 'CallStatus', 100) ?? '';
  const state = stateOf(status);
  const changes: Partial<Record<typeof state, LegChange>> = {
    ringing: 'ringing',
    'in-progress': 'joined',
    completed: 'left',
  };
  // Who was called into a room joins when the room says so; a number that the caller was led to has no room.
  const isLed = fieldOf(fields, 'ParentCallSid') !== undefined && place.role === 'number';
  if (state === 'in-progress' && !isLed) return [];
  const to = fieldOf(fields, 'To') ?? '';
  const agentId = place.agent ?? agentOf(to) ?? undefined;
  const number = place.number ?? (to.startsWith('+') ? to.slice(0, 200) : undefined);
  const durationSeconds = wholeOf(fields, 'CallDuration');
  const change = changes[state] ?? 'unreached';
  const leg = {
    externalId: callSid,
    role: place.role ?? roleOf(to),
    ...(agentId && { agentId }),
    ...(!agentId && number && { number }),
    change,
    ...(change !== 'ringing' && { reason: status }),
    ...(durationSeconds !== undefined && { durationSeconds }),
  };
  const parent = fieldOf(fields, 'ParentCallSid') && sidOf(fields, 'ParentCallSid', 'CA');
  const commandId = place.command && { commandId: place.command };
  return [
    eventAround(told, `${callSid}:leg:${change}`, parent || callSid, { leg, ...commandId, ...failureOf(fields) }),
  ];
};
