import { ConnectorError } from '@switchboard/contract';
import type { NormalisedEvent } from '@switchboard/contract';
import { fieldOf } from '../../kit/form.ts';
import type { FormFields } from '../../kit/form.ts';
import { eventAround, eventOf, sidOf, stateOf, wholeOf, wordsOf } from './fields.ts';
import type { CallEvent, Change, Told } from './fields.ts';

type Recording = NonNullable<Change['recording']>;

const states: Record<string, Recording['state']> = {
  'in-progress': 'in-progress',
  paused: 'paused',
  completed: 'completed',
  absent: 'absent',
  failed: 'failed',
};

/** `<Record>` takes a message; everything else records people talking. */
const ofWhat = ({ fields, hook }: Told): Recording['of'] =>
  (fieldOf(fields, 'RecordingSource') ?? (hook === 'recorded' || hook === 'transcript' ? 'RecordVerb' : '')) ===
  'RecordVerb'
    ? 'voicemail'
    : 'call';

/** As MP3: a tenth of the WAV that Twilio sends without an ending. */
const sourceOf = (fields: FormFields): string | undefined => {
  const url = fieldOf(fields, 'RecordingUrl');
  if (url === undefined) return undefined;
  if (!/^https?:/.test(url) || !URL.canParse(url) || url.length > 4000)
    throw new ConnectorError('rejected', 'RecordingUrl is no web address');
  return /\.(mp3|wav)$/.test(url) ? url : `${url}.mp3`;
};

const about = (told: Told, key: string, recording: Recording): CallEvent => {
  const { fields, place } = told;
  // A room's recording names no call; a leg's names the leg that was recorded, which may be an agent's.
  if (place.call || place.room || fieldOf(fields, 'CallSid') === undefined)
    return eventAround(told, key, recording.externalId, { recording });
  return { ...eventOf(told, 'recording', { recording }), dedupeKey: key };
};

/** https://www.twilio.com/docs/voice/api/recording#recordingstatuscallback */
export const recordingChanged = (told: Told): NormalisedEvent[] => {
  const { fields } = told;
  const status = fieldOf(fields, 'RecordingStatus') ?? '';
  const state = Object.hasOwn(states, status) ? states[status] : undefined;
  if (!state)
    throw new ConnectorError('rejected', `The recording status "${status.slice(0, 40)}" is not one that we know`);
  const externalId = sidOf(fields, 'RecordingSid', 'RE');
  const durationSeconds = wholeOf(fields, 'RecordingDuration');
  const source = state === 'completed' ? sourceOf(fields) : undefined;
  const recording: Recording = {
    externalId,
    of: ofWhat(told),
    ...(source && { source }),
    state,
    ...(durationSeconds !== undefined && { durationSeconds }),
  };
  return [about(told, `${externalId}:${state}`, recording)];
};

/** `<Record>` has ended. The file is only ready when the recording's own report says so. */
export const recordingMade = (told: Told): NormalisedEvent[] => {
  const { fields } = told;
  const externalId = sidOf(fields, 'RecordingSid', 'RE');
  const durationSeconds = wholeOf(fields, 'RecordingDuration');
  const recording: Recording = {
    externalId,
    of: 'voicemail',
    state: 'in-progress',
    ...(durationSeconds !== undefined && { durationSeconds }),
  };
  const status = fieldOf(fields, 'CallStatus');
  const event = eventOf(told, 'recorded', { ...(status && { state: stateOf(status) }), recording });
  return [{ ...event, dedupeKey: `${externalId}:made` }];
};

/** What was said on a voicemail, minutes later. https://www.twilio.com/docs/voice/twiml/record#transcribe */
export const transcribed = (told: Told): NormalisedEvent[] => {
  const { fields } = told;
  const externalId = sidOf(fields, 'RecordingSid', 'RE');
  const transcript = wordsOf(fields, 'TranscriptionText', 100_000);
  const source = sourceOf(fields);
  const recording: Recording = {
    externalId,
    of: 'voicemail',
    ...(source && { source }),
    state: 'completed',
    ...(transcript && { transcript }),
  };
  return [
    about(told, `${externalId}:transcript:${(fieldOf(fields, 'TranscriptionStatus') ?? '').slice(0, 40)}`, recording),
  ];
};
