import { createHash } from 'node:crypto';
import { ConnectorError } from '@switchboard/contract';
import type { NormalisedEvent } from '@switchboard/contract';
import type { Twilio } from 'twilio';
import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { z } from 'zod';
import { fieldOf } from '../../kit/form.ts';
import { eventAround, sidOf, wholeOf, wordsOf } from './fields.ts';
import type { Told } from './fields.ts';
import { heardAs } from './voices.ts';

/**
 * What is said in a recorded call is written down while it is said, from the customer's leg: what comes in there is the customer,
 * what goes out is whoever talks to them. https://www.twilio.com/docs/voice/twiml/transcription
 */
const NAME = 'switchboard';
const LONGEST_PART = 10_000;

/** As the document and the API take it, spelt alike. */
const wanted = (language: string, callback: string) => ({
  name: NAME,
  track: 'both_tracks' as const,
  languageCode: heardAs(language),
  partialResults: false,
  enableAutomaticPunctuation: true,
  statusCallbackUrl: callback,
  statusCallbackMethod: 'POST' as const,
});

export const beginTranscript = (response: VoiceResponse, language: string, callback: string): void =>
  void response.start().transcription(wanted(language, callback));
/** It would go on over whatever the leg does next: music, a menu. */
export const endTranscript = (response: VoiceResponse): void => void response.stop().transcription({ name: NAME });

/** Of a call that stands; one that does not run has stopped already. */
export const stopTranscript = async (twilio: Twilio, call: string): Promise<void> => {
  try {
    await twilio.calls(call).transcriptions(NAME).update({ status: 'stopped' });
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.code !== 'rejected') throw error;
  }
};
/** Anew: asked twice it runs once. */
export const startTranscript = async (
  twilio: Twilio,
  call: string,
  { language, callback }: { language: string; callback: string },
): Promise<void> => {
  await stopTranscript(twilio, call);
  await twilio.calls(call).transcriptions.create(wanted(language, callback));
};

const Data = z.object({ transcript: z.string() });
const dataOf = (json: string): z.infer<typeof Data> => {
  try {
    return Data.parse(JSON.parse(json));
  } catch (cause) {
    throw new ConnectorError('rejected', 'TranscriptionData holds no transcript', { cause });
  }
};

/** Parts come late, repeated and in any order: SequenceId counts them. What is not final yet comes again. */
export const transcriptTold = (told: Told): NormalisedEvent[] => {
  const { fields } = told;
  const sid = sidOf(fields, 'TranscriptionSid', 'GT');
  const call = sidOf(fields, 'CallSid', 'CA');
  const sequence = wholeOf(fields, 'SequenceId');
  const event = fieldOf(fields, 'TranscriptionEvent');
  const about = { ...told, place: { ...told.place, call: told.place.call ?? call } };
  if (event === 'transcription-error') {
    const code = wordsOf(fields, 'TranscriptionErrorCode', 20);
    const words = wordsOf(fields, 'TranscriptionError', 400) ?? 'Twilio reported an error';
    const unwritten = code === undefined ? words : `${words} (${code})`;
    return [eventAround(about, `${sid}:error:${sequence ?? code ?? ''}`, call, { unwritten })];
  }
  const json = fieldOf(fields, 'TranscriptionData');
  if (event !== 'transcription-content' || json === undefined || fieldOf(fields, 'Final') === 'false') return [];
  const text = dataOf(json).transcript.trim().slice(0, LONGEST_PART);
  if (text === '') return [];
  const by = fieldOf(fields, 'Track') === 'inbound_track' ? ('customer' as const) : ('us' as const);
  const part =
    sequence === undefined
      ? createHash('sha256')
          .update(`${by}:${fieldOf(fields, 'Timestamp')}:${json}`)
          .digest('hex')
          .slice(0, 16)
      : String(sequence).padStart(9, '0');
  const id = `${sid}:${part}`;
  return [eventAround(about, id, call, { said: { id, by, text } })];
};
