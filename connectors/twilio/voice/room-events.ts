import { ConnectorError } from '@switchboard/contract';
import type { NormalisedEvent } from '@switchboard/contract';
import { fieldOf } from '../../kit/form.ts';
import { eventAround, sidOf, wholeOf, wordsOf } from './fields.ts';
import type { Change, Told } from './fields.ts';
import { readLabel } from './identity.ts';

type LegChange = NonNullable<Change['leg']>['change'];

/** https://www.twilio.com/docs/voice/twiml/conference#attributes-statusCallbackEvent. Null: it passes, nothing is kept of it. */
const happenings: Record<string, LegChange | 'open' | 'ended' | null> = {
  'conference-start': 'open',
  'conference-end': 'ended',
  'participant-join': 'joined',
  'participant-leave': 'left',
  'participant-hold': 'held',
  'participant-unhold': 'resumed',
  'participant-mute': 'muted',
  'participant-unmute': 'unmuted',
  'participant-modify': null,
  'participant-speech-start': null,
  'participant-speech-stop': null,
  'announcement-end': null,
  'announcement-fail': null,
};

const legOf = ({ fields, place }: Told, change: LegChange): NonNullable<Change['leg']> => {
  const externalId = sidOf(fields, 'CallSid', 'CA');
  const name = readLabel(fieldOf(fields, 'ParticipantLabel')) ?? { role: place.role ?? ('customer' as const) };
  const reason = wordsOf(fields, 'ReasonParticipantLeft', 200) ?? wordsOf(fields, 'ParticipantCallStatus', 200);
  return { externalId, ...name, change, ...(change === 'left' && reason && { reason }) };
};

/** What happens in a conference. Twilio counts its reports by conference. */
export const roomChanged = (told: Told): NormalisedEvent[] => {
  const { fields, place } = told;
  const said = fieldOf(fields, 'StatusCallbackEvent') ?? '';
  const conference = sidOf(fields, 'ConferenceSid', 'CF');
  if (!Object.hasOwn(happenings, said))
    throw new ConnectorError('rejected', `The conference event "${said.slice(0, 40)}" is not one that we know`);
  const happening = happenings[said] ?? null;
  if (happening === null) return [];
  const room = wordsOf(fields, 'FriendlyName', 200) ?? place.room;
  const sequence = wholeOf(fields, 'SequenceNumber');
  const leg = happening === 'open' || happening === 'ended' ? undefined : legOf(told, happening);
  const reason = wordsOf(fields, 'ReasonConferenceEnded', 500);
  // Held and resumed again is twice: the count or, without one, the time tells the two apart.
  const key = [conference, said, leg?.externalId, sequence ?? fieldOf(fields, 'Timestamp')].join(':').slice(0, 1000);
  // The customer's own leg knows its call, even where the room was opened by somebody else.
  const call = place.call ?? (leg?.role === 'customer' ? leg.externalId : undefined);
  return [
    eventAround({ ...told, place: { ...place, room, call } }, key, conference, {
      roomSession: conference,
      ...(sequence !== undefined && { sequence }),
      ...(leg ? { leg } : { roomState: happening === 'open' ? 'open' : 'ended' }),
      ...(happening === 'ended' && reason && { reason }),
    }),
  ];
};
