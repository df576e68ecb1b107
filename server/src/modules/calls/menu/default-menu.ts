import { type CallMenu, OPENING_HOURS } from '@switchboard/contract';
import type { Call } from '../call.schema.ts';

/** A number works before anybody has thought about it: callers are queued, and leave a message outside of the opening hours. */
export const DEFAULT_MENU: CallMenu = {
  ...{ languages: ['en'], speech: false, calendarId: OPENING_HOURS, start: 'Queue', closed: 'Message' },
  nodes: [
    { id: 'Queue', does: 'queue', say: {}, queueId: null },
    { id: 'Message', does: 'voicemail', say: {} },
  ],
  ...{ callback: true, callbackTries: { most: 3, everyMinutes: 15, inHours: true } },
  ...{ voicemail: true, voicemailWords: {}, musicUrl: null, waiting: {}, tellsPlace: true },
  ...{ recording: 'off', pause: true, consent: {}, transcribe: true, transcribeCalls: false },
};

/** What was kept before a menu had this or that has its default. */
export function completed(kept: Partial<CallMenu> & { record?: boolean }): CallMenu {
  const { record, ...menu } = kept;
  return { ...DEFAULT_MENU, ...(record === true && { recording: 'announced' as const }), ...menu };
}

/** A call as it begins: who is to be asked is not recorded before they were. */
export function recordingBy({
  recording,
  pause,
  transcribeCalls,
}: CallMenu): Pick<Call, 'records' | 'mayPause' | 'recording' | 'transcribes'> {
  const records = recording === 'announced';
  return { records, mayPause: pause, recording: records ? 'on' : null, transcribes: transcribeCalls };
}
