import type { CallStep, LegRole, Spoken } from '@switchboard/contract';
// Not the whole package: see signature.ts.
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { linkTo } from './hooks.ts';
import type { Hook, Place } from './hooks.ts';
import { labelOf } from './identity.ts';
import { beginTranscript, endTranscript } from './transcripts.ts';
import { heardAs, voiceOf } from './voices.ts';

/** Of what leg a document is, and where its answers go. */
export interface Scene {
  readonly webhookUrl: string;
  readonly holdMusicUrl?: string | undefined;
  /** What the addresses in the document say of the call. */
  readonly place: Place;
  /** The customer's leg, or that of an agent's browser. */
  readonly leg: {
    /** Unknown while a call of ours has not been made yet; `own` is something of this leg alone all the same. */
    readonly callSid?: string | undefined;
    readonly own: string;
    readonly role: LegRole;
    readonly agentId?: string;
  };
  readonly now: Date;
  /** It comes from a room where what was said was written down. */
  readonly wasWritten?: boolean;
}

type Ask = Extract<CallStep, { does: 'ask' }>;
type Wait = Extract<CallStep, { does: 'wait' }>;
type Join = Extract<CallStep, { does: 'join' }>;
type Message = Extract<CallStep, { does: 'record' }>;
type Forward = Extract<CallStep, { does: 'forward' }>;
type Speaker = Pick<VoiceResponse, 'say'>;

/** All callers of a channel account wait in one line of Twilio's; who comes next, the hub decides. */
const LINE = 'switchboard';
const MOST_WAITING = 5000;
const AFTER_MUSIC_SECONDS = 1;
const SILENCE_ENDS_MESSAGE_SECONDS = 5;

/** What XML 1.0 cannot hold, whichever way it is written: control characters, and halves of a character. */
const unspeakable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const speak = (to: Speaker, words: readonly Spoken[]): void => {
  for (const { text, language } of words) to.say(voiceOf(language), text.replace(unspeakable, ' '));
};

const link = ({ webhookUrl, place }: Scene, hook: Hook, more: Place = {}): string =>
  linkTo(webhookUrl, hook, { ...place, ...more });

const ask = (response: VoiceResponse, step: Ask, scene: Scene): void => {
  const speech = step.speech && {
    language: heardAs(step.speech.language) as NonNullable<VoiceResponse.GatherAttributes['language']>,
    speechTimeout: 'auto',
    ...(step.speech.hints.length > 0 && {
      hints: step.speech.hints.map((hint) => hint.replaceAll(',', ' ')).join(', '),
    }),
  };
  const gather = response.gather({
    input: [...(step.keys.length > 0 || !speech ? ['dtmf' as const] : []), ...(speech ? ['speech' as const] : [])],
    action: link(scene, 'gather', { step: step.step }),
    method: 'POST',
    timeout: step.timeoutSeconds,
    numDigits: 1,
    // None: # may be a key of the menu.
    finishOnKey: '',
    actionOnEmptyResult: true,
    ...speech,
  });
  speak(gather, step.say);
};

/** A key ends it; without one it comes to the end of the music, and asks again. */
const music = (
  response: VoiceResponse,
  step: Pick<Wait, 'say' | 'keys' | 'musicUrl' | 'musicSeconds'>,
  scene: Scene,
): void => {
  const next = link(scene, 'wait');
  const at =
    step.keys.length === 0
      ? response
      : response.gather({
          input: ['dtmf'],
          numDigits: 1,
          finishOnKey: '',
          timeout: AFTER_MUSIC_SECONDS,
          action: next,
          method: 'POST',
        });
  speak(at, step.say);
  const url = step.musicUrl ?? scene.holdMusicUrl;
  if (url === undefined) at.pause({ length: step.musicSeconds });
  else at.play(url);
  response.redirect({ method: 'POST' }, next);
};

/** Gets in line. The first round of music needs no asking: what it is goes along in the address. */
const enqueue = (response: VoiceResponse, { say, ...step }: Wait, scene: Scene): void => {
  const since = String(scene.now.getTime());
  if (say.length > 0 && step.keys.length > 0)
    speak(
      response.gather({
        input: ['dtmf'],
        numDigits: 1,
        finishOnKey: '',
        timeout: 1,
        action: link(scene, 'wait'),
        method: 'POST',
      }),
      say,
    );
  else speak(response, say);
  const first = {
    since,
    music: step.musicUrl ?? undefined,
    seconds: String(step.musicSeconds),
    keys: step.keys.join('') || undefined,
  };
  response.enqueue(
    {
      action: link(scene, 'queue', { since }),
      method: 'POST',
      waitUrl: link(scene, 'wait', first),
      waitUrlMethod: 'POST',
      maxQueueSize: MOST_WAITING,
    },
    LINE,
  );
};

export const roomEvents: NonNullable<VoiceResponse.ConferenceAttributes['statusCallbackEvent']> = [
  'start',
  'end',
  'join',
  'leave',
  'mute',
  'hold',
];

const join = (response: VoiceResponse, step: Join, scene: Scene): void => {
  const { leg, place } = scene;
  speak(response, step.say);
  const silent = step.role === 'monitor';
  const isCustomer = step.role === 'customer';
  // The room is told of as of the customer's call, whoever opens it.
  const around: Place = {
    room: step.room,
    call: step.callExternalId ?? (isCustomer ? leg.callSid : place.call),
    customer: step.customer ?? place.customer,
    direction: place.direction,
  };
  // The end of a room is the end of an agent's leg; a customer is asked what comes next.
  const language = isCustomer ? step.transcribe : undefined;
  if (language !== undefined) beginTranscript(response, language, linkTo(scene.webhookUrl, 'said', around));
  const parted = { room: step.room, ...(language !== undefined && { said: 'on' }) };
  const dial = response.dial(isCustomer ? { action: link(scene, 'dial', parted), method: 'POST' } : {});
  dial.conference(
    {
      participantLabel: labelOf({ role: step.role, ...(leg.agentId && { agentId: leg.agentId }) }, leg.own),
      statusCallback: linkTo(scene.webhookUrl, 'room', around),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: roomEvents,
      beep: 'false',
      // Somebody who only listens opens no room.
      startConferenceOnEnter: !silent && step.role !== 'coach',
      endConferenceOnExit: step.endsRoom,
      ...(silent && { muted: true }),
      ...(step.role === 'coach' && step.coaches && { coach: step.coaches }),
      // Music while alone is for customers.
      ...(!isCustomer && { waitUrl: '' }),
      ...(step.record && {
        record: 'record-from-start' as const,
        recordingStatusCallback: linkTo(scene.webhookUrl, 'recording', around),
        recordingStatusCallbackMethod: 'POST',
        recordingStatusCallbackEvent: ['in-progress' as const, 'completed' as const, 'absent' as const],
      }),
    },
    step.room,
  );
};

const record = (response: VoiceResponse, step: Message, scene: Scene): void => {
  speak(response, step.say);
  const done = link(scene, 'recorded');
  response.record({
    action: done,
    method: 'POST',
    maxLength: step.maxSeconds,
    timeout: SILENCE_ENDS_MESSAGE_SECONDS,
    finishOnKey: '#',
    playBeep: true,
    recordingStatusCallback: link(scene, 'recording'),
    recordingStatusCallbackMethod: 'POST',
    recordingStatusCallbackEvent: ['completed', 'absent'],
    ...(step.transcribe && { transcribe: true, transcribeCallback: link(scene, 'transcript') }),
  });
  // Who says nothing at all gets here: there is no recording then, and its action is not asked.
  response.redirect({ method: 'POST' }, done);
};

/** https://www.twilio.com/docs/voice/twiml/number: the caller's own number is shown there, as Twilio does where none is named. */
const forward = (response: VoiceResponse, step: Forward, scene: Scene): void => {
  speak(response, step.say);
  const { place, leg } = scene;
  const around: Place = { call: leg.callSid, customer: place.customer, direction: place.direction };
  const dial = response.dial({
    action: link(scene, 'dial', { step: step.step }),
    method: 'POST',
    timeout: step.timeoutSeconds,
    ...(step.record && {
      record: 'record-from-answer-dual' as const,
      recordingStatusCallback: linkTo(scene.webhookUrl, 'recording', around),
      recordingStatusCallbackMethod: 'POST',
      recordingStatusCallbackEvent: ['in-progress' as const, 'completed' as const, 'absent' as const],
    }),
  });
  dial.number(
    {
      statusCallback: linkTo(scene.webhookUrl, 'status', { ...around, role: 'number', number: step.number }),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['ringing', 'answered', 'completed'],
    },
    step.number,
  );
};

/** What the hub wants as what Twilio reads. */
export const twimlOf = (step: CallStep, scene: Scene): string => {
  const response = new VoiceResponse();
  if (scene.wasWritten === true || (step.does === 'wait' && step.endsTranscript === true)) endTranscript(response);
  if (step.does === 'ask') ask(response, step, scene);
  else if (step.does === 'wait') enqueue(response, step, scene);
  else if (step.does === 'join') join(response, step, scene);
  else if (step.does === 'record') record(response, step, scene);
  else if (step.does === 'forward') forward(response, step, scene);
  else {
    speak(response, step.say);
    response.hangup();
  }
  return response.toString();
};

/** The same in the line, where only a few verbs are allowed: everything but waiting and hanging up is done outside of it. */
export const twimlInLine = (step: CallStep, scene: Scene): string => {
  if (step.does === 'hang-up') return twimlOf(step, scene);
  const response = new VoiceResponse();
  if (step.does === 'wait') music(response, step, scene);
  else response.leave();
  return response.toString();
};

/** The first round of music, as `enqueue` has put it into the address. */
export const firstRound = (scene: Scene): string => {
  const { music: musicUrl, seconds, keys = '', since, ...place } = scene.place;
  const response = new VoiceResponse();
  const step = { say: [], keys: keys.split(''), musicUrl: musicUrl ?? null, musicSeconds: Number(seconds) || 30 };
  music(response, step, { ...scene, place: { ...place, since } });
  return response.toString();
};

export const nothing = (): string => new VoiceResponse().toString();
