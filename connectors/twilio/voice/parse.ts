import { createHash } from 'node:crypto';
import { ConnectorError } from '@switchboard/contract';
import type { NormalisedEvent, VerifiedRequest } from '@switchboard/contract';
import { fieldOf, parseForm } from '../../kit/form.ts';
import type { FormFields } from '../../kit/form.ts';
import { ForeignPayload } from '../../kit/foreign-payload.ts';
import { agentOf } from './identity.ts';
import { placeOf } from './hooks.ts';
import { eventOf, isOver, sidesOf, sidOf, stateOf, wholeOf, wordsOf } from './fields.ts';
import type { Change, Told } from './fields.ts';
import { failureOf, legProgress } from './legs.ts';
import { recordingChanged, recordingMade, transcribed } from './recordings.ts';
import { roomChanged } from './room-events.ts';
import { transcriptTold } from './transcripts.ts';

/** The state of the customer's leg, as every request about it says it. */
const stateNow = (fields: FormFields): Pick<Change, 'state'> => {
  const status = fieldOf(fields, 'CallStatus');
  return status === undefined ? {} : { state: stateOf(status) };
};

const digest = (...values: (string | undefined)[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);

/** https://www.twilio.com/docs/usage/webhooks/voice-webhooks */
const arrived = (told: Told): NormalisedEvent[] => {
  const { fields } = told;
  if (fieldOf(fields, 'CallStatus') === undefined) throw new ConnectorError('rejected', 'CallStatus is missing');
  const { line } = sidesOf(told, sidOf(fields, 'CallSid', 'CA'));
  const attestation = wordsOf(fields, 'StirVerstat', 100);
  const { state } = stateNow(fields);
  return [
    eventOf(told, [`state:${state}`, wordsOf(fields, 'ErrorCode', 20) ?? []].flat().join(':'), {
      state,
      ...(line && { line }),
      ...(attestation && { attestation }),
      ...answeredBy(fields),
      ...failureOf(fields),
    }),
  ];
};

/** Progress reports come in any order: SequenceNumber tells which is older. */
const progressed = (told: Told): NormalisedEvent[] => {
  const { fields } = told;
  const sequence = wholeOf(fields, 'SequenceNumber');
  const durationSeconds = wholeOf(fields, 'CallDuration') ?? wholeOf(fields, 'Duration');
  const [event] = arrived(told);
  if (event?.kind !== 'call.changed') return [];
  const change = {
    ...event.call,
    ...(sequence !== undefined && { sequence }),
    ...(durationSeconds !== undefined && { durationSeconds }),
  };
  return [{ ...event, dedupeKey: `${event.dedupeKey}:${sequence ?? 'end'}`, call: change }];
};

const answeredBy = (fields: FormFields): Pick<Change, 'answeredBy'> => {
  const said = fieldOf(fields, 'AnsweredBy');
  if (said === undefined) return {};
  if (said.startsWith('machine')) return { answeredBy: 'machine' };
  return { answeredBy: said === 'human' || said === 'fax' ? said : 'unknown' };
};

/** `<Gather>`: nothing given comes as well, with no field for it. */
const answered = (told: Told): NormalisedEvent[] => {
  const { fields, place } = told;
  const [keys, speech] = [wordsOf(fields, 'Digits', 200), wordsOf(fields, 'SpeechResult', 10_000)];
  const confidence = Number(fieldOf(fields, 'Confidence') ?? 'none');
  const input = {
    ...(place.step && { step: place.step }),
    ...(keys && { keys }),
    ...(speech && { speech }),
    ...(speech && confidence >= 0 && confidence <= 1 && { confidence }),
  };
  return [eventOf(told, `input:${digest(place.step, place.since, keys, speech)}`, { ...stateNow(fields), input })];
};

/** https://www.twilio.com/docs/voice/twiml/enqueue#attributes-waiturl: each round of music. */
const waits = (told: Told): NormalisedEvent[] => {
  const seconds = wholeOf(told.fields, 'QueueTime');
  const position = wholeOf(told.fields, 'QueuePosition');
  const queue = {
    result: 'waiting' as const,
    ...(seconds !== undefined && { seconds }),
    ...(position && { position }),
  };
  return [eventOf(told, `waiting:${seconds}`, { ...stateNow(told.fields), queue })];
};

type QueueResult = NonNullable<Change['queue']>['result'];
/** https://www.twilio.com/docs/voice/twiml/enqueue#attributes-action-parameters */
const queueResults: Record<string, QueueResult> = {
  bridged: 'joined',
  'bridging-in-process': 'joining',
  'redirected-from-bridged': 'joined',
  leave: 'left',
  redirected: 'redirected',
  hangup: 'hung-up',
  'queue-full': 'full',
  error: 'error',
  'system-error': 'error',
};

const leftQueue = (told: Told): NormalisedEvent[] => {
  const said = wordsOf(told.fields, 'QueueResult', 100) ?? '';
  const result = Object.hasOwn(queueResults, said) ? queueResults[said] : undefined;
  if (!result) throw new ConnectorError('rejected', `The queue result "${said.slice(0, 40)}" is not one that we know`);
  const seconds = wholeOf(told.fields, 'QueueTime');
  const queue = { result, said, ...(seconds !== undefined && { seconds }) };
  // One caller may wait several times in one call.
  return [
    eventOf(told, `queue:${said}:${seconds ?? ''}:${told.place.since ?? ''}`, { ...stateNow(told.fields), queue }),
  ];
};

/** `<Dial>`: what became of whom it called; a room that it joined has no leg of its own. */
const dialled = (told: Told): NormalisedEvent[] => {
  const { fields } = told;
  const status = wordsOf(fields, 'DialCallStatus', 100) ?? '';
  const durationSeconds = wholeOf(fields, 'DialCallDuration');
  const reached = status === 'completed' || status === 'answered';
  const leg = fieldOf(fields, 'DialCallSid') && {
    externalId: sidOf(fields, 'DialCallSid', 'CA'),
    role: 'number' as const,
    change: reached ? ('left' as const) : ('unreached' as const),
    reason: status,
    ...(durationSeconds !== undefined && { durationSeconds }),
  };
  const key = leg ? `dialled:${leg.externalId}` : `parted:${status}:${durationSeconds ?? ''}`;
  return [eventOf(told, key, { ...stateNow(fields), ...(leg && { leg }) })];
};

/** https://www.twilio.com/docs/voice/answering-machine-detection#asyncamd */
const detected = (told: Told): NormalisedEvent[] => [
  eventOf(told, `answered-by:${fieldOf(told.fields, 'AnsweredBy')}`, answeredBy(told.fields)),
];

/** An agent's browser dialling in: the hub hears of it by the turn, and when it has joined its room. */
const isAgents = ({ fields, hook, place }: Told): boolean =>
  place.role === undefined &&
  (hook === 'agent' || fieldOf(fields, 'ticketId') !== undefined) &&
  agentOf(fieldOf(fields, 'From')) !== null;

type Kind = readonly [is: (told: Told) => boolean, parse: (told: Told) => NormalisedEvent[]];
const has =
  (...names: string[]) =>
  ({ fields }: Told): boolean =>
    names.some((name) => fieldOf(fields, name) !== undefined);
const none = (): NormalisedEvent[] => [];

/** The first that fits, whichever hook it came to: whoever gave two of them the same address is understood as well. */
const kinds: readonly Kind[] = [
  [has('StatusCallbackEvent'), roomChanged],
  [has('TranscriptionStatus', 'TranscriptionText'), transcribed],
  [has('TranscriptionEvent'), transcriptTold],
  // Media streams and what is heard so far: nothing of ours starts them.
  [has('StreamEvent', 'UnstableSpeechResult', 'StableSpeechResult'), none],
  [has('RecordingStatus'), recordingChanged],
  [isAgents, none],
  [({ place: { role } }) => role !== undefined && role !== 'customer', legProgress],
  [has('ParentCallSid'), legProgress],
  [has('QueueResult'), leftQueue],
  [has('DialCallStatus'), dialled],
  [has('RecordingUrl', 'RecordingSid'), recordingMade],
  [has('MachineDetectionDuration'), detected],
  [has('Digits', 'SpeechResult'), answered],
  [({ hook, fields }) => hook === 'gather' || fieldOf(fields, 'msg') === 'Gather End', answered],
  [has('QueueSid', 'QueuePosition'), waits],
  [has('CallbackSource', 'SequenceNumber', 'CallDuration'), progressed],
  [
    ({ hook }) => hook === 'recorded' || hook === 'dial',
    ({ fields, ...told }) => [eventOf({ ...told, fields }, 'passed', stateNow(fields))],
  ],
  [({ fields }) => isOver(fields), progressed],
  [() => true, arrived],
];

const voice = ['CallSid', 'ConferenceSid', 'RecordingSid'];

/** Pure. Decides by what the payload holds. */
export const parseVoice = (request: VerifiedRequest): NormalisedEvent[] => {
  const fields = parseForm(request.rawBody);
  const { hook, receivedAt } = request;
  if (fieldOf(fields, 'MessageSid') ?? fieldOf(fields, 'SmsSid'))
    throw new ForeignPayload('a message (it has a MessageSid)', 'calls');
  if (voice.every((name) => fieldOf(fields, name) === undefined))
    throw new ForeignPayload(`nothing of a call (${voice.join(', ')} are missing)`, 'calls');
  const told: Told = { fields, place: placeOf(request.url), hook, receivedAt };
  return kinds.find(([is]) => is(told))?.[1](told) ?? [];
};
